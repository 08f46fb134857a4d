// The real program from its first launch to its end, worked with the mouse and the keyboard alone
// and judged by what its window shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "commands/bars.h"
#include "end_to_end/end_to_end.h"
#include "picture_file.h"
#include "training/run_summary.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kQuitting{30};  // Until a run is saved and the program is gone.
constexpr double kSmooth = 0.6;                // Pictures are smoother than this,
constexpr double kRough = 0.2;                 //   noise is rougher.
constexpr int kManyGreys = 40;
constexpr int kClearlyBrighter = 40;
constexpr int kMoreProgress = 8;  // Pixels of the bar: some three seconds of a quick run.

template <class Number>
double mean(const std::vector<Number>& values) {
  return std::accumulate(values.begin(), values.end(), 0.) / double(values.size());
}

// Whether a curve goes from one side of its plot to the other.
bool spans(const std::vector<double>& curve) {
  const auto seen = std::count_if(curve.begin(), curve.end(), [](double y) { return y >= 0; });
  return double(seen) > 0.8 * double(curve.size());
}

// How much lower its last tenth lies than its first, in pixels.
double fall(std::vector<double> curve) {
  std::erase_if(curve, [](double y) { return y < 0; });
  const auto tenth = std::ptrdiff_t(curve.size() / 10);
  if (tenth == 0) return 0;
  return mean(std::vector(curve.end() - tenth, curve.end())) -
         mean(std::vector(curve.begin(), curve.begin() + tenth));
}

std::vector<double> loss_in(const ByteImage& screen) {
  return curve_in(screen, place::kLoss, kCurve);
}

// How far the bar of a training run has come, in pixels.
int progress_in(const ByteImage& screen) {
  const auto bar = box_of(screen, place::kProgress, kProgress);
  return bar ? bar->width() : 0;
}

fs::path only_folder_in(const fs::path& folder) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  require(found.size() == 1, "'", folder.string(), "' holds ", found.size(), " folders.");
  return found.front();
}

class EndToEndTraining : public EndToEnd {
 protected:
  // Clicks its way to Train; the run begins a moment later.
  void start() {
    click(place::kTrain);
    std::optional<Area> button;
    await_screen("a button to start training", [&](const ByteImage& now) {
      button = box_of(now, place::kRight, kPrimary);
      return button && button->width() > 0.8 * place::kRight.width();
    });
    EXPECT_FALSE(spans(loss_in(screen())));
    click(button->middle());
  }

  ByteImage await_curve() {
    return await_screen("a loss curve", [](const ByteImage& now) { return spans(loss_in(now)); });
  }

  void quit() {
    display_.press("q", "Control_L");
    ASSERT_EQ(program_->wait(kQuitting), 0);
  }

  // Where there is one run; the buttons above the list are about it then.
  void choose_run() {
    click(place::kRuns);
    await_screen("a run in the list", [](const ByteImage& now) {
      return picture_in(now, place::kInSight) && writing_in(now, place::kFirstRun);
    });
    click(place::kFirstRun.middle());
  }
};

TEST_F(EndToEnd, TheFirstLaunchDenoisesAPictureWithoutAClick) {
  const ByteImage first = screen();
  const auto canvas = picture_in(first, place::kCanvas);
  ASSERT_TRUE(canvas);
  EXPECT_GT(different_greys(canvas->pixels), kManyGreys);
  EXPECT_GT(smoothness(canvas->pixels), kSmooth);
  const std::vector<Area> frames = frames_in_lane(first, 0);
  EXPECT_EQ(playhead_in(first, frames), 11);  // σ 0.63: the first at which a stroke holds.
  EXPECT_TRUE(picture_in(first, place::kOutcome));
}

TEST_F(EndToEnd, AnIdleWindowIsDrawnAnewWhenItIsUncoveredOrResized) {
  const ByteImage before = screen();
  display_.cover({window_->left + 300, window_->top, window_->right, window_->bottom});
  await_screen("the window as it was", [&](const ByteImage& now) { return now == before; });
  display_.resize(kTitle, 1000, 700);
  window_ = display_.window(kTitle);
  const Point dot{place::kStatusDot.x, place::kStatusDot.y - 100};
  await_screen("the whole of a smaller window",
               [&](const ByteImage& now) { return now.height == 700 && shows(now, dot, kReady); });
}

