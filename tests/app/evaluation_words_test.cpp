#include "panels/evaluation_words.h"

#include <gtest/gtest.h>

#include <cmath>

namespace stepwise::app {
namespace {

// As the shipped model was measured.
Evaluation shipped() {
  Evaluation f;
  f.count = 2000;
  f.distance = 0.288;
  f.floor = 0.084;
  f.noise_equivalent_level = 0.0441;
  f.agreement = 0.948;
  f.real_agreement = 0.934;
  f.nearest = 0.2;
  f.real_nearest = 0.2;
  return f;
}

std::string distance_at(double level) {
  Evaluation f = shipped();
  f.noise_equivalent_level = level;
  return distance_words(f);
}

std::string agreement_of(double agreement, double real, int count) {
  Evaluation f = shipped();
  f.agreement = agreement;
  f.real_agreement = real;
  f.count = count;
  return agreement_words(f);
}

std::string nearest_at(double share) {
  Evaluation f = shipped();
  f.nearest = share * f.real_nearest;
  return nearest_words(f);
}

TEST(EvaluationWords, TheDistanceIsSpokenAsNoise) {
  EXPECT_EQ(distance_words(shipped()),
            "These pictures are as far from real ones as real ones with noise of σ 0.044 on them, "
            "which is hardly seen.");
  EXPECT_NE(distance_at(0.05).find("hardly seen"), std::string::npos);
  EXPECT_NE(distance_at(0.051).find("seen as grain"), std::string::npos);
  EXPECT_NE(distance_at(0.2).find("seen as grain"), std::string::npos);
  EXPECT_NE(distance_at(0.21).find("hides details"), std::string::npos);
}

TEST(EvaluationWords, LevelsThatAreNotToldApartAreBounds) {
  EXPECT_EQ(distance_at(0.01),
            "These pictures are nearer to real ones than real ones with noise of σ 0.01 on them, "
            "which nobody sees.");
  EXPECT_EQ(distance_at(0.5),
            "These pictures are further from real ones than real ones with noise of σ 0.5 on "
            "them: little in them is right.");
  EXPECT_NE(distance_at(0.499).find("as far from real ones as"), std::string::npos);
}

TEST(EvaluationWords, AtTheFloorThereIsNoDifferenceToSpeakOf) {
  Evaluation f = shipped();
  f.distance = f.floor;
  EXPECT_EQ(distance_words(f),
            "These pictures are as near to real ones as other real ones are: of 2000 no difference "
            "can be measured.");
  f.distance = std::nextafter(f.floor, 1.);
  EXPECT_NE(distance_words(f).find("σ 0.044"), std::string::npos);
}

// Of 2500 at 0.5 the standard error is 0.01.
TEST(EvaluationWords, AnAgreementWithinTwoStandardErrorsIsThatOfRealPictures) {
  const std::string alike =
      "50 % show what was asked for, by the classifier, as many as of real "
      "pictures: good.";
  EXPECT_EQ(agreement_of(0.5, 0.5, 2500), alike);
  EXPECT_NE(agreement_of(0.5199, 0.5, 2500).find("as many as"), std::string::npos);
  EXPECT_EQ(agreement_of(0.521, 0.5, 2500),
            "52.1 % show what was asked for, more than of real pictures (50 %): they are clearer "
            "than life, and less varied.");
  EXPECT_EQ(agreement_of(0.479, 0.5, 2500),
            "47.9 % show what was asked for, fewer than of real pictures (50 %): some miss their "
            "class.");
}

TEST(EvaluationWords, WhereNoClassWasAskedForNothingIsSaidOfIt) {
  EXPECT_EQ(agreement_of(NAN, 0.934, 2000), "");
}

TEST(EvaluationWords, PicturesNearerToTrainingThanRealOnesAreCopiesOrKeepClose) {
  EXPECT_NE(nearest_at(0.49).find("many are copies"), std::string::npos);
  EXPECT_NE(nearest_at(0.51).find("keep close"), std::string::npos);
  EXPECT_NE(nearest_at(0.89).find("keep close"), std::string::npos);
  EXPECT_NE(nearest_at(0.91).find("no copies"), std::string::npos);
  EXPECT_NE(nearest_at(1.09).find("no copies"), std::string::npos);
  EXPECT_NE(nearest_at(1.11).find("further off"), std::string::npos);
  EXPECT_EQ(nearest_at(1),
            "Their nearest training pictures are 100 % as far away as those of new real pictures: "
            "good, they are no copies.");
}

TEST(EvaluationWords, WithoutADistanceOfRealPicturesNothingIsSaidOfCopies) {
  Evaluation f = shipped();
  f.real_nearest = 0;
  EXPECT_EQ(nearest_words(f), "");
}

TEST(EvaluationWords, WhatARunWasMeasuredAsIsALineOfFigures) {
  MeasuredPoint point{1300, 60, 200, 0.5f, 0.125f, 0.25f, 0.75f, 0.75f, 0.21f, 0.22f};
  EXPECT_EQ(measured_words(point),
            "FD 0.5 (0.25 to 0.75) at step 1,300, floor 0.125, 75 % of the classes agree, nearest "
            "0.21 (real 0.22)");
  point.low = point.high = point.agreement = NAN;
  EXPECT_EQ(measured_words(point), "FD 0.5 at step 1,300, floor 0.125, nearest 0.21 (real 0.22)");
}

}  // namespace
}  // namespace stepwise::app
