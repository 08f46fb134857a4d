#include "window/frame_pace.h"

#include <gtest/gtest.h>

namespace stepwise::app {
namespace {

constexpr double kHour = 3600;

// That has drawn all that it wanted to, the last of it at 100 s.
FramePace at_rest() {
  FramePace pace;
  for (int i = 0; i < FramePace::kFramesPerInput; ++i) pace.end_frame(false, 100);
  return pace;
}

TEST(FramePace, ThereAreSixtyFramesASecondButAPressAndItsAnswerWaitForNone) {
  FramePace pace = at_rest();
  EXPECT_NEAR(pace.pause(false, 100.01), 1 / 60. - 0.01, 1e-6);
  EXPECT_EQ(pace.pause(false, 100.02), 0);
  EXPECT_EQ(pace.pause(true, 100.01), 0);
  pace.note_news(false, true);
  EXPECT_EQ(pace.pause(false, 100.01), 0);
  pace.begin_frame();
  EXPECT_GT(pace.pause(false, 100.01), 0);
}

TEST(FramePace, WhereNothingHappensNothingIsDrawn) {
  const FramePace pace = at_rest();
  EXPECT_FALSE(pace.is_due(100 + kHour));
  EXPECT_NEAR(pace.sleep(false, false, 101), kHour - 1, 1e-6);
  EXPECT_LT(pace.sleep(false, true, 100), 1);  // But for a cursor that blinks.
}

TEST(FramePace, APressThatCameWhileTheFrameBeforeRestedIsNotSleptOver) {
  const FramePace pace = at_rest();
  EXPECT_EQ(pace.sleep(true, false, 101), 0);
  EXPECT_GT(pace.sleep(false, false, 101), 1);
}

TEST(FramePace, NewsAreDrawnAtOnceAndCurvesThatGrowFiveTimesASecond) {
  FramePace pace = at_rest();
  pace.note_news(true, false);
  EXPECT_FALSE(pace.is_due(100.1));
  EXPECT_NEAR(pace.sleep(false, false, 100.1), 0.1, 1e-6);
  EXPECT_TRUE(pace.is_due(100.21));
  pace.note_news(false, false);
  EXPECT_TRUE(pace.is_due(100.1));
  EXPECT_EQ(pace.sleep(false, false, 100.1), 0);
}

TEST(FramePace, InputWantsAFewFramesAndAsManyWhenTheMouseHasRested) {
  FramePace pace = at_rest();
  pace.note_input(true, 0.5, 101);
  for (int i = 0; i < FramePace::kFramesPerInput; ++i) {
    EXPECT_TRUE(pace.is_due(101));
    pace.end_frame(false, 101);
  }
  pace.note_input(false, 0.5, 101.4);
  EXPECT_FALSE(pace.is_due(101.4));
  EXPECT_NEAR(pace.sleep(false, false, 101.4), 0.1, 1e-6);
  pace.note_input(false, 0.5, 101.5);
  EXPECT_TRUE(pace.is_due(101.5));
}

}  // namespace
}  // namespace stepwise::app
