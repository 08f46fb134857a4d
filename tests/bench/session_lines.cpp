// How long a person waits for the worker.
#include <chrono>
#include <random>
#include <thread>

#include "bench/table.h"
#include "commands/command.h"
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
  Painter() : worker_({.assets = assets_folder()}), model_(worker_.open_model(shipped_model())) {
    sample();
  }

  // Milliseconds.
  double sample() {
    SampleSettings settings = model_.defaults;
    settings.count = kPictures;
    settings.steps = kSteps;
    settings.guidance = 1;
    const auto start = Clock::now();
    worker_.run(Sample{settings}, [&](const Event& event) {
      if (const auto* started = std::get_if<BranchStarted>(&event)) branch_ = started->id;
      return !std::holds_alternative<BranchDone>(event);
    });
    return milliseconds_since(start);
  }

  // From a stroke of the brush in the middle of the way to what the model makes of it, in
  // milliseconds.
  double preview() {
    Edit edit;
    edit.branch = branch_;
    edit.step = kSteps / 2;
    edit.painted = Image(model_.height, model_.width, model_.channels, 0.5f);
    const auto start = Clock::now();
    worker_.run(Preview{++asked_, edit, 0}, [&](const Event& event) {
      if (const auto* news = std::get_if<TrainingProgress>(&event))
        pictures_per_second_ = news->pictures_per_second;
      const auto* answer = std::get_if<PreviewReady>(&event);
      return !answer || answer->id != asked_;
    });
    return milliseconds_since(start);
  }

  void train(const std::filesystem::path& folder) {
    worker_.run(Train{.recipe = recipe_, .out = folder}, [](const Event& event) {
      const auto* news = std::get_if<TrainingProgress>(&event);
      return !news || news->step < 20;
    });
  }

  double milliseconds_per_step() const {
    return 1e3 * double(recipe_.batch) / pictures_per_second_;
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
  Headless worker_;
  ModelOpened model_;
  Recipe recipe_ = recipe_of("quick");
  double pictures_per_second_ = 0;  // Of the training run.
  BranchId branch_ = 0;
  std::uint64_t asked_ = 0;
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
