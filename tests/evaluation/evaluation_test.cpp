#include "evaluation/evaluation.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "clothes.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "evaluation/held.h"
#include "settings/sample_settings.h"

namespace stepwise {
namespace {

using torch::Tensor;

constexpr int kTrain = 600, kTest = 300, kSamples = 100;

class EvaluationOf : public testing::Test {
 protected:
  static std::shared_ptr<ReferenceSet> new_reference() {
    auto data = few_clothes(kTrain, kTest);
    DataRecord record = record_of(*data);
    return std::make_shared<ReferenceSet>(ReferenceSet{
        std::move(data), std::move(record), load_classifier(shipped_classifier()), {}, {}});
  }
  static void SetUpTestSuite() { reference_ = new_reference(); }
  static void TearDownTestSuite() { reference_.reset(); }

  static const Dataset& data() { return *reference_->data; }

  static Evaluation evaluate(const Tensor& samples, const std::vector<Condition>& conditions) {
    EvaluationJob job(reference_, samples, conditions);
    while (job.step()) {
    }
    return job.result();
  }

  static std::vector<Condition> labels_of(const Pictures& pictures,
                                          const std::vector<int>& indices) {
    std::vector<Condition> labels;
    for (int i : indices) labels.push_back({pictures.labels[std::size_t(i)]});
    return labels;
  }

  // The real pictures that an evaluation of kSamples holds back, and what they show.
  static std::vector<int> held() { return hold(data().test, kSamples, kEvaluationSeed); }
  static Tensor held_pictures() {
    return tensor_of(data().test, torch::tensor(held(), torch::kLong));
  }
  static std::vector<Condition> held_labels() { return labels_of(data().test, held()); }

