// How long a person waits for the worker.
#include <array>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/table.h"
#include "commands/command.h"
#include "engine/load_session.h"
#include "error.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPictures = 10, kSteps = 20, kStrokes = 60, kTurns = 20;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// A session with the shipped model open and ten pictures sampled.
class Painter {
 public:
  Painter() {
    run(OpenModel{shipped_model()});
    sample();
  }

  // Milliseconds.
  double sample() {
    const double waited =
        run(Sample{model_.id, settings(), dealt({}, int(model_.class_names.size()), kPictures)});
    root_ = branch_;
    return waited;
  }

  // From a stroke of the brush in the middle of the way to what the model makes of it, in
  // milliseconds; and to the end of a branch.
  double preview() { return run(Preview{fork(Paint{Surface::kGuess, 0.5f})}); }
  double rest() { return run(Resample{fork(Paint{Surface::kGuess, 0.5f})}); }
  // The same with a lock in its place.
  double fill_in(FillMethod method) { return run(Resample{fork(Lock{}, method)}); }

  // From a picture to a way that leads to it.
  double begin(StartKind kind) {
    Sample sample{model_.id, settings(), {{0}}};
    sample.settings.count = 1;
    sample.settings.steps = kSteps;
    sample.start.emplace();
    sample.start->kind = kind;
    sample.start->sigma = kSigma.max;
    sample.start->picture = picture();
    sample.start->source = {0};
    return run(std::move(sample));
  }
  // And to where another class would change it.
  double find_mask() { return run(FindMask{model_.id, picture(), {0}, {1}, {}}); }

  // Returns once the run is under way.
  void train(const std::filesystem::path& folder) {
    Train train;
    train.recipe = recipe_;
    train.out = folder;
    engine_.post(train);
    while (training_.step < 20)
      for (const Report& report : engine_.wait()) note(report.event);
  }

  // Strokes come when they come: at any moment of an optimiser step.
  std::vector<double> previews() {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> pause(0.05, 0.25);
    std::vector<double> all;
    for (int i = 0; i < kStrokes; ++i) {
      std::this_thread::sleep_for(std::chrono::duration<double>(pause(random)));
      all.push_back(preview());
    }
    return all;
  }

 private:
  SampleSettings settings() const {
    SampleSettings settings = model_.defaults;
    settings.count = kPictures;
    settings.steps = kSteps;
    settings.guidance = 1;
    return settings;
  }

  Image picture() const {
    Image picture(model_.height, model_.width, model_.channels, -1.f);
    for (int y = picture.height / 4; y < picture.height / 2; ++y)
      for (int x = picture.width / 4; x < picture.width / 2; ++x) picture.at(y, x) = 0.5f;
    return picture;
  }

  Fork fork(const LayerKind& what, FillMethod method = FillMethod::kReplacement) const {
    Edit edit;
    edit.branch = root_;
    edit.step = kSteps / 2;
    edit.layers = {{Stroke{{{4, 14}, {24, 14}}, 5, 0.3f}, what}};
    edit.fill.method = method;
    return {model_.id, edit, settings(), {0}};
  }

  // Sees a command through to its end, in milliseconds.
  double run(Request request) {
    const auto start = Clock::now();
    const JobId id = engine_.post(std::move(request));
    for (;;)
      for (const auto& [job, event] : engine_.wait()) {
        if (const auto* failed = std::get_if<Failed>(&event)) throw Error(failed->message);
        note(event);
        if (job == id && std::holds_alternative<Finished>(event)) return milliseconds_since(start);
      }
  }

  void note(const Event& event) {
    if (const auto* opened = std::get_if<ModelOpened>(&event)) model_ = *opened;
    if (const auto* started = std::get_if<BranchStarted>(&event)) branch_ = started->id;
    if (const auto* news = std::get_if<TrainingProgress>(&event)) training_ = *news;
  }

  Engine engine_{[] { return load_session({.assets = assets_folder()}); }, [] {}};
  ModelOpened model_;
  Recipe recipe_;
  TrainingProgress training_;
  BranchId branch_ = 0, root_ = 0;  // The newest; that of sample().
};

// What somebody waits for, and for how long at the most.
struct Wait {
  const char* name;
  double (*take)(Painter&);  // Milliseconds.
  Bar idle = {};
};
constexpr std::array kWaits = {
    Wait{"the rest of a way of 20 steps from its middle",
         [](Painter& p) { return p.rest(); },
         {.at_most = 150}},
    Wait{"the same beside a lock, by replacement",
         [](Painter& p) { return p.fill_in(FillMethod::kReplacement); }},
    Wait{"by RePaint", [](Painter& p) { return p.fill_in(FillMethod::kRepaint); }},
    Wait{"by Langevin", [](Painter& p) { return p.fill_in(FillMethod::kLangevin); }},
    Wait{"by gradient", [](Painter& p) { return p.fill_in(FillMethod::kPigdm); }},
    Wait{"a picture opened, edit-friendly",
         [](Painter& p) { return p.begin(StartKind::kEditFriendly); }},
    Wait{"a picture traced back, DDIM", [](Painter& p) { return p.begin(StartKind::kDdim); }},
    Wait{"where a class would change it, DiffEdit", [](Painter& p) { return p.find_mask(); }},
};

// Of each, all that was measured in one session, with a model in training or not.
const std::vector<std::vector<double>>& waits(bool training) {
  static std::map<bool, std::vector<std::vector<double>>> all;
  if (const auto known = all.find(training); known != all.end()) return known->second;
  const TemporaryFolder folder;
  Painter painter;
  if (training) painter.train(folder / "run");
  std::vector<std::vector<double>> measured(kWaits.size());
  for (int turn = 0; turn < kTurns; ++turn)
    for (std::size_t i = 0; i < kWaits.size(); ++i) measured[i].push_back(kWaits[i].take(painter));
  return all[training] = std::move(measured);
}

void add_wait_lines() {
  for (const bool training : {false, true})
    for (std::size_t i = 0; i < kWaits.size(); ++i) {
      const std::string name =
          text_of(kWaits[i].name, training ? ", while training" : ", nothing else going on");
      const Bar bar = training ? Bar{} : kWaits[i].idle;
      add_line(name + ", median", "ms", [=] {
        return Figure{quantile(waits(training)[i], 0.5), bar};
      });
      add_line(name + ", 95 of 100", "ms",
               [=] { return Figure{quantile(waits(training)[i], 0.95)}; });
    }
}

Figure sampling() {
  Painter painter;
  std::vector<double> all;
  for (int i = 0; i < 7; ++i) all.push_back(painter.sample());
  return {quantile(all, 0.5)};
}

Figure idle_preview() {
  Painter painter;
  return {quantile(painter.previews(), 0.5), {.at_most = 20}};
}

Figure preview_while_training() {
  const TemporaryFolder folder;
  Painter painter;
  painter.train(folder / "run");
  return {quantile(painter.previews(), 0.5), {.at_most = 60}};
}

}  // namespace

void add_session_lines() {
  add_line("10 pictures of 20 steps", "ms", sampling);
  add_line("a brush stroke's preview, nothing else going on", "ms", idle_preview);
  add_line("a brush stroke's preview while training", "ms", preview_while_training);
  add_wait_lines();
}

}  // namespace stepwise