TEST_F(EndToEnd, ScrubbingGoesFromNoiseToAPicture) {
  const std::vector<Area> frames = frames_in_lane(screen(), 0);
  const int last = int(frames.size()) - 1, between = last * 2 / 3;
  display_.press("1");  // The noisy picture itself, not the guess of the clean one.
  display_.press("Home");
  const ByteImage noise = canvas_at(0);
  EXPECT_LT(std::abs(smoothness(noise)), kRough);
  display_.press("End");
  const ByteImage picture = canvas_at(last);
  EXPECT_GT(smoothness(picture), kSmooth);

  click(frames[std::size_t(between)].middle());
  const ByteImage half_way = canvas_at(between);
  EXPECT_GT(smoothness(half_way), smoothness(noise) + 0.1);
  EXPECT_LT(smoothness(half_way), smoothness(picture) - 0.1);
  display_.press("Right");
  EXPECT_NE(canvas_at(between + 1), half_way);
  display_.press("Left");
  EXPECT_EQ(canvas_at(between), half_way);

  std::vector<Point> path;
  for (const int step : {between, 1, 0})
    path.push_back(on_screen({frames[std::size_t(step)].middle().x, place::kHandleRow}));
  display_.drag(path);
  EXPECT_EQ(canvas_at(0), noise);
}

TEST_F(EndToEnd, AStrokeTakesTheValueOfTheBrushAndLeavesTheRestAsItWas) {
  const auto before = picture_in(screen(), place::kCanvas);
  ASSERT_TRUE(before);
  for (int size = 3; size < 7; ++size) display_.press("bracketright");
  const Stroke white{{8, 20}, {19, 20}, 7};
  draw(white);
  const ByteImage once = painted(white, 255);
  EXPECT_EQ(spared(once, white), spared(before->pixels, white));

  click(place::kBlack);
  const Stroke black{{9, 8}, {17, 12}, 7};
  draw(black);
  const ByteImage twice = painted(black, 0);
  EXPECT_EQ(spared(twice, black), spared(once, black));
}

TEST_F(EndToEnd, ResamplingForksALaneThatFollowsTheStroke) {
  const std::vector<Area> frames = frames_in_lane(screen(), 0);
  const int last = int(frames.size()) - 1, step = last * 2 / 3;
  display_.press("End");
  const ByteImage parent = canvas_at(last);
  click(frames[std::size_t(step)].middle());
  canvas_at(step);
  const Stroke stroke{{4, 12}, {4, 24}};
  draw(stroke);
  painted(stroke, 255);
  EXPECT_TRUE(frames_in_lane(screen(), 1).empty());

  const auto button = box_of(screen(), place::kTools, kPrimary);
  ASSERT_TRUE(button) << "There is no button to resample with.";
  click(button->middle());
  const ByteImage forked = await_screen("a second lane", [&](const ByteImage& now) {
    return int(frames_in_lane(now, 1).size()) == last + 1 - step;
  });
  EXPECT_EQ(frames_in_lane(forked, 0), frames);
  EXPECT_EQ(frames_in_lane(forked, 1).front().middle().x, frames[std::size_t(step)].middle().x);
  const ByteImage child = canvas_at(last);
  EXPECT_NE(child, parent);
  EXPECT_GT(smoothness(child), kSmooth);
  EXPECT_GT(different_greys(child), kManyGreys);
  EXPECT_GT(mean(covered(child, stroke)), mean(covered(parent, stroke)) + kClearlyBrighter);

  display_.press("Up");  // Nothing was overwritten.
  await_canvas("the parent's end", [&](const ByteImage& now) { return now == parent; });
}

TEST_F(EndToEnd, UndoTakesTheStrokeBackAlsoAfterResampling) {
  const std::vector<Area> frames = frames_in_lane(screen(), 0);
  const int last = int(frames.size()) - 1, step = playhead_in(screen(), frames).value();
  const ByteImage before = canvas_at(step);
  const Stroke stroke{{8, 20}, {19, 20}};
  draw(stroke);
  const ByteImage after = painted(stroke, 255);
  display_.press("z", "Control_L");
  await_canvas("the picture before", [&](const ByteImage& now) { return now == before; });
  display_.press("y", "Control_L");
  await_canvas("the stroke again", [&](const ByteImage& now) { return now == after; });

  display_.press("r");
  await_screen("a second lane", [&](const ByteImage& now) {
    return int(frames_in_lane(now, 1).size()) == last + 1 - step;
  });
  canvas_at(last);
  display_.press("z", "Control_L");
  EXPECT_EQ(canvas_at(step), after);
  display_.press("z", "Control_L");
  await_canvas("the picture before it all", [&](const ByteImage& now) { return now == before; });
}

