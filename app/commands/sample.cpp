// stepwise sample: pictures from a model, as a contact sheet, a film strip or numbers.
#include <cmath>
#include <cstdio>

#include "commands/command.h"
#include "commands/model_options.h"
#include "commands/options.h"
#include "commands/sampling_options.h"
#include "commands/terminal.h"
#include "engine/picture_recipe.h"
#include "error.h"
#include "formats/picture_tensors.h"
#include "image/output.h"
#include "image/png.h"
#include "image/sheet.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kStripPictures = 10;  // Rows of a film strip, at most.

struct SampleOptions {
  ModelOptions model;
  std::optional<int> count;
  std::string label = "all";
  SamplingOptions how;
  std::uint64_t seed = 1;
  fs::path out, strip;
  bool replace = false, on_terminal = false;
};

SampleSettings settings_of(const SampleOptions& o, const ModelOpened& model) {
  SampleSettings s = settings_with(o.how, model.defaults);
  s.count = o.count.value_or(s.count);
  s.seed = o.seed;
  check(s);
  return s;
}

void append(Drawn& all, const Drawn& more) {
  ImageBatch& batch = all.pictures;
  batch.height = more.pictures.height, batch.width = more.pictures.width,
  batch.channels = more.pictures.channels;
  batch.count += more.pictures.count;
  batch.pixels.insert(batch.pixels.end(), more.pictures.pixels.begin(), more.pictures.pixels.end());
  all.conditions.insert(all.conditions.end(), more.conditions.begin(), more.conditions.end());
}

int columns_of(int count) {
  return std::max(1, std::min(count, 10 * int(std::ceil(std::sqrt(count / 100.)))));
}

bool wants_numbers(const fs::path& out) { return out.extension() == ".safetensors"; }

// What the files say of how they were made.
PictureRecipe recipe_of_drawing(const Draw& drawn, const ModelInUse& used) {
  PictureRecipe recipe;
  recipe.models = recipe_models(used);
  recipe.branches = {{0, Sample{drawn.model, drawn.settings, drawn.conditions}}};
  recipe.step = steps_taken(drawn.settings);
  return recipe;
}

// As much as fits: of a hundred thousand pictures nobody asks what each was told.
std::string text_for_file(PictureRecipe recipe, PictureKind kind, int count) {
  recipe.kind = kind;
  recipe.columns = columns_of(count);
  for (int i = 0; i < count; ++i) recipe.pictures.push_back(i);
  std::string text = text_of_recipe(recipe);
  return text.size() <= kMaxRecipe ? text : "";
}

std::string file_of(const fs::path& out, const Drawn& samples, const PictureRecipe& recipe) {
  if (wants_numbers(out)) return tensors_of(to_bytes(samples.pictures), samples.conditions);
  const int count = samples.pictures.count;
  return png_of(contact_sheet(samples.pictures, columns_of(count)),
                text_for_file(recipe, PictureKind::kSheet, count));
}

// What the model guesses at each step, for the first pictures.
std::vector<ImageBatch> guesses_of(Headless& worker, Draw drawn) {
  const auto& [model, settings, conditions] = drawn;
  drawn.settings.count = std::min(settings.count, kStripPictures);
  drawn.conditions.resize(std::size_t(settings.count));
  std::vector<ImageBatch> guesses;
  worker.run(Sample{model, settings, conditions}, [&](const Event& event) {
    if (const auto* frame = std::get_if<FrameReady>(&event))
      guesses.push_back(to_floats(frame->guess));
  });
  return guesses;
}

std::string strip_of(Headless& worker, const Draw& command, PictureRecipe recipe) {
  const std::vector<ImageBatch> guesses = guesses_of(worker, command);
  const int count = guesses.front().count;
  auto& sample = std::get<Sample>(recipe.branches.front().begun);
  sample.settings.count = count;
  sample.conditions.resize(std::size_t(count));
  return png_of(film_strip(guesses), text_for_file(recipe, PictureKind::kStrip, count));
}

// All that can be known of the files before the pictures are drawn.
void check_names(const SampleOptions& o) {
  if (!o.out.empty()) check_output(o.out, {".png", ".safetensors"}, o.replace, kForceAdvice);
  if (!o.strip.empty()) check_output(o.strip, {".png"}, o.replace, kForceAdvice);
  require(o.out.empty() || o.strip.empty() || !same_file(o.out, o.strip),
          "--out and --strip are both '", o.out.string(), "'. Choose two names.");
}

