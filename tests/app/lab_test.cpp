#include "panels/lab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "headless_imgui.h"
#include "panels/lab_words.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;
using testing::Not;

class Lab : public testing::Test {
 protected:
  Lab() {
    model.class_names = {"Trouser", "Bag"};
    model.height = model.width = 2;
    model.channels = 1;
    apply({kNoJob, model}, view);
    apply({kNoJob, pictures()}, view);
    ui.lab.index = 5;
  }
  static DataOpened pictures() {
    DataOpened data;
    data.name = "clothes";
    data.class_names = {"Trouser", "Bag"};
    data.test = 200;
    data.train = 1000;
    data.height = data.width = 2;
    data.channels = 1;
    return data;
  }

  // What is posted at this moment, surveys apart.
  Commands talk() {
    Commands out, rest;
    update_lab(view, ui, out);
    for (const Request& request : out) {
      begin_job(request.id, view);
      if (const auto* survey = std::get_if<Survey>(&request.command))
        surveys.push_back(*survey);
      else
        rest.push_back(request);
    }
    return rest;
  }
  void fetched(int index, bool test = true) {
    apply({ui.lab.fetching, PictureFetched{index, test, 1, Image(2, 2, 1)}}, view);
    apply({ui.lab.fetching, Finished{}}, view);
  }
  void answer(double sigma, double guess_error = 0.1, int nearest = -1) {
    Inspected a;
    a.sigma = sigma;
    a.noisy = a.guess = a.ideal = Image(2, 2, 1);
    a.guess_error = guess_error;
    a.ideal_error = 0.2;
    a.nearest = nearest;
    apply({ui.lab.asked, a}, view);
    apply({ui.lab.asked, Finished{}}, view);
  }
  // The picture has come, the first question is out.
  Inspect asked() {
    talk();
    fetched(5);
    const Commands out = talk();
    return out.size() == 1 ? std::get<Inspect>(out[0].command) : Inspect{};
  }

  // A picture has been asked about and answered; its survey is out.
  void look() {
    asked();
    answer(1);
    talk();
  }
  Surveyed level(double sigma, double guess, double ideal) const {
    Surveyed s;
    s.sigma = sigma;
    s.count = s.known = 100;
    s.guess_error = guess;
    s.ideal_error = ideal;
    s.standard_error = 0.001;
    return s;
  }
  void begin_sample() {
    BranchStarted start;
    start.id = 1;
    start.pictures = {0};
    start.conditions = {{0}};
    start.sigmas = {1, 0};
    apply({kNoJob, start}, view);
    ui.playhead.branch = 1;
    ui.lab.from_test_set = false;
  }
  void sample(int newest) {
    begin_sample();
    const ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
    apply({kNoJob, FrameReady{1, newest, to_bytes(batch)}}, view);
    if (newest == 1) apply({kNoJob, FrameFetched{1, 1, batch, batch}}, view);
  }
  std::size_t pictures_drawn() {
    HeadlessImGui gui({400, 2000});
    Commands out;
    gui.frame([&] {
      noise_lab_panel(view, ui, gui.pictures, out);
      lab_panel(view, ui, gui.pictures, out);
    });
    return gui.pictures.calls.size();
  }

  ModelOpened model;
  View view;
  Ui ui;
  std::vector<Survey> surveys;
};

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

TEST_F(Lab, SaysWhyAModelForOtherPicturesIsNotAsked) {
  look();
  apply({ui.lab.surveyed, level(1, 0.1, 0.2)}, view);
  EXPECT_EQ(lab_survey(view, ui.lab).size(), 1u);
  ModelOpened rgb;
  rgb.id = ui.model = 8;
  rgb.height = rgb.width = 32;
  rgb.channels = 3;
  apply({8, rgb}, view);
  EXPECT_TRUE(talk().empty());
  EXPECT_EQ(surveys.size(), 1u);
  EXPECT_TRUE(lab_survey(view, ui.lab).empty());  // Those of the model before.
  EXPECT_EQ(pictures_drawn(), 0u);
  const std::string why = lab_obstacle(view, ui, lab_subject(view, ui));
  EXPECT_THAT(why, HasSubstr("32 x 32 in colour"));
  EXPECT_THAT(why, HasSubstr("those of clothes are 2 x 2 in grey"));
}

