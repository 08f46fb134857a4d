#include "bench/curve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "commands/command.h"
#include "session/platform.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

constexpr std::array kSeconds = {15, 30, 60, 120, 240};
constexpr int kPictures = 2000;

struct Trained {
  int seconds;  // Of training; the learning rate falls to zero by then.
  Evaluation figures;
};

Trained trained_for(Headless& worker, const Recipe& recipe, int seconds) {
  const TemporaryFolder folder;
  Train train;
  train.recipe = recipe;
  train.recipe.budget = {seconds / 60., 0};
  train.recipe.gallery_seconds = 0;
  train.out = folder / "run";
  std::int64_t steps = 0;
  double rate = 0;
  worker.run(train, [&](const Event& event) {
    if (const auto* news = std::get_if<TrainingProgress>(&event)) rate = news->pictures_per_second;
    if (const auto* done = std::get_if<TrainingDone>(&event)) steps = done->step;
  });
  const ModelOpened model = worker.open_model(train.out);
  Evaluate evaluate{model.id, model.defaults};
  evaluate.settings.count = kPictures;
  Trained point{seconds, {}};
  worker.run(evaluate, [&](const Event& event) {
    if (const auto* result = std::get_if<Evaluated>(&event)) point.figures = result->figures;
  });
  const Evaluation& f = point.figures;
  std::printf("| %s | %d s | %lld | %.0f | %.2f | %.3f | %.1f %% |\n", recipe.name.c_str(), seconds,
              static_cast<long long>(steps), rate, f.distance, f.noise_equivalent_level,
              100 * f.agreement);
  std::fflush(stdout);
  return point;
}

// Where a figure stands between two others, 0 to `size` - 1, by logarithms.
int place_of(double figure, double low, double high, int size) {
  const double share = std::log(figure / low) / std::log(high / low);
  return int(std::lround(std::clamp(share, 0., 1.) * (size - 1)));
}

// FD upwards, time to the right.
void plot(const std::vector<Trained>& points) {
  constexpr int kWidth = 56, kHeight = 14;
  const double floor = points.front().figures.floor;
  double highest = 2 * floor;
  for (const Trained& point : points) highest = std::max(highest, point.figures.distance);
  std::vector<std::string> rows(kHeight, std::string(kWidth, ' '));
  rows.back().assign(kWidth, '.');
  for (const Trained& point : points)
    rows[std::size_t(kHeight - 1 - place_of(point.figures.distance, floor, highest, kHeight))]
        [std::size_t(place_of(point.seconds, kSeconds.front(), kSeconds.back(), kWidth))] = 'o';
  std::printf("\n");
  for (int row = 0; row < kHeight; ++row) {
    const double at = floor * std::pow(highest / floor, (kHeight - 1. - row) / (kHeight - 1));
    std::printf("%8.2f |%s\n", at, rows[std::size_t(row)].c_str());
  }
  std::printf("      FD  %d s%*d s\n", kSeconds.front(), kWidth - 5, kSeconds.back());
}

}  // namespace

void print_curve() {
  const SessionOptions options{.assets = assets_folder()};
  const bool cuda = device_of(options).is_cuda();
  const Recipe recipe = recipe_named(cuda ? "gpu" : "quick", known_recipes()).recipe;
  Headless worker(options);
  std::printf("Trained on %s, measured by %d pictures\n\n",
              cuda ? "a graphics card" : "the processor", kPictures);
  std::printf(
      "| recipe | trained for | steps | pictures/s | FD | noise-equivalent level | class |\n"
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  std::vector<Trained> points;
  for (const int seconds : kSeconds) points.push_back(trained_for(worker, recipe, seconds));
  std::printf("\nAs many real pictures: FD %.2f, the line below.\n", points.front().figures.floor);
  plot(points);
}

}  // namespace stepwise
