#include "window/input_backlog.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace stepwise::app {
namespace {

using Kind = InputEvent::Kind;

InputEvent move(double x, double y) { return {Kind::kMove, 0, 0, 0, 0, x, y}; }
InputEvent wheel(double turns) { return {Kind::kScroll, 0, 0, 0, 0, 0, turns}; }
InputEvent key(int which, int action) { return {Kind::kKey, which, 0, action, 0}; }
InputEvent button(int which, int action) { return {Kind::kButton, which, action, 0}; }
InputEvent letter(char c) { return {Kind::kText, c}; }

constexpr int kDown = GLFW_PRESS, kUp = GLFW_RELEASE;
constexpr int kCtrl = GLFW_KEY_LEFT_CONTROL, kZ = GLFW_KEY_Z;

using Frame = std::vector<InputEvent>;

// All frames it takes to show what waits, each lasting so long.
std::vector<Frame> frames_of(InputBacklog& backlog, double now, double each = 1 / 60.) {
  std::vector<Frame> frames;
  for (; !backlog.empty(); now += each) frames.push_back(backlog.take(now));
  return frames;
}

// What each key, and each button as -1 - its number, is at last.
std::map<int, bool> down_after(const std::vector<Frame>& frames) {
  std::map<int, bool> down;
  for (const Frame& frame : frames)
    for (const InputEvent& e : frame) {
      if (e.kind == Kind::kKey) down[e.a] = e.c == kDown;
      if (e.kind == Kind::kButton) down[-1 - e.a] = e.b == kDown;
    }
  return down;
}

TEST(InputBacklog, AChordWithinOneFrameIsSeenWithItsModifierDown) {
  for (const bool ctrl_first : {true, false}) {  // Let go.
    InputBacklog backlog;
    backlog.add(key(kCtrl, kDown), 0);
    backlog.add(key(kZ, kDown), 0.003);
    backlog.add(key(ctrl_first ? kCtrl : kZ, kUp), 0.009);
    backlog.add(key(ctrl_first ? kZ : kCtrl, kUp), 0.012);
    const auto frames = frames_of(backlog, 0.05);
    ASSERT_EQ(frames.size(), 2u);
    EXPECT_EQ(frames[0], (Frame{key(kCtrl, kDown), key(kZ, kDown)}));
  }
}

TEST(InputBacklog, AModifierNeverChangesInTheFrameOfWhatItWouldChange) {
  for (const InputEvent& acts : {key(kZ, kDown), button(0, kDown), wheel(1)}) {
    InputBacklog held;
    held.add(key(kCtrl, kDown), 0);
    held.take(0);
    held.add(acts, 0.1);
    held.add(key(kCtrl, kUp), 0.1);
    EXPECT_EQ(held.take(0.1), (Frame{acts}));
    EXPECT_EQ(held.take(0.2), (Frame{key(kCtrl, kUp)}));

    InputBacklog late;
    late.add(acts, 0);
    late.add(key(kCtrl, kDown), 0);
    EXPECT_EQ(late.take(0), (Frame{acts}));
  }
}

TEST(InputBacklog, AKeyTappedBetweenTwoFramesIsDownForOne) {
  InputBacklog backlog;
  for (const int action : {kDown, kUp, kDown, kUp}) backlog.add(key(kZ, action), 0);
  const auto frames = frames_of(backlog, 0);
  ASSERT_EQ(frames.size(), 4u);
  for (const Frame& frame : frames) EXPECT_EQ(frame.size(), 1u);
}

TEST(InputBacklog, AClickActsWhereTheMouseWasAndADragEndsWhereItCame) {
  InputBacklog backlog;
  for (const InputEvent& e : {move(1, 1), button(0, kDown), move(5, 5), button(0, kUp), move(9, 9)})
    backlog.add(e, 0);
  const auto frames = frames_of(backlog, 0);
  ASSERT_EQ(frames.size(), 4u);
  EXPECT_EQ(frames[0], (Frame{move(1, 1), button(0, kDown)}));
  EXPECT_EQ(frames[1], (Frame{move(5, 5)}));
  EXPECT_EQ(frames[2], (Frame{button(0, kUp)}));
  EXPECT_EQ(frames[3], (Frame{move(9, 9)}));
}

// Alternating clicks at two places, of which each takes a frame for the press and one for the
// release.
void click_about(InputBacklog& backlog, int clicks) {
  for (int i = 0; i < clicks; ++i) {
    backlog.add(move(i % 2 * 100, 0), 0);
    backlog.add(button(0, kDown), 0);
    backlog.add(button(0, kUp), 0);
  }
}

TEST(InputBacklog, OldPressesAreDroppedTogetherWithTheirReleases) {
  InputBacklog backlog;
  click_about(backlog, 100);
  const auto frames = frames_of(backlog, 0, 0.05);
  EXPECT_LE(frames.size(), 12u);
  int downs = 0, ups = 0;
  for (const Frame& frame : frames)
    for (const InputEvent& e : frame)
      if (e.kind == Kind::kButton) ++(e.b == kDown ? downs : ups);
  EXPECT_GT(downs, 0);
  EXPECT_EQ(downs, ups);
  EXPECT_EQ(frames.back().back(), move(100, 0));  // The mouse is where it came to.
}

TEST(InputBacklog, TwoClicksInARowBothCountHoweverSlowFramesAre) {
  InputBacklog backlog;
  click_about(backlog, 2);
  int downs = 0;
  for (const Frame& frame : frames_of(backlog, 0, 2))
    for (const InputEvent& e : frame) downs += e.kind == Kind::kButton && e.b == kDown;
  EXPECT_EQ(downs, 2);
}

TEST(InputBacklog, TheSameKeyTappedAgainAndAgainIsHeardLonger) {
  InputBacklog backlog;
  for (int i = 0; i < 5; ++i)
    for (const int action : {kDown, kUp}) backlog.add(key(GLFW_KEY_RIGHT, action), 0);
  EXPECT_EQ(frames_of(backlog, 0, 0.07).size(), 10u);
}

TEST(InputBacklog, WhatWasPressedIsLetGoHoweverLate) {
  InputBacklog backlog;
  backlog.add(button(0, kDown), 0);
  backlog.take(0);
  for (int i = 0; i < 50; ++i) {
    backlog.add(move(i, 0), 0);
    backlog.add(wheel(1), 0);
  }
  backlog.add(button(0, kUp), 0);
  const auto frames = frames_of(backlog, 9);
  EXPECT_EQ(down_after(frames).at(-1), false);
}

TEST(InputBacklog, TheReleaseOfADroppedPressIsDroppedWhenItComesToo) {
  InputBacklog backlog;
  click_about(backlog, 20);
  backlog.add(key(kZ, kDown), 0);
  for (int i = 0; i < 10; ++i) backlog.take(0.1 * i);
  while (!backlog.empty()) backlog.take(1);
  backlog.add(key(kZ, kUp), 1);
  EXPECT_TRUE(backlog.empty());
  backlog.add(key(kZ, kDown), 2);  // The next press is a press again.
  backlog.add(key(kZ, kUp), 2);
  EXPECT_EQ(frames_of(backlog, 2).size(), 2u);
}

TEST(InputBacklog, OldMovesAndTurnsOfTheWheelBecomeOneOfEach) {
  InputBacklog backlog;
  for (int i = 1; i <= 50; ++i) {
    backlog.add(move(i, 0), 0);
    backlog.add(wheel(0.5), 0);
  }
  EXPECT_EQ(backlog.take(1), (Frame{move(50, 0), wheel(25)}));
  EXPECT_TRUE(backlog.empty());
}

TEST(InputBacklog, TheWayOfAStrokeIsWholeHoweverOldItIs) {
  InputBacklog backlog;
  Frame way;
  for (int i = 0; i < 50; ++i) {
    way.push_back(move(i, i * i));
    backlog.add(way.back(), 0);
  }
  EXPECT_EQ(backlog.take(1), way);
}

TEST(InputBacklog, TurnsWithCtrlAndWithoutAreNotAddedUp) {
  InputBacklog backlog;
  backlog.add(wheel(1), 0);
  backlog.add(key(kCtrl, kDown), 0);
  backlog.add(wheel(2), 0);
  backlog.add(wheel(3), 0);
  backlog.add(key(kCtrl, kUp), 0);
  EXPECT_EQ(frames_of(backlog, 1),
            (std::vector<Frame>{{wheel(1)}, {key(kCtrl, kDown), wheel(5)}, {key(kCtrl, kUp)}}));
}

TEST(InputBacklog, TextIsNeverDropped) {
  InputBacklog backlog;
  std::string typed;
  for (int i = 0; i < 40; ++i) {
    const char c = char('a' + i % 26);
    backlog.add(key(c - 'a' + GLFW_KEY_A, kDown), 0);
    backlog.add(letter(c), 0);
    backlog.add(key(c - 'a' + GLFW_KEY_A, kUp), 0);
    backlog.add(wheel(1), 0);
    typed += c;
  }
  std::string shown;
  for (const Frame& frame : frames_of(backlog, 0, 0.1))
    for (const InputEvent& e : frame)
      if (e.kind == Kind::kText) shown += char(e.a);
  EXPECT_EQ(shown, typed);
}

// A person or a cat at mouse and keyboard: what was pressed is let go a little later.
class Monkey {
 public:
  void act(InputBacklog& backlog, double now) {
    std::erase_if(down_, [&](const auto& each) {
      if (each.second > now) return false;
      backlog.add(each.first < 0 ? button(-1 - each.first, kUp) : key(each.first, kUp), now);
      return true;
    });
    const int which = pick(6);
    if (which == 0) backlog.add(move(pick(1000), pick(1000)), now);
    if (which == 1) backlog.add(wheel(pick(3) - 1), now);
    if (which == 2) backlog.add(letter(char('a' + pick(26))), now);
    if (which == 3) press(backlog, -1 - pick(3), now);
    if (which == 4) press(backlog, GLFW_KEY_A + pick(26), now);
    if (which == 5) press(backlog, kCtrl - pick(2), now);
  }