TEST_F(Lab, SaysWhyAPictureOfAnotherModelIsNotAsked) {
  view.models[0].height = view.models[0].width = 4;
  view.data->height = view.data->width = 4;
  sample(1);
  EXPECT_TRUE(talk().empty());
  EXPECT_THAT(lab_obstacle(view, ui, lab_subject(view, ui)), HasSubstr("is 2 x 2 in grey"));
}

TEST_F(Lab, AClassIsCalledAsTheDataSetCallsItOrNotAtAll) {
  look();
  view.models[0].class_names.clear();
  EXPECT_EQ(lab_subject(view, ui).class_words, "Bag");
  view.data->class_names.clear();
  EXPECT_EQ(lab_subject(view, ui).class_words, "");
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

TEST_F(Lab, SpeaksOfTheNearestLevelOfItsOwnSurvey) {
  look();
  EXPECT_EQ(survey_nearby(view, ui.lab), nullptr);
  for (const double sigma : {1.0, 0.1, 10.0})
    apply({ui.lab.surveyed, level(sigma, 0.1, 0.2)}, view);
  EXPECT_EQ(lab_survey(view, ui.lab).size(), 3u);
  ui.lab.sigma = 4;
  EXPECT_EQ(survey_nearby(view, ui.lab)->sigma, 10);
  ui.lab.sigma = 0.2;
  EXPECT_EQ(survey_nearby(view, ui.lab)->sigma, 0.1);
  ui.lab.condition = Condition{};
  talk();
  EXPECT_EQ(survey_nearby(view, ui.lab), nullptr);
}

TEST_F(Lab, OfOnePictureItSaysOnlyWhatIsSeen) {
  Inspected a;
  a.sigma = 0.5;
  a.guess_error = 0.1;
  a.ideal_error = 0.2;
  a.nearest_weight = 0.97;
  EXPECT_THAT(lab_glance(a), HasSubstr("50 % closer"));
  EXPECT_THAT(lab_glance(a), Not(HasSubstr("generalises")));
  a.guess_error = 0.22;
  EXPECT_THAT(lab_glance(a), HasSubstr("10 % further"));
  a.guess_error = 0.2001;
  EXPECT_THAT(lab_glance(a), HasSubstr("as close as"));
  a.ideal_error = 0;
  EXPECT_THAT(lab_glance(a), HasSubstr("by heart"));
}

TEST_F(Lab, SaysThatAModelGeneralisesOnlyBeyondTwoStandardErrors) {
  const auto words = [&](double guess, double ideal) {
    return lab_verdict(level(0.5, guess, ideal), {});
  };
  EXPECT_THAT(words(0.1, 0.2), HasSubstr("50 % closer"));
  EXPECT_THAT(words(0.1, 0.2), HasSubstr("generalises"));
  EXPECT_THAT(words(0.1979, 0.2), HasSubstr("generalises"));
  EXPECT_THAT(words(0.1981, 0.2), HasSubstr("as good as"));
  EXPECT_THAT(words(0.2019, 0.2), HasSubstr("as good as"));
  EXPECT_THAT(words(0.22, 0.2), HasSubstr("10 % further"));
  EXPECT_THAT(words(0.22, 0.2), HasSubstr("100 test pictures at σ 0.5"));
  // One class told to all of them, whatever they are.
  EXPECT_THAT(lab_verdict(level(0.5, 0.1, 0.2), Condition{1}), Not(HasSubstr("generalises")));
}

TEST_F(Lab, WithHardlyAnythingLeftItSpeaksOfTheMeanOfWhatIsTold) {
  Surveyed s = level(40, 0.3, 0.3);
  EXPECT_THAT(lab_verdict(s, {}), HasSubstr("mean of the training pictures of its class"));
  EXPECT_THAT(lab_verdict(s, Condition{1}), HasSubstr("of the told class"));
  s.known = 0;
  EXPECT_THAT(lab_verdict(s, {}), HasSubstr("mean of all training pictures"));
}

TEST_F(Lab, SaysWhereTheIdealDenoiserKnowsLessThanTheModel) {
  EXPECT_EQ(lab_class_note({1}, {1}), "");
  EXPECT_EQ(lab_class_note({}, {}), "");
  EXPECT_THAT(lab_class_note({1}, {}), HasSubstr("over all training pictures"));
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
