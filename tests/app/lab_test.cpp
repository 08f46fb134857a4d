// What the lab asks for and when, and what it shows of the answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "lab_fixture.h"
#include "panels/lab_parts.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;

TEST_F(Lab, FetchesThePictureOnceAndThenAsksOnce) {
  Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<FetchPicture>(out[0].command).index, 5);
  EXPECT_TRUE(std::get<FetchPicture>(out[0].command).test);
  EXPECT_TRUE(talk().empty());
  fetched(5);
  out = talk();
  ASSERT_EQ(out.size(), 1u);
  const Inspect& inspect = std::get<Inspect>(out[0].command);
  EXPECT_EQ(inspect.condition, Condition{1});  // Its own class.
  EXPECT_EQ(inspect.picture.height, 2);
  EXPECT_TRUE(talk().empty());
  answer(1);
  EXPECT_TRUE(talk().empty());
}

TEST_F(Lab, KeepsTheNoiseWhileSigmaMoves) {
  const Inspect first = asked();
  answer(1);
  ui.lab.sigma = 2;
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Inspect>(out[0].command).seed, first.seed);
  EXPECT_EQ(std::get<Inspect>(out[0].command).sigma, 2);
}

TEST_F(Lab, WaitsForAnAnswerBeforeItAsksAgainAndThenAsksForTheNewest) {
  asked();
  for (const double sigma : {2.0, 3.0, 4.0}) {
    ui.lab.sigma = sigma;
    EXPECT_TRUE(talk().empty());
  }
  answer(1);
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Inspect>(out[0].command).sigma, 4);
}

TEST_F(Lab, AFailureOfItsOwnQuestionAloneLetsItAskAnother) {
  asked();
  ui.lab.sigma = 2;
  apply({ui.lab.asked + 1000, Failed{"Sampling", "It is not this one."}}, view);
  EXPECT_TRUE(talk().empty());
  apply({ui.lab.asked, Failed{"Looking at a noise level", "The network fails there."}}, view);
  EXPECT_EQ(talk().size(), 1u);
}

TEST_F(Lab, OtherWeightsAreAskedAnew) {
  asked();
  answer(1);
  ModelOpened live = model;
  live.id = ui.model = 8;
  live.live = true;
  apply({8, live}, view);
  EXPECT_EQ(talk().size(), 1u);
  answer(1);
  EXPECT_TRUE(talk().empty());
  ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
  apply({kNoJob, GalleryReady{100, 5, batch}}, view);
  EXPECT_EQ(talk().size(), 1u);
}

TEST_F(Lab, OffersThePicturesThatTheModelWasTrainedOnWhereItKnowsNoneThatAreOpen) {
  ModelOpened letters = model;
  letters.id = ui.model = 8;
  letters.height = letters.width = 32;
  letters.channels = 3;
  letters.data = "glyphs-color";
  letters.source = DataSource{.place = "glyphs-color", .size = 32};
  apply({8, letters}, view);
  Commands out;
  HeadlessImGui gui;
  gui.press("Open glyphs-color", [&] { lab_pictures(view, ui, gui.pictures, out); });
  ASSERT_EQ(out.size(), 1u);
  const DataSource& asked = std::get<OpenData>(out[0].command).data;
  EXPECT_EQ(asked.place, "glyphs-color");
  EXPECT_EQ(asked.size, 32);
  EXPECT_TRUE(asked.by_hand);
}

TEST_F(Lab, FetchesTheNearestTrainingPicture) {
  asked();
  answer(1, 0.1, 77);
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<FetchPicture>(out[0].command).index, 77);
  EXPECT_FALSE(std::get<FetchPicture>(out[0].command).test);
  fetched(77, false);
  EXPECT_TRUE(talk().empty());
  EXPECT_EQ(ui.lab.nearest_index, 77);
  EXPECT_TRUE(ui.lab.test);  // The test picture is still in hand.
}

TEST_F(Lab, TakesTheFinishedPictureOfTheSample) {
  begin_sample();
  EXPECT_TRUE(talk().empty());
  ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
  apply({kNoJob, FrameReady{1, 1, to_bytes(batch)}}, view);
  EXPECT_TRUE(talk().empty());  // Not yet in full.
  apply({kNoJob, FrameFetched{1, 1, batch, batch}}, view);
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Inspect>(out[0].command).condition, Condition{0});
}

