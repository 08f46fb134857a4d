// A training run as a job, stepped by hand.
#include "session/training_job.h"

#include <gtest/gtest.h>

#include <numeric>
#include <sstream>

#include "../error_of.h"
#include "../full_disk.h"
#include "../temporary_folder.h"
#include "error.h"
#include "image/append.h"
#include "image/file.h"
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

bool nobody() { return false; }

// A run of so many steps on the toy data, that draws galleries so often, or never by itself: 0.
// `asked`: whether somebody waits.
TrainingJob toy_run(const TemporaryFolder& folder, std::int64_t steps, double gallery_seconds,
                    const std::function<bool()>& asked = nobody) {
  Train command;
  command.recipe = toy_recipe(steps);
  command.recipe.gallery_seconds = gallery_seconds;
  command.out = folder / "run";
  return {command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, asked};
}

TEST(TrainingJob, DrawsItsGalleryWithTheRunsOwnSettings) {
  const TemporaryFolder folder;
  Train command;
  command.recipe = toy_recipe(3);
  command.out = folder / "run";
  TrainingJob job(
      command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, nobody);
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

TEST(TrainingJob, TunesAModelForFewStepsAndNothingElse) {
  const TemporaryFolder folder;
  toy_run(folder, 2, 0);  // It lies there from the first moment.
  Train command;
  command.recipe = toy_recipe(3);
  command.recipe.consistency = 2;
  command.out = folder / "fast";
  const auto begun = [&] {
    return TrainingJob(
        command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, nobody);
  };
  EXPECT_NE(error_of(begun).find("Begin with one"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(command.out));
  command.from = folder / "run";
  TrainingJob job = begun();
  EXPECT_EQ(job.announcement().defaults.sampler, SamplerKind::kConsistency);
  const auto done = first<TrainingDone>(job);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->step, 3);
}

TEST(TrainingJob, KeepsItsNewestGalleryWithTheRun) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 3, 1e9);  // The first is the only one.
  EXPECT_EQ(summary_of(folder / "run").gallery.count, 0);
  const auto gallery = first<GalleryReady>(job);
  ASSERT_TRUE(gallery);
  ASSERT_TRUE(first<TrainingDone>(job));
  EXPECT_EQ(summary_of(folder / "run").gallery, to_bytes(gallery->pictures));
}

int pieces_of(TrainingJob job) {
  int pieces = 0;
  while (job.step([](Event) {})) ++pieces;
  return pieces;
}

// Somebody who asks for something meanwhile waits for a stage of the network, not for the step.
TEST(TrainingJob, BreaksStepsOffWhereSomebodyWaits) {
  const TemporaryFolder folder, other;
  const int alone = pieces_of(toy_run(folder, 2, 0, nobody));
  EXPECT_GE(pieces_of(toy_run(other, 2, 0, [] { return true; })), alone + 2 * 10);
}

TEST(TrainingJob, ThatDrawsNoGalleriesDrawsOneAtItsEnd) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 3, 0);
  std::vector<GalleryReady> galleries;
  std::optional<RunSummary> saved;
  const Emit keep = [&](Event event) {
    if (auto* gallery = std::get_if<GalleryReady>(&event)) galleries.push_back(*gallery);
    if (auto* found = std::get_if<RunFound>(&event)) saved = found->run;
  };
  while (job.step(keep)) {
  }
  ASSERT_EQ(galleries.size(), 1u);
  EXPECT_EQ(galleries[0].step, 3);
  ASSERT_TRUE(saved);
  EXPECT_TRUE(saved->finished);
  EXPECT_EQ(saved->gallery, to_bytes(galleries[0].pictures));
}

// What a job tells until it has told something of this kind that matches, or is over.
template <class T, class Matches>
std::optional<T> until(Job& job, Matches matches) {
  std::optional<T> found;
  const Emit keep = [&](Event event) {
    if (auto* wanted = std::get_if<T>(&event); wanted && !found && matches(*wanted))
      found = std::move(*wanted);
  };
  while (!found && job.step(keep)) {
  }
  return found;
}

bool says(const Warning& warning, const std::string& words) {
  return warning.text.find(words) != std::string::npos;
}

// The steps of which the history has the loss, as its table tells them.
std::vector<std::int64_t> steps_told(const std::filesystem::path& run) {
  std::vector<std::int64_t> steps;
  std::istringstream table(read_file(run / "history.csv"));
  std::string line;
  std::getline(table, line);  // The names of the columns.
  while (std::getline(table, line)) {
    std::istringstream cells(line);
    std::string step, cell;
    std::getline(cells, step, ',');
    for (int i = 0; i < 3; ++i) std::getline(cells, cell, ',');
    if (!cell.empty()) steps.push_back(std::stoll(step));
  }
  return steps;
}

std::vector<std::int64_t> up_to(std::int64_t last) {
  std::vector<std::int64_t> steps(static_cast<std::size_t>(last));
  std::iota(steps.begin(), steps.end(), 1);
  return steps;
}

TEST(TrainingJob, ItsHistoryIsToldStepByStepAlsoAfterItWasKilled) {
  const TemporaryFolder folder;
  const std::filesystem::path table = folder / "run" / "history.csv";
  {
    TrainingJob killed = toy_run(folder, 1'000'000, 0);
    ASSERT_TRUE(until<TrainingProgress>(killed, [&](auto&) { return exists(table); }));
  }
  append_to_file(table, "1000,2.5,16");  // Within a row.
  Train command;
  command.resume = folder / "run";
  TrainingJob job(
      command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, nobody);
  EXPECT_EQ(steps_told(folder / "run"), up_to(0));  // It was saved before its first step alone.
  ASSERT_TRUE(until<TrainingProgress>(job, [](const auto& now) { return now.step >= 5; }));
  job.cancel([](Event) {});
  EXPECT_EQ(steps_told(folder / "run"), up_to(summary_of(folder / "run").step));
}

