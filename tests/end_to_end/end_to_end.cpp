#include "end_to_end/end_to_end.h"

#include <algorithm>
#include <cstdlib>

#include "image/file.h"
#include "image/png.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

fs::path in_environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// Where the user keeps data sets, found although the program is told to keep everything elsewhere.
fs::path data_sets() {
  if (const fs::path named = in_environment("STEPWISE_DATA"); !named.empty()) return named;
  const fs::path data = in_environment("XDG_DATA_HOME");
  return (data.is_absolute() ? data : in_environment("HOME") / ".local/share") / "stepwise/data";
}

}  // namespace

void EndToEnd::launch() {
  display_.move_to(place::kNothing);
  program_.emplace(
      std::vector<std::string>{STEPWISE_PROGRAM, "--width", std::to_string(place::kWidth),
                               "--height", std::to_string(place::kHeight)},
      environment(), said_);
  await("a window", [&] { return (window_ = display_.window(kTitle)).has_value(); });
  ASSERT_EQ(window_->width(), place::kWidth);
  ASSERT_EQ(window_->height(), place::kHeight);
  // In the workspace of the launch before, where not all show a timeline.
  await_screen("a trajectory", [](const ByteImage& now) {
    return shows(now, place::kStatusDot, kReady) &&
           (frames_in_lane(now, 0).size() > 2 || picture_in(now, place::kInSight));
  });
}

void EndToEnd::TearDown() {
  if (!HasFailure()) return;
  std::string what = "The program said: " + (fs::exists(said_) ? read_file(said_) : "nothing");
  if (window_) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const fs::path picture =
        fs::temp_directory_path() / text_of("stepwise-end-to-end-", test->name(), ".png");
    write_file(picture, png_of(screen()));
    what += "\nThe screen when it failed: " + picture.string();
  }
  ADD_FAILURE() << what;
}

std::map<std::string, std::string> EndToEnd::environment() const {
  return {{"HOME", folder_.path()},
          {"XDG_STATE_HOME", folder_ / "state"},
          {"XDG_DATA_HOME", folder_ / "data"},
          {"STEPWISE_DATA", data_sets()},
          {"WAYLAND_DISPLAY", ""}};  // The window is to open where the mouse is.
}

ByteImage EndToEnd::canvas_at(int step) {
  ByteImage pixels;
  await_screen(text_of("a picture at step ", step), [&](const ByteImage& now) {
    const auto seen = picture_in(now, place::kCanvas);
    if (!seen || playhead_in(now, frames_in_lane(now, 0)) != step) return false;
    pixels = seen->pixels;
    return true;
  });
  return pixels;
}

ByteImage EndToEnd::painted(const Stroke& stroke, int value) {
  return await_canvas(text_of("a stroke of grey ", value), [&](const ByteImage& canvas) {
    return std::ranges::all_of(covered(canvas, stroke), [&](int grey) { return grey == value; });
  });
}

void EndToEnd::click(Point at) {
  display_.drag({on_screen(at)});
  display_.move_to(on_screen(place::kNothing));
}

void EndToEnd::draw(const Stroke& stroke) {
  const auto canvas = picture_in(screen(), place::kCanvas);
  require(canvas.has_value(), "There is nothing to paint on.");
  const Point half{(stroke.from.x + stroke.to.x) / 2, (stroke.from.y + stroke.to.y) / 2};
  std::vector<Point> path;
  for (const Point& p : {stroke.from, half, stroke.to})
    path.push_back(on_screen(canvas->middle_of(p.x, p.y)));
  display_.drag(path);
  display_.move_to(on_screen(place::kNothing));
}

}  // namespace stepwise