TEST_F(Lab, ShowsNothingOfAnotherPictureWhileTheSampleIsUnfinished) {
  look();
  EXPECT_EQ(pictures_drawn(), 4u);
  sample(0);
  talk();
  EXPECT_EQ(lab_answer(view, ui.lab), nullptr);
  EXPECT_EQ(pictures_drawn(), 0u);
  EXPECT_THAT(lab_obstacle(view, ui, lab_subject(view, ui)), HasSubstr("not finished yet"));
  ui.lab.from_test_set = true;  // And back.
  EXPECT_EQ(talk().size(), 1u);
}

TEST_F(Lab, KeepsTheAnswerBeforeWhileTheNextIsOnItsWayButNotWhenThatFails) {
  look();
  ui.lab.sigma = 2;
  talk();
  EXPECT_NE(lab_answer(view, ui.lab), nullptr);
  apply({ui.lab.asked, Failed{"Looking at a noise level", "The network fails there."}}, view);
  talk();
  EXPECT_EQ(lab_answer(view, ui.lab), nullptr);
}

TEST_F(Lab, ForgetsThePicturesOfAnotherDataSet) {
  look();
  apply({77, pictures()}, view);
  Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<FetchPicture>(out[0].command).index, 5);
  EXPECT_EQ(lab_answer(view, ui.lab), nullptr);
  fetched(5);
  EXPECT_EQ(talk().size(), 1u);
}

TEST_F(Lab, AsksOverManyPicturesOnceNearestLevelsFirst) {
  ui.lab.sigma = 2;
  look();
  ASSERT_EQ(surveys.size(), 1u);
  const Survey& survey = surveys[0];
  EXPECT_EQ(survey.count, 100);
  EXPECT_EQ(survey.told, std::nullopt);
  ASSERT_EQ(survey.sigmas.size(), std::size_t(kSurveyLevels));
  EXPECT_NEAR(survey.sigmas[0], 2, 0.6);
  EXPECT_NEAR(std::ranges::min(survey.sigmas), kLabSigma.min, 1e-9);
  EXPECT_NEAR(std::ranges::max(survey.sigmas), kLabSigma.max, 1e-9);
  for (const double sigma : {0.1, 3.0}) {
    ui.lab.sigma = sigma;
    ++ui.lab.seed;
    talk();
    answer(sigma);
  }
  talk();
  EXPECT_EQ(surveys.size(), 1u);
}

TEST_F(Lab, AsksOverManyPicturesAgainWhenModelToldClassOrDataChange) {
  look();
  ui.lab.condition = Condition{1};
  talk();
  ASSERT_EQ(surveys.size(), 2u);
  EXPECT_EQ(surveys[1].told, Condition{1});
  ModelOpened other = model;
  other.id = ui.model = 8;
  apply({8, other}, view);
  answer(1);
  talk();
  ASSERT_EQ(surveys.size(), 3u);
  EXPECT_EQ(surveys[2].model, 8u);
  answer(1);
  DataOpened few = pictures();
  few.test = 60;
  apply({77, few}, view);
  talk();
  fetched(5);
  talk();
  answer(1);
  talk();
  ASSERT_EQ(surveys.size(), 4u);
  EXPECT_EQ(surveys[3].count, 60);
}

TEST_F(Lab, AModelInTrainingIsSurveyedWheneverItHasTrainedForTwiceAsLong) {
  view.models[0].live = true;
  const ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
  apply({kNoJob, GalleryReady{100, 5, batch}}, view);
  look();
  for (const std::int64_t step : {110, 120, 127, 128, 200}) {
    apply({kNoJob, GalleryReady{step, 5, batch}}, view);
    talk();
    answer(1);
    talk();
  }
  EXPECT_EQ(surveys.size(), 2u);
}

TEST_F(Lab, ASurveyThatIsStoppedIsNotAskedAgainUntilThatIsWished) {
  look();
  apply({ui.lab.surveyed, level(1, 0.1, 0.2)}, view);
  talk();
  EXPECT_FALSE(ui.lab.survey_stopped);
  apply({ui.lab.surveyed, Finished{1, true}}, view);
  talk();
  EXPECT_TRUE(ui.lab.survey_stopped);
  EXPECT_EQ(surveys.size(), 1u);
  HeadlessImGui gui({400, 2000});
  Commands out;
  gui.press("Compare over many pictures", [&] { noise_lab_panel(view, ui, gui.pictures, out); });
  ASSERT_EQ(out.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<Survey>(out[0].command));
}

TEST_F(Lab, ShowsCleanNoisyGuessIdealAndTheNearest) {
  asked();
  answer(1, 0.1, 77);
  talk();
  fetched(77, false);
  EXPECT_EQ(pictures_drawn(), 5u);
}

}  // namespace
}  // namespace stepwise::app