void check_sizes(const SampleOptions& o, const SampleSettings& s, const ModelOpened& model) {
  const ImageBatch like{s.count, model.height, model.width, model.channels, {}};
  if (wants_numbers(o.out)) {
    const auto picture = std::uint64_t(like.height) * like.width * like.channels;
    check_space(o.out, s.count * (picture + sizeof(std::int64_t)));
  } else if (!o.out.empty()) {
    const int columns = columns_of(s.count);
    check_sheet(like, (s.count - 1) / columns + 1, columns);
  }
  if (!o.strip.empty()) check_sheet(like, std::min(s.count, kStripPictures), steps_taken(s) + 1);
}

Drawn draw(Headless& worker, const Draw& command) {
  ProgressBar bar;
  Drawn samples;
  const double seconds = worker.run(command, [&](const Event& event) {
    if (const auto* drawn = std::get_if<Drawn>(&event)) append(samples, *drawn);
    if (const auto* at = std::get_if<Progress>(&event))
      bar.show(at->fraction,
               text_of(samples.pictures.count, " of ", command.settings.count, " pictures"));
  });
  bar.clear();
  std::printf("%d pictures in %.1f s, %d network evaluations each\n", samples.pictures.count,
              seconds, evaluations_per_picture(command.settings));
  return samples;
}

// Another scheduler may stand in for the model's own once somebody has said that it may.
void require_scheduler(const SampleOptions& o, const ModelOpened& model) {
  require(o.how.sampler || model.stand_in.empty(), "Cannot sample from '", o.model.model.string(),
          "' as its own scheduler would. ", model.stand_in,
          " If that will do, name a sampler, for example --sampler ",
          name_of(model.defaults.sampler).id, ".");
}

// Why an option that was given changes nothing with these settings on this model; empty: it does.
std::string about_guidance(const SampleOptions& o, const SampleSettings& s,
                           const ModelOpened& model) {
  if (!o.how.guidance || s.guidance == 1) return "";  // Guidance is given as 1 to have none.
  if (model.class_names.empty())
    return "--guidance has nothing to act on: this model knows no classes.";
  SampleSettings without = s;
  without.guidance = 1;
  if (s.guidance == 0 || evaluations_per_picture(s) != evaluations_per_picture(without)) return "";
  if (!s.guidance_shape.empty()) return "--guidance acts at no step, as --guidance-shape has it.";
  return text_of("--guidance acts at no step: this model is guided where sigma lies between ",
                 s.guidance_min, " and ", s.guidance_max, ".");
}

std::string about_steps(const SampleOptions& o, const SampleSettings& s) {
  const std::size_t listed = s.grid == GridKind::kModel ? s.options.timesteps.size() : 0;
  if (!o.how.steps || listed == 0 || int(listed) == s.steps) return "";
  return text_of("--steps has no effect: the model's scheduler lists its own ", listed, " steps.");
}

void sample(SampleOptions o, const SessionOptions& session) {
  if (o.out.empty() && o.strip.empty() && !o.on_terminal) o.out = "samples.png";
  check_names(o);
  Headless worker(session);
  const ModelInUse used = open_model(worker, o.model);
  const ModelOpened& model = used.model;
  require_scheduler(o, model);
  const SampleSettings asked = settings_of(o, model);
  for (const std::string& told :
       {about_guidance(o, asked, model), about_steps(o, asked), about_first_level(asked, model)})
    if (!told.empty()) warn(told);
  Draw command{model.id, asked, conditions_for(o.label, model, asked.count)};
  command.settings = heeded(asked, command.conditions);
  check_sizes(o, command.settings, model);
  const Drawn samples = draw(worker, command);
  if (o.on_terminal) std::fputs(on_terminal(samples.pictures, terminal_columns()).c_str(), stdout);
  const PictureRecipe recipe = recipe_of_drawing(command, used);
  if (!o.out.empty()) write_and_say(o.out, file_of(o.out, samples, recipe), o.replace);
  if (!o.strip.empty()) write_and_say(o.strip, strip_of(worker, command, recipe), o.replace);
}

}  // namespace

void add_sample(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<SampleOptions>();
  CLI::App* sub = app.add_subcommand("sample", "Draw pictures from a model");
  add_model_options(*sub, o->model);
  add_number(*sub, "--count", o->count, kCount, "Pictures (default: the model's)");
  add_class_option(*sub, o->label);
  add_sampling_options(*sub, o->how);
  add_number(*sub, "--seed", o->seed, kSeed, "Picture k depends on (seed, k) alone");
  sub->add_option("--out", o->out, "FILE.png: a contact sheet; FILE.safetensors: numbers")
      ->type_name("FILE");
  sub->add_option("--strip", o->strip, "FILE.png: the guess at every step")->type_name("FILE");
  sub->add_flag("--terminal", o->on_terminal, "Print the pictures, in pixels or half blocks");
  sub->add_flag("--force", o->replace, "Replace files that exist");
  sub->callback([o, &session] { sample(*o, session); });
}

}  // namespace stepwise
