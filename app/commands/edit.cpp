// stepwise edit: a picture of a person's own, changed by a model as the tools of the window do it.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/edit_report.h"
#include "commands/edit_tools.h"
#include "commands/options.h"
#include "data/dataset.h"
#include "engine/picture_recipe.h"
#include "engine/session_file.h"
#include "error.h"
#include "first_of.h"
#include "formats/weights_sha256.h"
#include "image/fit.h"
#include "image/output.h"
#include "image/picture_file.h"
#include "image/png.h"
#include "settings/json_value.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

struct EditOptions {
  fs::path session, model = shipped_model();
  fs::path image, levels, out, report;
  std::vector<fs::path> masks;
  std::vector<std::string> classes;
  std::string tool, from, method, wish = "symmetry";
  std::optional<double> sigma, guidance;
  std::optional<float> strength, value;
  std::optional<int> steps, rounds;
  std::uint64_t seed = 1;
  bool replace = false;
};

// Throws CLI::ValidationError listing the names.
template <class E>
E named(const char* option, const std::string& id) {
  for (const auto& [value, name] : names_of(E()))
    if (name == id) return value;
  const auto name = [](const auto& row) { return row.second; };
  throw CLI::ValidationError(option,
                             text_of("'", id, "' is none of ", joined(names_of(E()), name)));
}

void check_options(const EditOptions& o, const EditTool& tool) {
  check_output(o.out, {".png"}, o.replace, kForceAdvice);
  if (!o.report.empty()) check_output(o.report, {".json"}, o.replace, kForceAdvice);
  require(o.levels.empty() || tool.ends, "The tool ", tool.id,
          " has no use for --levels: those are how far to rewind.");
  require(o.levels.empty() || o.masks.empty(),
          "--levels says where to rewind as well as how far: leave --mask out.");
  require(o.method.empty() || tool.fills, "The tool ", tool.id,
          " has no use for --method: it locks nothing.");
}

Image read_picture(const fs::path& file, const ModelOpened& model, int channels) {
  const PictureFile read = open_picture(file);
  if (!read.note.empty()) warn(read.note);
  PictureFit fit;
  fit.background = usual_background(channels);
  return fitted(read.pixels, model.height, model.width, channels, fit);
}

// Black is 0 and white is 1.
Image read_mask(const fs::path& file, const ModelOpened& model) {
  Image mask = read_picture(file, model, 1);
  for (float& value : mask.pixels) value = std::clamp((value + 1) / 2, 0.f, 1.f);
  return mask;
}

EditAsked asked_of(const EditOptions& o, const ModelOpened& model) {
  EditAsked asked;
  asked.picture = read_picture(o.image, model, model.channels);
  if (!o.levels.empty()) asked.areas = {read_mask(o.levels, model)};
  for (const fs::path& mask : o.masks) asked.areas.push_back(read_mask(mask, model));
  const auto condition = [&](const std::string& name) {
    return Condition{class_of(model.class_names, name)};
  };
  for (const std::string& name : o.classes) asked.classes.push_back(condition(name));
  if (!o.from.empty()) asked.from = condition(o.from);
  asked.sigma = o.sigma;
  asked.strength = o.strength.value_or(1);
  asked.wish.kind = named<WishKind>("--wish", o.wish);
  asked.wish.color = o.value.value_or(0);
  return asked;
}

// The model and the settings of a session's last branch.
std::optional<SampleSettings> take_over(EditOptions& o) {
  if (o.session.empty()) return std::nullopt;
  const SavedSession session = read_session(o.session);
  require(!session.branches.empty(), "The session '", o.session.string(),
          "' has no branches: leave it out, and name a model with --model.");
  const Begun& begun = session.branches.back().begun;
  const SessionModel& model = session.models.at(model_in(begun) - 1);
  require(!model.folder.empty(), "The model '", model.name, "' of '", o.session.string(),
          "' lay in no folder. Name one with --model, without the session.");
  o.model = model.folder;
  const auto* sample = std::get_if<Sample>(&begun);
  return sample ? sample->settings : std::get<Resample>(begun).fork.settings;
}

