// The real program closed, or killed at any moment, and started again: it opens as it was left.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "end_to_end/end_to_end.h"
#include "formats/safetensors.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kGone{30};  // Until it is gone.
constexpr std::chrono::milliseconds kLost{
    32000};  // What may be missing: 30 s and some for the disk.

class EndToEndSession : public EndToEnd {
 protected:
  void end(int code) {
    ASSERT_EQ(program_->wait(kGone), code);
    program_.reset();
  }
  // Paints on the canvas and lets the model carry on; there is one more lane then.
  void fork(const Stroke& stroke, int lanes) {
    draw(stroke);
    painted(stroke, 255);
    display_.press("r");
    await_screen(text_of(lanes, " lanes"), [&](const ByteImage& now) {
      return shows(now, place::kStatusDot, kReady) && saved_lanes(now) >= std::min(lanes, 2);
    });
  }
  // As many as there is room for.
  static int saved_lanes(const ByteImage& now) {
    int lanes = 0;
    while (lanes < 2 && frames_in_lane(now, lanes).size() > 2) ++lanes;
    return lanes;
  }
  // Each says what was asked for: a Sample or a Resample.
  std::size_t branches_in_file() const {
    if (!fs::exists(file_)) return 0;
    const SafetensorsFile file(file_);
    const TensorSlice& slice = file.tensors().at("session");
    std::string text(slice.size, '\0');
    file.read(slice, text.data());
    std::size_t count = 0;
    for (const std::string asked : {"\"Sample\": {", "\"Resample\": {"})
      for (auto at = text.find(asked); at != text.npos; at = text.find(asked, at + 1)) ++count;
    return count;
  }

  const fs::path file_ = folder_ / "state/stepwise/session.stepwise";
};

TEST_F(EndToEndSession, IsAsItWasLeftWhenItWasClosed) {
  display_.press("Home");
  for (int i = 0; i < 8; ++i) display_.press("Right");
  canvas_at(8);
  fork({{6, 6}, {20, 20}}, 2);
  display_.press("Home");
  for (int i = 0; i < 9; ++i) display_.press("Right");
  const ByteImage before = canvas_at(9);
  display_.press("q", "Control_L");
  end(0);
  EXPECT_EQ(branches_in_file(), 2u);
  launch();
  const ByteImage after = await_canvas("the same picture as before",
                                       [&](const ByteImage& now) { return now == before; });
  EXPECT_EQ(after, before);
  EXPECT_EQ(saved_lanes(screen()), 2);
}

// So many times as STEPWISE_KILLS says, else a few; then it may also be killed long after the last
// edit.
TEST_F(EndToEndSession, LosesNoMoreThanHalfAMinuteWhenItIsKilled) {
  const char* wanted = std::getenv("STEPWISE_KILLS");
  const int rounds = wanted ? std::atoi(wanted) : 2;
  const int longest = wanted ? 40000 : 4000;  // Milliseconds.
  std::mt19937 random(7);
  std::size_t kept = 1;  // Branches that may not be missing.
  for (int round = 0; round < rounds; ++round) {
    display_.press("Home");
    for (int i = 0; i < 10; ++i) display_.press("Right");
    await_canvas("a picture", [](const ByteImage&) { return true; });
    std::vector<Clock::time_point> forked;
    const int x = int(random() % 16) + 4, y = int(random() % 16) + 4;
    fork({{x, y}, {x + 4, y + 3}}, 2);
    forked.push_back(Clock::now());
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % unsigned(longest)));
    draw({{y, x}, {y + 3, x + 4}});  // Killed in the middle of something.
    program_->send(SIGKILL);
    const auto killed = Clock::now();
    end(128 + SIGKILL);
    const std::size_t there = branches_in_file();
    const auto old = std::ranges::count_if(
        forked, [&](Clock::time_point when) { return killed - when > kLost; });
    EXPECT_GE(there, (round == 0 && there == 0 ? 0 : kept) + std::size_t(old)) << "round " << round;
    launch();  // By itself, and ready: all that is in the file has come back with the same pixels.
    kept = std::max(kept, there);
  }
}

}  // namespace
}  // namespace stepwise