  static inline std::shared_ptr<ReferenceSet> reference_;
};

TEST_F(EvaluationOf, TheHeldPicturesThemselvesIsTheFloor) {
  const Evaluation e = evaluate(held_pictures(), held_labels());
  EXPECT_EQ(e.count, kSamples);
  EXPECT_GT(e.floor, 0);
  EXPECT_NEAR(e.distance, e.floor, 1e-6);
  EXPECT_NEAR(e.nearest, e.real_nearest, 1e-6);
  EXPECT_LE(e.noise_equivalent_level, 0.03);  // No nearer to 0: 100 pictures are few.
  EXPECT_EQ(e.classifier, reference_->classifier.checksum);
  EXPECT_EQ(e.reference, "train");
}

TEST_F(EvaluationOf, OtherRealPicturesIsAboutTheFloor) {
  const std::vector<int> others = hold(data().test, kSamples, kEvaluationSeed + 1);
  const Evaluation e = evaluate(tensor_of(data().test, torch::tensor(others, torch::kLong)),
                                labels_of(data().test, others));
  EXPECT_NE(e.distance, e.floor);
  EXPECT_GT(e.standard_error, 0);
  EXPECT_LT(std::abs(e.distance - e.floor), 4 * e.standard_error);
}

TEST_F(EvaluationOf, VeryFewSamplesHasNoStandardError) {
  const auto evaluate_first = [](int count) {
    std::vector<Condition> labels = held_labels();
    labels.resize(std::size_t(count));
    return evaluate(held_pictures().narrow(0, 0, count), labels);
  };
  EXPECT_TRUE(std::isnan(evaluate_first(19).standard_error));
  EXPECT_GT(evaluate_first(19).distance, 0);
  EXPECT_GT(evaluate_first(20).standard_error, 0);
}

TEST_F(EvaluationOf, PicturesTheReferenceConsistsOfIsZeroAndTheyAreCopies) {
  auto reference = new_reference();
  auto data = std::make_shared<Dataset>(*reference->data);
  data->train = first_of(data->train, kSamples);  // So that the samples are all of the reference.
  reference->data = data;
  EvaluationJob job(reference, tensor_of(data->train, 0, kSamples),
                    std::vector<Condition>(data->train.labels.begin(), data->train.labels.end()));
  while (job.step()) {
  }
  EXPECT_NEAR(job.result().distance, 0, 1e-4);
  EXPECT_NEAR(job.result().nearest, 0, 1e-6);
  EXPECT_GT(job.result().real_nearest, 0.1);
  EXPECT_GE(job.result().agreement, 0.95);
}

TEST_F(EvaluationOf, MoreNoiseIsFurtherAwayAndLessAgreedOn) {
  torch::manual_seed(3);
  const Tensor noise = torch::randn({kSamples, 1, 28, 28});
  Evaluation last;
  for (double level : {0.05, 0.2, 0.6}) {
    const Evaluation e = evaluate(held_pictures() + level * noise, held_labels());
    EXPECT_GT(e.distance, last.distance);
    EXPECT_GT(e.noise_equivalent_level, last.noise_equivalent_level);
    EXPECT_GT(e.nearest, last.nearest);
    last = e;
  }
  EXPECT_LT(last.agreement, last.real_agreement - 0.2);
  EXPECT_TRUE(std::ranges::is_sorted(last.noise_distances));
}

TEST_F(EvaluationOf, TheWrongClassesAreNotAgreedOn) {
  std::vector<Condition> wrong = held_labels();
  for (Condition& c : wrong) c.label = (*c.label + 1) % 10;
  EXPECT_LT(evaluate(held_pictures(), wrong).agreement, 0.1);
}

TEST_F(EvaluationOf, SamplesWithoutAClassHasNoAgreement) {
  EXPECT_TRUE(std::isnan(evaluate(held_pictures(), std::vector<Condition>(kSamples)).agreement));
}

TEST_F(EvaluationOf, RealPicturesIsComputedOnceAndKept) {
  evaluate(held_pictures(), held_labels());
  const Tensor reference = reference_->train.mean, test = reference_->test.features;
  EXPECT_EQ(test.size(0), kTest);
  evaluate(held_pictures(), held_labels());
  EXPECT_TRUE(reference_->train.mean.is_same(reference));
  EXPECT_TRUE(reference_->test.features.is_same(test));
  EXPECT_EQ(std::ranges::count(reference_->held, kSamples, &HeldFigures::count), 1);
}

TEST_F(EvaluationOf, HeldPicturesLooksAtThemOnceForEachCount) {
  auto reference = new_reference();
  const auto stages_of = [&](int count) {
    std::vector<Condition> labels = held_labels();
    labels.resize(std::size_t(count));
    EvaluationJob job(reference, held_pictures().narrow(0, 0, count), labels);
    std::set<std::string> stages;
    do stages.insert(job.stage());
    while (job.step());
    return stages;
  };
  const std::string noise = "judging real pictures with noise", test = "judging test pictures";
  EXPECT_TRUE(stages_of(30).contains(test));
  EXPECT_FALSE(stages_of(30).contains(noise));
  EXPECT_TRUE(stages_of(40).contains(noise));
  EXPECT_FALSE(stages_of(40).contains(test));
  EXPECT_FALSE(stages_of(30).contains(noise));
  EXPECT_EQ(reference->held.size(), 2u);
}

TEST_F(EvaluationOf, TheSameSamplesGivesTheSameFigures) {
  const Evaluation a = evaluate(held_pictures(), held_labels()),
                   b = evaluate(held_pictures(), held_labels());
  EXPECT_EQ(a.noise_distances, b.noise_distances);
  EXPECT_EQ(a.nearest, b.nearest);
}

TEST_F(EvaluationOf, SamplesTellsHowFarItIs) {
  EvaluationJob job(new_reference(), held_pictures(), held_labels());
  double fraction = 0;
  EXPECT_EQ(job.fraction(), 0);
  EXPECT_EQ(job.stage(), "judging training pictures");
  while (job.step()) {
    EXPECT_GT(job.fraction(), fraction);
    fraction = job.fraction();
  }
  EXPECT_DOUBLE_EQ(job.fraction(), 1);
  EXPECT_FALSE(job.step());
}

TEST_F(EvaluationOf, WhatDoesNotFitIsRefused) {
  const auto refused = [&](const Tensor& samples, std::size_t labels) {
    EXPECT_THROW(EvaluationJob(reference_, samples, std::vector<Condition>(labels, Condition{0})),
                 Error);
  };
  refused(torch::zeros({4, 1, 32, 32}), 4);
  refused(torch::zeros({4, 3, 28, 28}), 4);
  refused(torch::zeros({4, 1, 28, 28}), 3);
  refused(torch::zeros({1, 1, 28, 28}), 1);
  refused(torch::zeros({kTest + 1, 1, 28, 28}), kTest + 1);
  refused(torch::full({4, 1, 28, 28}, std::numeric_limits<float>::quiet_NaN()), 4);
}

}  // namespace
}  // namespace stepwise