SampleSettings settings_of(const EditOptions& o, SampleSettings s) {
  s.count = 1;
  s.steps = o.steps.value_or(s.steps);
  s.guidance = o.guidance.value_or(s.guidance);
  s.seed = o.seed;
  check(s);
  return s;
}

FillIn fill_of(const EditOptions& o) {
  FillIn fill;
  if (!o.method.empty()) fill.method = named<FillMethod>("--method", o.method);
  fill.rounds = o.rounds.value_or(fill.rounds);
  return fill;
}

Image found_area(Headless& worker, ModelId model, const EditAsked& asked) {
  FindMask search{model, asked.picture, asked.from, asked.classes.front(), {}};
  if (asked.sigma) search.search.sigma = *asked.sigma;
  MaskFound found;
  worker.run(search, keep(found));
  return found.mask;
}

// A branch as it comes, and one of its steps in full.
struct Followed {
  BranchStarted start;
  std::vector<ByteBatch> guesses;  // Of all its steps.
};

Followed follow(Headless& worker, const Request& request, double& seconds) {
  Followed branch;
  ProgressBar bar;
  seconds += worker.run(request, [&](const Event& event) {
    if (const auto* started = std::get_if<BranchStarted>(&event)) branch.start = *started;
    if (const auto* at = std::get_if<Progress>(&event)) bar.show(at->fraction, at->words);
    const auto* frame = std::get_if<FrameReady>(&event);
    if (!frame) return;
    branch.guesses.push_back(frame->guess);
    const double steps = double(branch.start.sigmas.size()) - branch.start.fork;
    bar.show(double(branch.guesses.size()) / steps, "drawing");
  });
  bar.clear();
  return branch;
}

FrameFetched step_in_full(Headless& worker, BranchId branch, int step) {
  FrameFetched fetched;
  worker.run(FetchFrame{branch, step}, keep(fetched));
  return fetched;
}

struct Edited {
  Followed branch;
  Image picture;
  EditReport report;
  PictureRecipe recipe;
};

// Runs what was planned, the last branch of which is the edit.
Edited run(Headless& worker, EditPlan plan, const Image& before) {
  Edited edited;
  EditReport& report = edited.report;
  edited.branch = follow(worker, plan.sample, report.seconds);
  edited.recipe.branches = {{edited.branch.start.id, plan.sample}};
  const int steps = int(edited.branch.start.sigmas.size()) - 1;
  if (plan.resample) {
    Edit& edit = plan.resample->fork.edit;
    edit.branch = edited.branch.start.id;
    edit.step = std::min(edit.step, steps);
    edited.branch = follow(worker, *plan.resample, report.seconds);
    edited.recipe.branches.push_back({edited.branch.start.id, *plan.resample});
  }
  const BranchStarted& start = edited.branch.start;
  const FrameFetched first = step_in_full(worker, start.id, start.fork);
  edited.picture = step_in_full(worker, start.id, steps).guess.image(0);
  edited.recipe.step = steps;
  edited.recipe.pictures = {0};
  report.steps = steps - start.fork;
  report.sigma = start.sigmas[std::size_t(start.fork)];
  report.noise_off = noise_off(first.noisy.image(0), first.guess.image(0), report.sigma);
  for (std::size_t i = 0; i < edited.branch.guesses.size(); ++i)
    report.levels.push_back(change_between(before, to_floats(edited.branch.guesses[i].image(0)),
                                           plan.area, start.sigmas[std::size_t(start.fork) + i]));
  compare(report, before, edited.picture, plan.area);
  return edited;
}

std::string png_with_recipe(const Edited& edited, const ModelOpened& model) {
  PictureRecipe recipe = edited.recipe;
  recipe.models = {
      {model.id, model.name, fs::absolute(model.folder), weights_sha256(model.folder)}};
  const std::string text = text_of_recipe(recipe);
  return png_of(to_bytes(edited.picture), text.size() <= kMaxRecipe ? text : "");
}

void print(const EditReport& r) {
  std::printf("%s: %d steps from sigma %.3g in %.1f s\n", r.tool.c_str(), r.steps, r.sigma,
              r.seconds);
  std::printf("changed by %.2f of 255 inside the mask, %.2f outside", r.changed_inside,
              r.changed_outside);
  if (r.values_outside > 0)
    std::printf(": %lld of %lld values are others, by at most %.2f",
                static_cast<long long>(r.differing_outside),
                static_cast<long long>(r.values_outside), r.largest_outside);
  std::printf("\n");
}

