// How long a person waits for the worker.
#include <chrono>
#include <random>
#include <thread>

#include "bench/table.h"
#include "commands/command.h"
#include "engine/load_session.h"
#include "error.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPictures = 10, kSteps = 20, kStrokes = 60;

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
    SampleSettings settings = model_.defaults;
    settings.count = kPictures;
    settings.steps = kSteps;
    settings.guidance = 1;
    return run(Sample{model_.id, settings, dealt({}, int(model_.class_names.size()), kPictures)});
  }

  // From a stroke of the brush in the middle of the way to what the model makes of it, in
  // milliseconds.
  double preview() {
    Edit edit;
    edit.branch = branch_;
    edit.step = kSteps / 2;
    edit.layers = {{Stroke{{{4, 14}, {24, 14}}, 5, 0.3f}, Paint{Surface::kGuess, 0.5f}}};
    SampleSettings settings = model_.defaults;
    settings.guidance = 1;
    return run(Preview{{model_.id, edit, settings, {0}}});
  }

  // Returns once the run is under way.
  void train(const std::filesystem::path& folder) {
    Train train;
    train.recipe = recipe_;
    train.out = folder;
    engine_.post(train);
    while (training_.step < 20)
      for (const Report& report : engine_.wait()) note(report.event);
  }

  double milliseconds_per_step() const {
    return 1e3 * double(recipe_.batch) / training_.pictures_per_second;
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
  Recipe recipe_ = recipe_of("quick");
  TrainingProgress training_;
  BranchId branch_ = 0;
};

Figure sampling() {
  Painter painter;
  std::vector<double> all;
  for (int i = 0; i < 7; ++i) all.push_back(painter.sample());
  return {quantile(all, 0.5)};
}

Figure idle_preview() {
  Painter painter;
  return {quantile(painter.previews(), 0.5), {.at_most = 50}};
}

// One optimiser step may be under way when the stroke comes.
Figure preview_while_training() {
  const TemporaryFolder folder;
  Painter painter;
  painter.train(folder / "run");
  const double median = quantile(painter.previews(), 0.5);
  return {median, {.at_most = painter.milliseconds_per_step() + 50}};
}

}  // namespace

void add_session_lines() {
  add_line("10 pictures of 20 steps", "ms", sampling);
  add_line("a brush stroke's preview, nothing else going on", "ms", idle_preview);
  add_line("a brush stroke's preview while training", "ms", preview_while_training);
}

}  // namespace stepwise
