// The window itself, on the session of a closed form. Needs a display (Xvfb will do).
#include "window/run_window.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <deque>

#include "error.h"
#include "load_closed_form.h"
#include "picture_file.h"
#include "temporary_folder.h"
#include "window/settings_file.h"

// What GLFW says of the screen that a window is on, for as many calls as there are values; the last
// of them stays.
static std::deque<float> screen_scales;

extern "C" void __real_glfwGetWindowContentScale(GLFWwindow*, float*, float*);
extern "C" void __wrap_glfwGetWindowContentScale(GLFWwindow* window, float* x, float* y) {
  if (screen_scales.empty()) return __real_glfwGetWindowContentScale(window, x, y);
  *x = *y = screen_scales.front();
  if (screen_scales.size() > 1) screen_scales.pop_front();
}

namespace stepwise::app {
namespace {

struct TemporaryFile {
  TemporaryFile()
      : path(std::filesystem::temp_directory_path() /
             ("stepwise_window_" + std::to_string(getpid()) + ".png")) {}
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::filesystem::path path;
};

WindowOptions small() {
  WindowOptions options;
  options.shaders = STEPWISE_SHADERS;
  options.model = "model";
  options.width = 1000;
  options.height = 700;
  options.remember = false;
  return options;
}

TEST(RunWindow, AScreenshotShowsTheWindowOnceItsWorkIsDone) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.screenshot = file.path;
  WindowReport report;
  EXPECT_EQ(run_window(options, make_closed_form_session, &report), 0);
  const ByteImage image = read_picture(file.path, 3);
  ASSERT_EQ(image.width, 1000);
  ASSERT_EQ(image.height, 700);
  // The canvas shows a picture of many greys, the corners are the window's own dark.
  std::vector<bool> greys(256);
  for (int y = 200; y < 400; ++y)
    for (int x = 220; x < 420; ++x)
      if (image.at(y, x, 0) == image.at(y, x, 1)) greys[image.at(y, x, 0)] = true;
  EXPECT_GT(std::count(greys.begin(), greys.end(), true), 8);
  EXPECT_LT(image.at(699, 999, 0), 60);
  EXPECT_GT(report.first_picture, 0);
}

TEST(RunWindow, TheSameWindowTwiceAsLargeAndAtTwiceTheScaleShowsTheSameThings) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.screenshot = file.path;
  options.scale = 1;
  run_window(options, make_closed_form_session);
  const ByteImage one = read_picture(file.path, 3);
  options.width *= 2;
  options.height *= 2;
  options.scale = 2;
  run_window(options, make_closed_form_session);
  const ByteImage two = read_picture(file.path, 3);
  double difference = 0;
  for (int y = 0; y < one.height; ++y)
    for (int x = 0; x < one.width; ++x) difference += std::abs(one.at(y, x) - two.at(2 * y, 2 * x));
  EXPECT_LT(difference / (one.height * one.width), 8);
}

TEST(RunWindow, DrawsAsManyFramesAsAskedForAndEnds) {
  WindowOptions options = small();
  options.frames = 5;
  WindowReport report;
  EXPECT_EQ(run_window(options, make_closed_form_session, &report), 0);
  EXPECT_EQ(report.frame_seconds.size(), 5u);
  EXPECT_GT(report.first_frame, 0);
}

TEST(RunWindow, FramesAreCountedOnlyWhereTheirNumberWasGiven) {
  WindowOptions options = small();
  options.seconds = 0.05;
  WindowReport report;
  EXPECT_EQ(run_window(options, make_closed_form_session, &report), 0);
  EXPECT_TRUE(report.frame_seconds.empty());
  EXPECT_GT(report.first_frame, 0);
}

TEST(RunWindow, SoManyFramesAndAPictureGoTogether) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.frames = 4;
  options.screenshot = file.path;
  WindowReport report;
  EXPECT_EQ(run_window(options, make_closed_form_session, &report), 0);
  EXPECT_EQ(report.frame_seconds.size(), 4u);
  EXPECT_EQ(read_picture(file.path, 3).width, 1000);
}

// Tells of a run whose learning rate is multiplied.
class WithARun : public Worker {
 public:
  explicit WithARun(double multiplier) { run_.multiplier = multiplier; }
  void handle(Request request, const Send& send) override {
    send({kNoJob, run_});
    send({request.id, Finished{}});
  }
  bool step(const Send&) override { return false; }
  void finish(const Send&) override {}
  Report describe(const std::exception& e) const override { return {kNoJob, Failed{"", e.what()}}; }

 private:
  TrainingStarted run_;
};

TEST(RunWindow, TheSliderOfTheRateShowsWhatTheRunHas) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.model.clear();  // Nothing but the run is told of, and no time that anything took.
  options.workspace = "train";
  options.screenshot = file.path;
  const auto picture = [&](double multiplier) {
    run_window(options, [=] { return std::make_unique<WithARun>(multiplier); });
    return read_picture(file.path, 3).pixels;
  };
  const auto half = picture(0.5);
  EXPECT_EQ(picture(0.5), half);
  EXPECT_NE(picture(2), half);
}

