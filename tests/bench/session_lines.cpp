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
      const auto* answer = std::get_if<PreviewReady>(&event);
      return !answer || answer->id != asked_;
    });
    return milliseconds_since(start);
  }

  void train(const std::filesystem::path& folder) {
    worker_.run(Train{recipe_of("quick"), "fashion-mnist", folder, {}}, [](const Event& event) {
      const auto* news = std::get_if<TrainingProgress>(&event);
      return !news || news->step < 20;
    });
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
  BranchId branch_ = 0;
  std::uint64_t asked_ = 0;
};

double median_sampling() {
  Painter painter;
  std::vector<double> all;
  for (int i = 0; i < 7; ++i) all.push_back(painter.sample());
  return quantile(all, 0.5);
}

double median_preview(bool training) {
  const TemporaryFolder folder;
  Painter painter;
  if (training) painter.train(folder / "run");
  return quantile(painter.previews(), 0.5);
}

// The same, less one optimiser step.
double preview_beyond_a_step() {
  const TemporaryFolder folder;
  const Recipe recipe = recipe_of("quick");
  double pictures_per_second = 0;
  Headless worker({.assets = assets_folder()});
  worker.run(Train{recipe, "fashion-mnist", folder / "run", {}}, [&](const Event& event) {
    const auto* news = std::get_if<TrainingProgress>(&event);
    if (news) pictures_per_second = news->pictures_per_second;
    return !news || news->step < 60;
  });
  return median_preview(true) - 1e3 * double(recipe.batch) / pictures_per_second;
}

}  // namespace

void add_session_lines() {
  add_line("10 pictures of 20 steps", "ms", {}, median_sampling);
  add_line("a brush stroke's preview, nothing else going on", "ms", {.at_most = 50},
           [] { return median_preview(false); });
  add_line("a brush stroke's preview while training", "ms", {},
           [] { return median_preview(true); });
  add_line("a brush stroke's preview while training, less one optimiser step", "ms",
           {.at_most = 50}, preview_beyond_a_step);
}

}  // namespace stepwise
