#include "settings/corrections.h"

#include <gtest/gtest.h>

#include "error_of.h"
#include "settings/json.h"

namespace stepwise {
namespace {

Corrections some() {
  Corrections corrections;
  set_correction(corrections, {.index = 7, .label = 2});
  set_correction(corrections, {.index = 3, .left_out = true});
  set_correction(corrections, {.index = 5, .label = 0, .left_out = true});
  return corrections;
}

TEST(Corrections, StandByTheirIndicesAndEachPictureOnce) {
  Corrections corrections = some();
  EXPECT_NO_THROW(check(corrections));
  set_correction(corrections, {.index = 7, .label = 1});
  ASSERT_EQ(corrections.pictures.size(), 3u);
  EXPECT_EQ(corrections.pictures[0], (Correction{.index = 3, .left_out = true}));
  EXPECT_EQ(corrections.pictures[1], (Correction{.index = 5, .label = 0, .left_out = true}));
  EXPECT_EQ(corrections.pictures[2], (Correction{.index = 7, .label = 1}));
}

TEST(Corrections, OneThatChangesNothingTakesBackWhatWasThere) {
  Corrections corrections = some();
  set_correction(corrections, {.index = 5});
  set_correction(corrections, {.index = 6});
  EXPECT_EQ(corrections.pictures.size(), 2u);
  EXPECT_EQ(correction_of(corrections, 5), Correction{.index = 5});
  EXPECT_EQ(correction_of(corrections, 7).label, 2);
}

TEST(Corrections, AreCountedInWords) {
  EXPECT_EQ(words_for(some()), "2 relabelled, 2 left out");
  EXPECT_EQ(words_for(Corrections{}), "");
}

TEST(Corrections, WhatIsOtherThanBeforeIsCountedInWords) {
  const Corrections before = some();
  Corrections now = before;
  EXPECT_EQ(words_of_change(before, now), "");
  now.identity = "another name for the same";
  set_correction(now, {.index = 7, .label = 1});
  set_correction(now, {.index = 9, .left_out = true});
  EXPECT_EQ(words_of_change(before, now), "1 relabelled, 1 left out");
  set_correction(now, {.index = 3});
  set_correction(now, {.index = 5, .label = 0});
  EXPECT_EQ(words_of_change(before, now), "1 relabelled, 1 left out, 2 taken back");
  EXPECT_EQ(words_of_change(before, {}), "3 taken back");
}

TEST(Corrections, ComeBackFromJsonAsTheyWere) {
  const Corrections corrections = some();
  EXPECT_EQ(read_object<Corrections>(text_of_json(value_of(corrections)), "file"), corrections);
}

TEST(Corrections, OutOfOrderOrOutOfRangeAreRefusedWithTheirNumber) {
  const auto refusal = [](const char* pictures) {
    return error_of([&] {
      read_object<Corrections>(std::string(R"({"pictures": )") + pictures + "}", "file");
    });
  };
  EXPECT_NE(refusal(R"([{"index": -1, "label": 2}])").find("picture -1"), std::string::npos);
  EXPECT_NE(refusal(R"([{"index": 4}, {"index": 4}])").find("behind 4"), std::string::npos);
  EXPECT_NE(refusal(R"([{"index": 4, "label": -3}])").find("class -3"), std::string::npos);
  EXPECT_NE(refusal(R"([{"index": "four"}])").find("index"), std::string::npos);
}

}  // namespace
}  // namespace stepwise
