#include "training/clock.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

struct FakeTime {
  double now = 1000;
  TrainingClock clock{[this] { return now; }};

  void lap(double seconds) {
    now += seconds;
    clock.lap();
  }
};

TEST(TrainingClock, CountsTheLapsAndWhatHasPassedOfTheNext) {
  FakeTime time;
  EXPECT_EQ(time.clock.seconds(), 0);
  time.clock.run();
  for (int i = 0; i < 100; ++i) time.lap(0.25);
  time.now += 0.125;
  EXPECT_EQ(time.clock.seconds(), 25.125);
}

TEST(TrainingClock, StandsStillInAPause) {
  FakeTime time;
  time.clock.run();
  time.lap(0.5);
  time.now += 0.25;
  time.clock.pause();
  time.now += 3600;
  time.clock.lap();
  EXPECT_EQ(time.clock.seconds(), 0.75);
  time.clock.run();
  time.lap(0.5);
  EXPECT_EQ(time.clock.seconds(), 1.25);
}

TEST(TrainingClock, AStoppedProcessCostsASecondAtMostHoweverLongItWas) {
  FakeTime time;
  time.clock.run();
  for (int i = 0; i < 100; ++i) time.lap(0.125);
  time.lap(0.125 + 8 * 3600);
  EXPECT_EQ(time.clock.seconds(), 12.5 + 1);
  for (int i = 0; i < 100; ++i) time.lap(0.125);
  EXPECT_EQ(time.clock.seconds(), 26);
}

TEST(TrainingClock, AStopWithinTheFirstStepIsNoTrainingTimeEither) {
  FakeTime time;
  time.clock.run();
  time.lap(3600);
  EXPECT_EQ(time.clock.seconds(), 1);
}

TEST(TrainingClock, StepsThatTakeLongCountWhollyOnceItKnowsThem) {
  FakeTime time;
  time.clock.run();
  for (int i = 0; i < 4; ++i) time.lap(20);
  const double learned = time.clock.seconds();
  EXPECT_GT(learned, 20);
  for (int i = 0; i < 10; ++i) time.lap(20);
  EXPECT_EQ(time.clock.seconds(), learned + 200);
  time.lap(3600);  // And a stop as much as four of them.
  EXPECT_NEAR(time.clock.seconds(), learned + 280, 0.5);
}

TEST(TrainingClock, ARunGoesOnWhereItWas) {
  FakeTime time;
  time.clock.set_seconds(60);
  EXPECT_EQ(time.clock.seconds(), 60);
  time.clock.run();
  time.lap(0.5);
  EXPECT_EQ(time.clock.seconds(), 60.5);
}

TEST(TrainingClock, LookingIsCountedForItself) {
  FakeTime time;
  time.clock.run();
  time.lap(0.5);
  time.now += 0.25;  // Of the next step, before somebody looks.
  {
    const TrainingClock::Look look(time.clock);
    time.now += 0.75;
    EXPECT_EQ(time.clock.seconds(), 0.75);
  }
  time.lap(0.5);
  EXPECT_EQ(time.clock.seconds(), 1.25);
  EXPECT_EQ(time.clock.looked(), 0.75);
}

TEST(TrainingClock, ALookInAPauseLeavesItPaused) {
  FakeTime time;
  time.clock.run();
  time.lap(0.5);
  time.clock.pause();
  {
    const TrainingClock::Look look(time.clock);
    time.now += 0.5;
  }
  time.now += 3600;
  EXPECT_EQ(time.clock.seconds(), 0.5);
  EXPECT_EQ(time.clock.looked(), 0.5);
}

TEST(TrainingClock, AProcessThatIsStoppedWhileItLooksCostsASecondToo) {
  FakeTime time;
  time.clock.run();
  {
    const TrainingClock::Look look(time.clock);
    time.now += 3600;
  }
  EXPECT_EQ(time.clock.looked(), 1);
  EXPECT_EQ(time.clock.seconds(), 0);
}

}  // namespace
}  // namespace stepwise