TEST(RunWindow, OnAnotherScreenItHasTheScaleOfThatOne) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.model.clear();
  options.screenshot = file.path;
  const auto picture = [&](std::deque<float> scales) {
    screen_scales = std::move(scales);
    run_window(options, [] { return std::make_unique<WithARun>(1); });
    screen_scales.clear();
    return read_picture(file.path, 3).pixels;
  };
  options.width *= 2;
  options.height *= 2;
  const auto fine = picture({2});
  EXPECT_FALSE(picture({1}) == fine);
  std::deque<float> moved(6, 1.f);  // For some frames.
  moved.push_back(2);
  EXPECT_TRUE(picture(std::move(moved)) == fine);
}

TEST(RunWindow, APictureThatCannotBeWrittenIsRefusedAtOnce) {
  WindowOptions options = small();
  options.screenshot = std::filesystem::temp_directory_path() / "no" / "such" / "x.png";
  int started = 0;
  const auto count = [&] {
    ++started;
    return make_closed_form_session();
  };
  EXPECT_THROW(run_window(options, count), Error);
  EXPECT_EQ(started, 0);
}

TEST(RunWindow, AWorkerThatCannotStartLeavesAWindowThatSaysSo) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.screenshot = file.path;
  const auto broken = []() -> std::unique_ptr<Worker> { throw Error("There is no such device."); };
  EXPECT_EQ(run_window(options, broken), 0);
}

// A folder of its own for what is remembered.
class Remembering : public testing::Test {
 protected:
  Remembering() { setenv("XDG_STATE_HOME", folder_.path().c_str(), 1); }
  ~Remembering() override { unsetenv("XDG_STATE_HOME"); }

  // What is remembered after a short session.
  static Ui after(int width, int height) {
    WindowOptions options = small();
    options.width = width;
    options.height = height;
    options.remember = true;
    options.workspace = "runs";
    options.frames = 3;
    run_window(options, make_closed_form_session);
    Ui ui;
    EXPECT_TRUE(load_settings(ui));
    return ui;
  }

  TemporaryFolder folder_;
};

TEST_F(Remembering, WhatWasChosenIsKeptInTheStateFolder) {
  const Ui ui = after(1000, 700);
  EXPECT_EQ(ui.workspace, "runs");
  EXPECT_EQ(ui.window_width, 1000);
  EXPECT_EQ(ui.window_height, 700);
}

// The first row below the top bar: a line, while all of the bar is of one color there.
int end_of_top_bar(const ByteImage& image) {
  constexpr int kFree = 820;  // Nothing is written there.
  int y = 0;
  while (y + 1 < image.height && image.at(y, kFree, 0) == image.at(0, kFree, 0)) ++y;
  return y;
}

TEST_F(Remembering, TheScaleAndTheColorsThatWereChosenAreThoseOfTheNextLaunch) {
  const TemporaryFile file;
  WindowOptions options = small();
  options.screenshot = file.path;
  options.remember = true;
  run_window(options, make_closed_form_session);
  const ByteImage usual = read_picture(file.path, 3);
  Ui ui;
  ui.scale = 1.25;
  ui.light = true;
  save_settings(ui);
  run_window(options, make_closed_form_session);
  const ByteImage chosen = read_picture(file.path, 3);
  EXPECT_LT(usual.at(0, 0, 0), 60);
  EXPECT_GT(chosen.at(0, 0, 0), 200);
  EXPECT_GT(end_of_top_bar(chosen), end_of_top_bar(usual) + 6);
}

TEST_F(Remembering, ThatOnlyTheProcessorComputesIsToldBeforeTheWorkerIsMade) {
  for (const bool chosen : {true, false}) {
    Ui ui;
    ui.processor_only = chosen;
    save_settings(ui);
    WindowOptions options = small();
    options.remember = true;
    options.frames = 1;
    bool told = false, told_before = false;
    options.processor_only = [&] { told = true; };
    run_window(options, [&] {
      told_before = told;
      return make_closed_form_session();
    });
    EXPECT_EQ(told_before, chosen);
  }
}

TEST_F(Remembering, ASizeFromALargerScreenIsCutToThisOne) {
  Ui ui;
  ui.window_width = 12000;
  ui.window_height = 12000;
  save_settings(ui);
  const Ui cut = after(0, 0);
  EXPECT_LT(cut.window_width, 12000);
  EXPECT_LT(cut.window_height, 12000);
  const Ui again = after(0, 0);  // That is a size that this screen has.
  EXPECT_EQ(again.window_width, cut.window_width);
  EXPECT_EQ(again.window_height, cut.window_height);
}

TEST_F(Remembering, ASizeThatWasGivenIsKeptWhateverTheScreen) {
  const Ui ui = after(2500, 700);
  EXPECT_EQ(ui.window_width, 2500);
  EXPECT_EQ(ui.window_height, 700);
}

TEST(RunWindow, AnUnknownWorkspaceIsRefusedWithTheNamesOfThoseThereAre) {
  WindowOptions options = small();
  options.workspace = "settings";
  try {
    run_window(options, make_closed_form_session);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("paint, train, lab or runs"), std::string::npos);
  }
}

}  // namespace
}  // namespace stepwise::app
