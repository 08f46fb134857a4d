// What the lab says.
#include "panels/lab_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lab_fixture.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;
using testing::Not;

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

}  // namespace
}  // namespace stepwise::app
