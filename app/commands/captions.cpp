// stepwise captions: which captions of its training pictures a model disputes, and at which noise
// levels it matters what it is told.
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"
#include "commands/print_json.h"
#include "settings/json_value.h"

namespace stepwise {
namespace {

struct CaptionOptions {
  std::filesystem::path model = shipped_model();
  int count = ReviewCaptions().count;
  double wrong = 0;
  std::uint64_t seed = 1;
  bool json = false;
};

std::string name_of_class(const ModelOpened& model, int label) {
  return std::size_t(label) < model.class_names.size() ? model.class_names[std::size_t(label)]
                                                       : text_of("class ", label);
}

void print(const CaptionReview& review, const ModelOpened& model) {
  std::printf("It disputes %d of %d captions\n", review.disputed, review.count);
  if (review.made > 0)
    std::printf("%d were made wrong: it disputes %d of these, and %d of the others\n", review.made,
                review.found, review.disputed - review.found);
  for (const ClassEffect& level : review.effects)
    std::printf("%sσ %-5g %5.1f %% of its squared error go when it is told the class\n",
                &level == review.effects.data() ? "\n" : "", level.sigma, 100 * level.effect);
  if (!review.doubts.empty())
    std::printf("\n%8s  %-16s %-16s %s\n", "picture", "said to be", "rather", "error less by");
  for (const Doubt& doubt : review.doubts)
    std::printf("%8d  %-16s %-16s %.0f %%%s\n", doubt.index,
                name_of_class(model, doubt.told).c_str(),
                name_of_class(model, doubt.believed).c_str(), 100 * doubt.margin,
                doubt.made ? "  (made wrong)" : "");
}

void captions(const CaptionOptions& o, const SessionOptions& session) {
  Headless worker(session);
  const ModelOpened model = worker.open_model(o.model);
  CaptionsReviewed reviewed;
  worker.run_with_bar(ReviewCaptions{model.id, o.count, o.wrong, o.seed}, keep(reviewed));
  if (o.json) return print_json(value_of(reviewed.review));
  print(reviewed.review, model);
}

}  // namespace

void add_captions(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<CaptionOptions>();
  CLI::App* sub = app.add_subcommand(
      "captions",
      "Say which captions of its training pictures a model disputes, and at which noise levels it "
      "matters what it is told");
  sub->add_option("model", o->model, "Model folder")->type_name("DIR");
  add_number(*sub, "--count", o->count, kReviewed, "Pictures to look at, of all classes in turn");
  add_number(*sub, "--wrong", o->wrong, Range<double>{0, 1},
             "Share of these captions to make wrong, to see how many of them it finds");
  add_number(*sub, "--seed", o->seed, kSeed, "Of the choice of pictures, and of their noise");
  sub->add_flag("--json", o->json, "Print JSON");
  sub->callback([o, &session] { captions(*o, session); });
}

}  // namespace stepwise