TEST(TrainingJob, ThatLosesItsFolderSaysSoAndLosesNothingElse) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 1'000'000, 0);
  std::filesystem::remove_all(folder / "run");
  const auto gone = [&](const Warning& warning) {
    return says(warning, "'" + (folder / "run").string() + "', is gone");
  };
  ASSERT_TRUE(until<Warning>(job, gone));
  std::optional<TrainingDone> done;
  job.cancel([&](Event event) {
    if (const auto* end = std::get_if<TrainingDone>(&event)) done = *end;
  });
  ASSERT_TRUE(done);
  EXPECT_EQ(summary_of(folder / "run").step, done->step);
  EXPECT_EQ(steps_told(folder / "run"), up_to(done->step));
}

TEST(TrainingJob, ThatFindsTheDiskFullGoesOnAndIsSavedOnceThereIsRoom) {
  const TemporaryFolder folder;
  Train command;
  command.recipe = toy_recipe(1'000'000);
  command.recipe.gallery_seconds = 0;
  command.recipe.checkpoint_seconds = 0.1;
  command.out = folder / "run";
  TrainingJob job(
      command, 1, std::make_shared<Dataset>(toy_data()), torch::kCPU, [](Event) {}, nobody);
  const auto no_checkpoint = [](const Warning& w) { return says(w, "No checkpoint was written"); };
  {
    const FullDisk full;
    ASSERT_TRUE(until<Warning>(job, no_checkpoint));
  }
  EXPECT_EQ(summary_of(folder / "run").step, 0);
  const auto saved = until<RunFound>(job, [](const RunFound& found) { return found.run.step > 0; });
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->run.damage, "");
  EXPECT_EQ(steps_told(folder / "run"), up_to(saved->run.step));
}

TEST(TrainingJob, ThePicturesOfEachBinAreWhatItsLossIsMadeOf) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 3, 0);
  std::vector<float> bins;
  const Emit keep = [&](Event event) {
    if (const auto* told = std::get_if<TrainingProgress>(&event))
      for (const HeldOutPoint& point : told->held_out) bins = point.bins;
  };
  while (job.step(keep)) {
  }
  ASSERT_EQ(bins.size(), 8u);
  for (int bin = 0; bin < 8; ++bin) {
    const LevelsLookedAt seen = job.look_at({.bin = bin}, keep);
    const double mean =
        std::accumulate(seen.losses.begin(), seen.losses.end(), 0.) / double(seen.losses.size());
    EXPECT_NEAR(mean / bins[std::size_t(bin)], 1, 1e-3) << bin;
    EXPECT_TRUE(std::ranges::is_sorted(seen.losses, std::greater()));
    EXPECT_EQ(seen.step, 3);
    for (const ImageBatch* pictures : {&seen.clean, &seen.noisy, &seen.guess})
      EXPECT_EQ(pictures->count, int(seen.losses.size()));
    const Dataset data = toy_data();
    EXPECT_EQ(seen.clean.image(0).pixels, image_of(data.test, seen.pictures.front()).pixels);
  }
  EXPECT_THROW(job.look_at({.bin = 8}, keep), Error);
  EXPECT_THROW(job.look_at({.bin = -1}, keep), Error);
}

torch::Tensor guess_of_model(const SharedModel& model) {
  const torch::NoGradGuard no_gradients;
  std::vector<std::int64_t> shape = model->shape;
  shape.insert(shape.begin(), 1);
  return model->denoiser({{0}}, {})(torch::ones(shape), 1).clean;
}

TEST(TrainingJob, TheModelOfAMarkIsAsTheRunWasThen) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 100, 0);
  ASSERT_TRUE(
      until<TrainingProgress>(job, [](const TrainingProgress& now) { return now.step > 0; }));
  std::int64_t step = -1;
  const torch::Tensor then = guess_of_model(job.model()).clone();
  job.mark([&](Event event) {
    if (const auto* told = std::get_if<TrainingMarked>(&event)) step = told->marks.back().step;
  });
  ASSERT_GT(step, 0);
  ASSERT_TRUE(first<TrainingDone>(job));
  EXPECT_TRUE(torch::equal(guess_of_model(job.model_at(step)), then));
  EXPECT_FALSE(torch::equal(guess_of_model(job.model()), then));
  EXPECT_THROW(job.model_at(step + 100), Error);
}

// Or whoever watches would wait for its end for ever.
TEST(TrainingJob, ThatCannotBeSavedWhenItIsStoppedIsOver) {
  const TemporaryFolder folder;
  TrainingJob job = toy_run(folder, 1'000'000, 0);
  ASSERT_TRUE(first<TrainingProgress>(job));
  bool done = false;
  const FullDisk full;
  const Emit keep = [&](Event event) {
    done = done || std::holds_alternative<TrainingDone>(event);
  };
  EXPECT_THROW(job.cancel(keep), Error);
  EXPECT_TRUE(done);
  EXPECT_FALSE(job.running());
}

}  // namespace
}  // namespace stepwise
