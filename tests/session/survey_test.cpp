// Errors over many test pictures, of models that are formulas: by hand what the survey says of
// them.
#include "session/survey.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>

#include "diffusion/tensor_image.h"
#include "evaluation/classifier.h"
#include "session/session_fixture.h"
#include "session/stepped_session.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

constexpr int kCount = 60;

// Two classes, dark and bright, every pixel of every picture drawn anew. The same pictures to train
// and to test: all are training pictures.
void write_noisy_data(const TemporaryFolder& folder) {
  std::vector<int> labels;
  std::string pixels;
  std::mt19937 random(3);
  for (int i = 0; i < kCount; ++i) {
    labels.push_back(i % 2);
    for (int k = 0; k < kSide * kSide; ++k)
      pixels += char(random() % 90 + 150 * std::uint32_t(i % 2));
  }
  put_data(folder.path(), kSide, labels, pixels);
  put(folder / "classes.txt", "dark\nbright\n");
}

// A model of the folder's name.
Tensor answer_of(const std::string& name, const Tensor& x, double sigma,
                 const std::vector<Condition>& told) {
  if (name == "grey") return torch::zeros_like(x);
  Tensor mean = torch::full({x.size(0), 1, 1, 1}, -0.2);  // "shrinks"
  for (int i = 0; i < int(told.size()); ++i)
    if (const auto label = told[std::size_t(i)].label) mean[i].fill_(*label ? 0.53 : -0.65);
  const double variance = 0.04;
  return mean + (x - mean) * variance / (variance + sigma * sigma);
}

OpenedModel formula_model(const std::filesystem::path& folder) {
  const std::string name = folder.filename().string();
  Model model;
  model.unclamped = [name](const std::vector<Condition>& told, const SampleSettings&) -> Denoise {
    return [=](const Tensor& x, double sigma) { return Guess(answer_of(name, x, sigma, told)); };
  };
  model.classes = {2};
  model.shape = {1, kSide, name == "wide" ? 2 * kSide : kSide};
  OpenedModel opened = opened_from(folder, std::move(model));
  opened.announcement.name = name;
  opened.announcement.class_names = {"dark", name == "stranger" ? "noisy" : "bright"};
  return opened;
}

class SurveyTest : public SteppedSession {
 protected:
  SurveyTest() : SteppedSession(formula_model) {
    write_noisy_data(data_);
    ask(OpenData{{data_.path().string()}});
    run();
    pictures_ = tensor_of(open_dataset(data_.path().string()).test, 0, kCount);
  }

  ModelId open(const char* name) {
    const ModelId model = ask(OpenModel{name});
    run();
    return model;
  }
  std::vector<Surveyed> surveyed(const Survey& survey) {
    const JobId job = ask(survey);
    run();
    return told<Surveyed>(job);
  }
  std::string failure_of(const Survey& survey) {
    const JobId job = ask(survey);
    run();
    const auto failed = told<Failed>(job);
    return failed.empty() ? "" : failed[0].message;
  }

  TemporaryFolder data_;
  Tensor pictures_;
};

TEST_F(SurveyTest, TellsMeansSpreadsAndTheErrorOfTheDifferenceLevelByLevel) {
  const auto levels = surveyed({.model = open("grey"), .sigmas = {0.4, 0.001}, .count = kCount});
  ASSERT_EQ(levels.size(), 2u);
  EXPECT_EQ(levels[0].sigma, 0.4);
  EXPECT_EQ(levels[1].sigma, 0.001);
  const Tensor errors = pictures_.flatten(1).to(torch::kDouble).square().mean(1).sqrt();
  for (const Surveyed& level : levels) {
    EXPECT_EQ(level.count, kCount);
    EXPECT_NEAR(level.guess_error, errors.mean().item<double>(), 1e-6);
    EXPECT_NEAR(level.guess_spread, errors.std().item<double>(), 1e-6);
  }
  // At the last level the other guess is the picture itself.
  EXPECT_NEAR(levels[1].ideal_error, 0, 1e-6);
  EXPECT_NEAR(levels[1].ideal_spread, 0, 1e-6);
  EXPECT_NEAR(levels[1].standard_error, levels[1].guess_spread / std::sqrt(double(kCount)), 1e-6);
}

