// A training run as a job, stepped by hand.
#include "session/training_job.h"

#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "session/evaluating.h"
#include "training/run_summary.h"
#include "training/toy_data.h"

namespace stepwise {
namespace {

template <class T>
std::optional<T> first(Job& job) {
  std::optional<T> found;
  const Emit keep = [&](Event event) {
    if (auto* wanted = std::get_if<T>(&event)) found = std::move(*wanted);
  };
  while (!found && job.step(keep)) {
  }
  return found;
}

TEST(TrainingJob, DrawsItsGalleryWithTheRunsOwnSettings) {
  const TemporaryFolder folder;
  Train command;
  command.recipe = toy_recipe(3);
  command.out = folder / "run";
  TrainingJob job(command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {});
  const auto gallery = first<GalleryReady>(job);
  ASSERT_TRUE(gallery);

  SampleSettings own = job.announcement().defaults;
  own.count = gallery->pictures.count;
  own.steps = 10;
  own.seed = command.recipe.seed;
  const SharedModel model = job.model();
  DrawJob draw(own, dealt({}, model->classes.count, own.count), model);
  const auto drawn = first<Drawn>(draw);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(gallery->pictures.pixels, drawn->pictures.pixels);
  // Otherwise any settings would do.
  EXPECT_NE(own.sigma_max, SampleSettings{}.sigma_max);
  EXPECT_NE(own.rho, SampleSettings{}.rho);
}

TEST(TrainingJob, KeepsItsNewestGalleryWithTheRun) {
  const TemporaryFolder folder;
  Train command;
  command.recipe = toy_recipe(3);
  command.recipe.gallery_seconds = 1e9;  // The first is the only one.
  command.out = folder / "run";
  TrainingJob job(command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {});
  EXPECT_EQ(summary_of(folder / "run").gallery.count, 0);
  const auto gallery = first<GalleryReady>(job);
  ASSERT_TRUE(gallery);
  ASSERT_TRUE(first<TrainingDone>(job));
  EXPECT_EQ(summary_of(folder / "run").gallery, to_bytes(gallery->pictures));
}

}  // namespace
}  // namespace stepwise