void edit(EditOptions o, const SessionOptions& session) {
  const EditTool& tool = edit_tool_of(o.tool);
  check_options(o, tool);
  const FillIn fill = fill_of(o);
  const std::optional<SampleSettings> settings = take_over(o);
  Headless worker(session);
  const ModelOpened model = worker.open_model(o.model);
  EditAsked asked = asked_of(o, model);
  check(tool, asked);
  if (tool.searches && asked.areas.empty()) asked.areas = {found_area(worker, model.id, asked)};
  EditPlan plan =
      plan_of(tool, asked, model.id, settings_of(o, settings.value_or(model.defaults)), fill);
  Edited edited = run(worker, std::move(plan), asked.picture);
  EditReport& report = edited.report;
  report.tool = tool.id;
  if (tool.fills && !asked.areas.empty()) report.method = name_of(fill.method).id;
  report.model = model.name;
  report.seed = o.seed;
  print(report);
  write_and_say(o.out, png_with_recipe(edited, model), o.replace);
  if (!o.report.empty()) write_and_say(o.report, value_of(report).dump(2) + "\n", o.replace);
}

std::string tools_help() {
  return joined(
      edit_tools(), [](const EditTool& tool) { return text_of(tool.id, ": ", tool.help); }, "; ");
}

void add_numbers(CLI::App& sub, EditOptions& o) {
  add_number(sub, "--sigma", o.sigma, kSigma, "Noise level to begin at, or to rewind to")
      ->type_name("S");
  add_number(sub, "--steps", o.steps, kSteps, "Steps from the highest level to the picture");
  add_number(sub, "--rounds", o.rounds, kRounds, "Of repaint and langevin");
  add_number(sub, "--guidance", o.guidance, kGuidance, "w in D_null + w (D_class - D_null)")
      ->type_name("W");
  add_number(sub, "--strength", o.strength, Range<float>{0, 3}, "Of regions, and of a wish")
      ->type_name("X");
  add_number(sub, "--value", o.value, Range<float>{-1, 1}, "What --wish color asks for")
      ->type_name("V");
  add_number(sub, "--seed", o.seed, kSeed, "Of all noise");
}

}  // namespace

void add_edit(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<EditOptions>();
  CLI::App* sub = app.add_subcommand("edit", "Change a picture of your own");
  CLI::Option* from = sub->add_option("session", o->session,
                                      "A .stepwise file: with the model and settings of its last "
                                      "branch");
  from->type_name("SESSION");
  sub->add_option("--model", o->model, "Model folder")->type_name("DIR")->excludes(from);
  sub->add_option("--image", o->image, "The picture: PNG, JPEG or WebP; it is cut to the model's")
      ->required()
      ->type_name("FILE");
  sub->add_option("--tool", o->tool, tools_help())->required()->type_name("NAME");
  sub->add_option("--mask", o->masks, "White where it may change; one for each --class of regions")
      ->allow_extra_args(false)
      ->type_name("FILE");
  sub->add_option("--class", o->classes, "What it shall show, by name or number")
      ->allow_extra_args(false)
      ->type_name("NAME");
  sub->add_option("--from", o->from, "What it shows (default: no class)")->type_name("NAME");
  sub->add_option("--method", o->method, "How to fill in: replace, repaint, langevin, pigdm")
      ->type_name("NAME");
  sub->add_option("--levels", o->levels,
                  "How far to rewind: white to --sigma, black not at all, between them as on a "
                  "ruler of levels")
      ->type_name("FILE");
  sub->add_option("--wish", o->wish, "symmetry, color or sketch (of the picture itself)")
      ->type_name("NAME");
  add_numbers(*sub, *o);
  sub->add_option("--out", o->out, "FILE.png")->required()->type_name("FILE");
  sub->add_option("--report", o->report, "FILE.json: what it did, in numbers")->type_name("FILE");
  sub->add_flag("--force", o->replace, "Replace files that exist");
  sub->callback([o, &session] { edit(*o, session); });
}

}  // namespace stepwise