TEST_F(SurveyTest, OnTrainingPicturesNoModelBeatsTheIdealDenoiserThatIsToldTheClass) {
  for (const char* name : {"grey", "shrinks"})
    for (const auto& told : {std::optional<Condition>{}, std::optional(Condition{})})
      for (const Surveyed& level : surveyed({.model = open(name),
                                   .told = told,
                                   .sigmas = {0.05, 0.2, 1, 5, 40},
                                   .count = kCount})) {
        EXPECT_EQ(level.known, told ? 0 : kCount);
        EXPECT_GE(level.guess_error, level.ideal_error - level.standard_error)
            << name << " at " << level.sigma;
      }
}

TEST_F(SurveyTest, ToldTheClassTheIdealDenoiserIsNearer) {
  const ModelId model = open("shrinks");
  const auto own = surveyed({.model = model, .sigmas = {20}, .count = kCount});
  const auto any = surveyed({.model = model, .told = Condition{}, .sigmas = {20}, .count = kCount});
  EXPECT_LT(own[0].ideal_error, 0.6 * any[0].ideal_error);
  EXPECT_LT(own[0].guess_error, 0.6 * any[0].guess_error);
}

TEST_F(SurveyTest, TheIdealDenoiserIsToldNoClassThatMeansSomethingElse) {
  const ModelId stranger = open("stranger");
  const auto levels = surveyed({.model = stranger, .sigmas = {1}, .count = kCount});
  EXPECT_EQ(levels.at(0).known, 0);
  const JobId job =
      ask(Inspect{.model = stranger, .picture = Image(kSide, kSide, 1), .condition = {1}});
  run();
  EXPECT_EQ(told<Inspected>(job).at(0).known, Condition{});
}

TEST_F(SurveyTest, OneClassCanBeToldToAll) {
  const auto levels =
      surveyed({.model = open("shrinks"), .told = Condition{1}, .sigmas = {20}, .count = kCount});
  EXPECT_EQ(levels.at(0).known, kCount);
  EXPECT_GT(levels[0].ideal_spread, 0.3);  // Half of them are of the other class.
}

TEST_F(SurveyTest, PicturesAreOfTheSeedAndTheirNoiseIsTheSameAtEveryLevelsCompany) {
  const ModelId model = open("shrinks");
  const auto figure = [&](std::vector<double> sigmas, std::uint64_t seed) {
    return surveyed({.model = model, .sigmas = std::move(sigmas), .count = 20, .seed = seed})
        .back()
        .guess_error;
  };
  EXPECT_EQ(figure({1}, 1), figure({0.3, 1}, 1));
  EXPECT_NE(figure({1}, 1), figure({1}, 2));
}

TEST_F(SurveyTest, ALookAtOnePictureComesBetweenTwoOfItsPieces) {
  const ModelId model = open("shrinks");
  const JobId survey = ask(Survey{.model = model, .sigmas = {1, 2, 3}, .count = kCount});
  for (int i = 0; i < 3; ++i) step();
  const JobId look =
      ask(Inspect{.model = model, .picture = Image(kSide, kSide, 1), .condition = {}});
  step();
  EXPECT_EQ(told<Inspected>(look).size(), 1u);
  EXPECT_TRUE(told<Finished>(survey).empty());
  run();
  EXPECT_EQ(told<Surveyed>(survey).size(), 3u);
  EXPECT_EQ(told<Progress>(survey).back().fraction, 1);
}

TEST_F(SurveyTest, OnlyTheNewestGoesOn) {
  const ModelId model = open("shrinks");
  const Survey survey{.model = model, .sigmas = {1, 2}, .count = kCount};
  const JobId first = ask(survey);
  for (int i = 0; i < 3; ++i) step();
  const JobId second = ask(survey);
  run();
  EXPECT_TRUE(told<Finished>(first).at(0).cancelled);
  EXPECT_TRUE(told<Surveyed>(first).empty());
  EXPECT_EQ(told<Surveyed>(second).size(), 2u);
}

TEST_F(SurveyTest, WhatDoesNotFitIsRefused) {
  const ModelId model = open("shrinks");
  EXPECT_THAT(failure_of({.model = model, .sigmas = {1}, .count = kCount + 1}),
              HasSubstr("choose 2 to 60"));
  EXPECT_THAT(failure_of({.model = model, .sigmas = {1}, .count = 1}), HasSubstr("choose 2"));
  EXPECT_THAT(failure_of({.model = model, .sigmas = {0}, .count = 2}), HasSubstr("noise level"));
  EXPECT_THAT(failure_of({.model = open("wide"), .sigmas = {1}, .count = 2}),
              HasSubstr("data set are [1, 8, 8]"));
}

}  // namespace
}  // namespace stepwise