 private:
  int pick(int count) { return int(random_() % unsigned(count)); }
  void press(InputBacklog& backlog, int which, double now) {
    if (!down_.emplace(which, now + 0.02 * pick(10)).second) return;
    backlog.add(which < 0 ? button(-1 - which, kDown) : key(which, kDown), now);
  }
  std::mt19937 random_{7};
  std::map<int, double> down_;  // Until when.
};

TEST(InputBacklog, AMinuteOfRandomInputIsWorkedOffWithinASecondOfItsEnd) {
  constexpr double kEvery = 1 / 60., kFrame = 0.07, kMinute = 60;
  InputBacklog backlog;
  Monkey monkey;
  std::vector<Frame> frames;
  double drawn = 0;
  for (double now = 0; now < kMinute; now += kEvery) {
    monkey.act(backlog, now);
    if (now - drawn < kFrame) continue;
    frames.push_back(backlog.take(now));
    drawn = now;
  }
  const auto rest = frames_of(backlog, kMinute, kFrame);
  EXPECT_LT(double(rest.size()) * kFrame, 1);
  frames.insert(frames.end(), rest.begin(), rest.end());
  std::map<int, bool> down;
  for (const Frame& frame : frames)
    for (const InputEvent& e : frame) {
      if (e.kind != Kind::kKey && e.kind != Kind::kButton) continue;
      const int which = e.kind == Kind::kKey ? e.a : -1 - e.a;
      const bool now_down = (e.kind == Kind::kKey ? e.c : e.b) == kDown;
      EXPECT_NE(down[which], now_down) << "Presses and releases take turns.";
      down[which] = now_down;
    }
}

TEST(InputBacklog, APressIsWaitedForAndAMoveOrALettingGoIsNot) {
  InputBacklog backlog;
  EXPECT_FALSE(backlog.holds_press());
  for (const InputEvent& e : {move(3, 4), button(0, kUp), wheel(1), key(kCtrl, kDown)}) {
    backlog.add(e, 0);
    EXPECT_FALSE(backlog.holds_press());
  }
  backlog.add(button(0, kDown), 0);
  EXPECT_TRUE(backlog.holds_press());
  while (!backlog.empty()) backlog.take(0);
  EXPECT_FALSE(backlog.holds_press());
  backlog.add(key(kZ, kDown), 1);
  EXPECT_TRUE(backlog.holds_press());
}

}  // namespace
}  // namespace stepwise::app