TEST_F(EndToEnd, AMouseAtRestIsToldWhatAButtonDoesBesideTheOnesBelow) {
  const ByteImage before = screen();
  display_.move_to(on_screen(place::kRun));
  const ByteImage after = await_screen("an explanation beside the panel", [](const ByteImage& now) {
    const auto box = box_of(now, place::kBesideRight, kPopup);
    return box && box->width() > place::kBesideRight.width() / 2;
  });
  EXPECT_EQ(cut(after, place::kBelowRun), cut(before, place::kBelowRun));
}

TEST_F(EndToEndTraining, DrawsItsLossAsItFalls) {
  const ByteImage before = screen();
  start();
  const ByteImage early = await_curve();
  EXPECT_EQ(cut(early, place::kModelName), cut(before, place::kModelName));  // The brush keeps it.
  const ByteImage late = await_screen("a loss that has fallen", [&](const ByteImage& now) {
    return progress_in(now) >= progress_in(early) + kMoreProgress &&
           fall(loss_in(now)) > 0.3 * place::kLoss.height() &&
           cut(now, place::kLossText) != cut(early, place::kLossText);
  });
  EXPECT_TRUE(spans(loss_in(late)));
  EXPECT_NE(cut(late, place::kLossSteps), cut(early, place::kLossSteps));
}

TEST_F(EndToEndTraining, EndsWithACheckpointToDrawFromWhenTheProgramIsQuit) {
  start();
  await_curve();
  const fs::path run = only_folder_in(runs_);
  const auto begun = fs::last_write_time(run / "stepwise.json");
  quit();
  EXPECT_GT(fs::last_write_time(run / "stepwise.json"), begun);
  EXPECT_TRUE(fs::exists(run / "unet/diffusion_pytorch_model.safetensors"));

  const fs::path picture = folder_ / "picture.png";
  Child sample({STEPWISE_PROGRAM, "sample", "--model", run, "--count", "4", "--out", picture},
               environment(), said_);
  ASSERT_EQ(sample.wait(kPatience), 0);
  EXPECT_GT(different_greys(read_picture(picture, 1)), kManyGreys);
}

TEST_F(EndToEndTraining, GoesOnWithARunOfAnEarlierLaunch) {
  start();
  await_curve();
  quit();
  const fs::path run = only_folder_in(runs_);
  const std::int64_t before = summary_of(run).step;
  ASSERT_GT(before, 0);

  launch();
  choose_run();
  click(place::kTrainOn);
  click(place::kTrain);
  const ByteImage saved = await_curve();
  await_screen("a step more",
               [&](const ByteImage& now) { return progress_in(now) > progress_in(saved); });
  quit();
  EXPECT_EQ(only_folder_in(runs_), run);
  EXPECT_GT(summary_of(run).step, before);
}

// A run of the command line, over and on disk before the window opens; of a data set that is not
// the window's own.
class EndToEndRun : public EndToEndTraining {
 protected:
  void SetUp() override {
    write_bars(folder_ / "bars", kSide);
    Child train({STEPWISE_PROGRAM, "train", "--data", folder_ / "bars", "--recipe", "quick",
                 "--steps", "2", "--out", run_},
                environment(), said_);
    ASSERT_EQ(train.wait(kPatience), 0);
    launch();
  }

  const fs::path run_ = runs_ / "bars";
};

TEST_F(EndToEndRun, IsOpenedAndExtendedOnItsOwnDataSet) {
  const ByteImage first = screen();
  choose_run();
  click(place::kOpenRun);
  await_screen("the run's name for that of the model", [&](const ByteImage& now) {
    return cut(now, place::kModelName) != cut(first, place::kModelName);
  });
  click(place::kTrainOn);
  await("twice as many steps", [&] { return summary_of(run_).step == 4; });
  quit();
  EXPECT_EQ(summary_of(run_).data, "bars");
}

}  // namespace
}  // namespace stepwise
