// An evaluation as a job: what it tells is what was measured.
#include "session/evaluating.h"

#include <gtest/gtest.h>

#include "../temporary_folder.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "evaluation/clothes.h"
#include "image/file.h"
#include "session/classifiers.h"

namespace stepwise {
namespace {

// Draws grey pictures with something of the noise left in them.
SharedModel grey_model() {
  Model model;
  const auto silent = [](const Tensor& x, const Tensor&, const Conditioning&) {
    return torch::zeros_like(x);
  };
  model.classes = {10};
  model.shape = {1, 28, 28};
  return model_of(silent, std::move(model));
}

TEST(EvaluateJob, TellsEachFigureByItsOwnName) {
  auto data = few_clothes(300, 150);
  DataRecord record = record_of(*data);
  const auto reference = std::make_shared<ReferenceSet>(ReferenceSet{
      std::move(data), std::move(record), load_classifier(shipped_classifier()), {}, {}});
  SampleSettings settings;
  settings.count = 60;
  settings.steps = 3;

  ImageBatch pictures;
  DrawJob draw(settings, dealt({}, 10, settings.count), grey_model());
  const Emit keep = [&](Event event) {
    if (const auto* drawn = std::get_if<Drawn>(&event)) pictures = drawn->pictures;
  };
  while (draw.step(keep)) {
  }
  ASSERT_EQ(pictures.count, settings.count);
  EvaluationJob direct(reference, to_tensor(pictures), dealt({}, 10, settings.count));
  while (direct.step()) {
  }
  const Evaluation& expected = direct.result();

  std::optional<Evaluated> told;
  const Emit note = [&](Event event) {
    if (auto* evaluated = std::get_if<Evaluated>(&event)) told = std::move(*evaluated);
  };
  EvaluateJob job(settings, grey_model(), "grey", reference);
  while (job.step(note)) {
  }
  ASSERT_TRUE(told);
  EXPECT_EQ(told->model, "grey");
  EXPECT_EQ(told->figures.count, 60);
  EXPECT_EQ(told->figures.distance, expected.distance);
  EXPECT_EQ(told->figures.standard_error, expected.standard_error);
  EXPECT_EQ(told->figures.floor, expected.floor);
  EXPECT_EQ(told->figures.noise_equivalent_level, expected.noise_equivalent_level);
  EXPECT_EQ(told->figures.agreement, expected.agreement);
  EXPECT_EQ(told->figures.real_agreement, expected.real_agreement);
  EXPECT_EQ(told->figures.nearest, expected.nearest);
  EXPECT_EQ(told->figures.real_nearest, expected.real_nearest);
  EXPECT_EQ(told->evaluations_per_picture, 3);
  EXPECT_EQ(told->figures.reference, "train");
  EXPECT_EQ(told->data, reference->record);
  // Otherwise two that are mixed up would not be noticed.
  EXPECT_NE(expected.distance, expected.floor);
  EXPECT_NE(expected.agreement, expected.real_agreement);
  EXPECT_NE(expected.nearest, expected.real_nearest);
}

TEST(ClassifierFor, FindsWhatAnEarlierVersionTrained) {
  const TemporaryFolder assets;
  const auto data = few_clothes(20, 10);
  const DataRecord record = record_of(*data);
  Classifier old = load_classifier(shipped_classifier());
  const auto find = [&](const std::string& identity) {
    old.data_set.identity = identity;
    write_file(assets.path() / "classifiers" / "any.safetensors", encode(old));
    return classifier_for(record, {}, assets.path()).checksum;
  };
  std::filesystem::create_directory(assets.path() / "classifiers");
  EXPECT_EQ(find(record.old_identity), old.checksum);
  EXPECT_EQ(find(record.identity), old.checksum);
  EXPECT_THROW(find("0123456789abcdef"), Error);
}

TEST(EvaluateJob, RefusesAModelOfAnotherSizeBeforeItHasDrawnAnything) {
  auto data = few_clothes(20, 10);
  DataRecord record = record_of(*data);
  const auto reference = std::make_shared<ReferenceSet>(ReferenceSet{
      std::move(data), std::move(record), load_classifier(shipped_classifier()), {}, {}});
  int drawn = 0;
  Model small;
  small.classes = {10};
  small.shape = {1, 8, 8};
  const auto counted = [&](const Tensor& x, const Tensor&, const Conditioning&) {
    ++drawn;
    return torch::zeros_like(x);
  };
  SampleSettings settings;
  settings.count = 10;
  EXPECT_THROW(EvaluateJob(settings, model_of(counted, std::move(small)), "small", reference),
               Error);
  EXPECT_EQ(drawn, 0);
}

}  // namespace
}  // namespace stepwise
