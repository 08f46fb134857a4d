// How long a person waits for the window: real mouse and keys, and the pixels of the screen, of the
// program itself.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "bench/table.h"
#include "child.h"
#include "end_to_end/screen.h"
#include "end_to_end/x_display.h"
#include "error.h"
#include "image/file.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTimes = 20;                                     // That each is measured,
constexpr int kForks = 8;                                      //   but for branches, which stay.
constexpr double kPatience = 30, kAtRest = 0.3, kTrained = 8;  // Seconds.
constexpr int kFrames = 300;

struct Size {
  int width, height;
  double scale;  // As the program draws it there, and what lies where, in points:
  int settings;  // the width of the column at the right,
  int pictures;  // of that beside the canvas,
  int outcome;   // and where the picture ends that is uppermost there.
};
constexpr Size kUsual{1280, 800, 1, 320, 194, 249}, kLarge{1920, 1080, 1, 348, 320, 381},
    kLargest{2560, 1440, 1.2, 348, 320, 381};

std::string name_of(const Size& size) { return text_of(size.width, " x ", size.height); }

void rest(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

// Where the data sets of this machine are: all else is kept in a folder of the measurement.
std::filesystem::path data_sets() {
  if (const char* named = std::getenv("STEPWISE_DATA")) return named;
  if (const char* data = std::getenv("XDG_DATA_HOME"))
    return std::filesystem::path(data) / "stepwise/data";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : "/") / ".local/share/stepwise/data";
}

// The program with its first pictures, and a hand on its mouse and keys.
class Hand {
 public:
  explicit Hand(const Size& size) : size_(size) {
    display_.move_to({5, size.height / 2});
    program_.emplace(
        std::vector<std::string>{STEPWISE_PROGRAM, "--width", std::to_string(size.width),
                                 "--height", std::to_string(size.height)},
        std::map<std::string, std::string>{{"HOME", folder_.path()},
                                           {"XDG_STATE_HOME", folder_ / "state"},
                                           {"XDG_DATA_HOME", folder_ / "data"},
                                           {"STEPWISE_DATA", data_sets()},
                                           {"WAYLAND_DISPLAY", ""}},
        folder_ / "said.txt");
    await("a window", [&] { return (window_ = display_.window("Stepwise")).has_value(); });
    do {  // Between the model and its first pictures it is ready for a moment.
      await("a picture", [&] { return is_ready() && canvas(); });
      rest(kAtRest);
    } while (!is_ready());
  }

  // A model is in training from now on.
  void train() {
    display_.press("F2");
    rest(kAtRest);
    click(place::kRun);
    rest(kTrained);
    display_.press("F1");
    rest(kAtRest);
  }

  // From a press on a frame of the timeline to another picture on the canvas.
  double scrub() {
    const std::vector<Area> frames = frames_in_lane(display_.read(*window_), 0);
    require(frames.size() > 3, "There is no timeline.");
    at_ = at_ + 2 < frames.size() ? at_ + 1 : 1;  // The last shows the same as the one before.
    const Area all = canvas_area();  // Two columns of it tell enough, and are read at once.
    const Area part{all.middle().x - 20, all.top, all.middle().x + 20, all.bottom};
    return until_other(on_screen(part), [&] { click(frames[at_].middle()); });
  }

  // From a press on the canvas to paint below the mouse.
  double stroke() {
    const Point at = somewhere();
    const double waited =
        until_other({at.x - 1, at.y - 1, at.x + 2, at.y + 2}, [&] { display_.drag({at}); });
    undo();
    return waited;
  }

  // And to the model's answer beside the canvas, where that to an earlier stroke stands.
  double preview() {
    if (!std::exchange(has_painted_, true)) display_.drag({pixel(2, 2)});
    const Point at = somewhere();
    const Area part =
        from_right(size_.settings + size_.pictures, 42, size_.settings + 2, size_.outcome);
    const auto seen = picture_in(display_.read(*window_), part);
    require(seen.has_value(), "There is no preview.");
    // Once it is painted on, where the picture leads is not known any more: the latest preview
    // stands there, and then the new one.
    const double waited = until_other(
        middle_of(seen->area, 100), [&] { display_.drag({at}); }, 2);
    undo();
    return waited;
  }

  // From R to the end of a new branch.
  double fork() {
    display_.drag({somewhere()});
    rest(kAtRest);
    const Area lanes = on_screen({0, size_.height - 128, size_.width - 360, size_.height - 30});
    const ByteImage before = display_.read(lanes);
    const auto start = Clock::now();
    display_.press("r");
    await("a branch", [&] { return display_.read(lanes) != before && is_ready(); });
    const double waited = seconds_since(start);
    click(frames_in_lane(display_.read(*window_), 0).back().middle());  // Back to the root.
    rest(kAtRest);
    display_.press("Left");
    display_.press("Left");
    rest(kAtRest);
    return waited;
  }

 private:
  static double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  }

  template <class Condition>
  void await(const std::string& what, Condition come) {
    for (const auto start = Clock::now(); !come(); rest(0.001)) {
      if (program_->ended())
        throw Error(text_of("The program ended before there was ", what, ": ",
                            read_file(folder_ / "said.txt")));
      require(seconds_since(start) < kPatience, "There was not ", what, ".");
    }
  }

  // Seconds until that part of the screen looks other than before, so many times in a row.
  template <class Act>
  double until_other(const Area& part, Act act, int times = 1) {
    std::uniform_real_distribution<double> pause(kAtRest, kAtRest + 0.05);
    rest(pause(random_));
    ByteImage before = display_.read(part);
    const auto start = Clock::now();
    act();
    for (int i = 0; i < times; ++i)
      await("another picture", [&] {
        ByteImage now = display_.read(part);
        return now != before && (before = std::move(now), true);
      });
    return seconds_since(start);
  }

  Area on_screen(const Area& a) const {
    return {window_->left + a.left, window_->top + a.top, window_->left + a.right,
            window_->top + a.bottom};
  }
  Area middle_of(const Area& a, int side) const {
    const Point m = a.middle();
    return on_screen({m.x - side / 2, m.y - side / 2, m.x + side / 2, m.y + side / 2});
  }
  void click(Point at) { display_.drag({{window_->left + at.x, window_->top + at.y}}); }

  bool is_ready() const {
    const int at = int(16 * size_.scale), up = int(12 * size_.scale);
    return shows(display_.read(*window_), {at, size_.height - up}, kReady);
  }

  // A part of the window in points, its sides counted from the right edge.
  Area from_right(int left, int top, int right, int bottom) const {
    const double s = size_.scale;
    return {int(size_.width - left * s), int(top * s), int(size_.width - right * s),
            int(bottom * s)};
  }

  std::optional<Seen> canvas() const {
    Area part = from_right(size_.settings + size_.pictures + 4, 76, 0, 0);
    part = {int(178 * size_.scale), part.top, part.left, int(size_.height - 154 * size_.scale)};
    return picture_in(display_.read(*window_), part);
  }
  Area canvas_area() const {
    const auto seen = canvas();
    require(seen.has_value(), "There is no canvas.");
    return seen->area;
  }

  // Where that pixel of the canvas is on screen; the mouse is there, and its outline drawn.
  Point pixel(int x, int y) {
    if (!painted_on_) painted_on_ = canvas();
    require(painted_on_.has_value(), "There is no canvas.");
    const Point at = painted_on_->middle_of(x, y);
    const Point there{window_->left + at.x, window_->top + at.y};
    display_.move_to(there);
    rest(kAtRest);
    return there;
  }
  Point somewhere() {
    std::uniform_int_distribution<int> inner(6, 21);
    return pixel(inner(random_), inner(random_));
  }

  void undo() {
    display_.press("z", "Control_L");
    rest(kAtRest);
  }

  const Size size_;
  const TemporaryFolder folder_;
  XDisplay display_;
  std::optional<Area> window_;
  std::optional<Child> program_;
  std::optional<Seen> painted_on_;
  bool has_painted_ = false;
  std::size_t at_ = 0;
  std::mt19937 random_{1};
};

using Latencies = std::map<std::string, std::vector<double>>;

Latencies measured(const Size& size, bool training) {
  Hand hand(size);
  if (training) hand.train();
  Latencies all;
  const auto measure = [&](const char* what, int times, auto how) {
    for (int i = 0; i < times; ++i) all[what].push_back(1e3 * (hand.*how)());
  };
  if (size.width == kUsual.width) measure("drag of the playhead to picture", kTimes, &Hand::scrub);
  measure("press to stroke", kTimes, &Hand::stroke);
  measure("press to preview", kTimes, &Hand::preview);
  if (size.width == kUsual.width) measure("R to finished branch", kForks, &Hand::fork);
  return all;
}

void add_latencies(const Size& size, bool training, std::initializer_list<const char*> names) {
  const auto memo = std::make_shared<std::optional<Latencies>>();
  for (const std::string name : names)
    for (const auto& [share, words] : {std::pair{0.5, "median"}, std::pair{0.95, "95 of 100"}}) {
      const bool judged =
          name == "press to preview" && size.width == kUsual.width && !training && share == 0.5;
      add_line(text_of(name, ", ", name_of(size), training ? " while training, " : ", ", words),
               "ms", [=, share = share] {
                 if (!*memo) *memo = measured(size, training);
                 const double value = quantile((**memo).at(name), share);
                 return judged ? Figure{value, {.at_most = 40}} : Figure{value};
               });
    }
}

// Of the program that draws without a rest.
Figure frame(const Size& size) {
  const TemporaryFolder folder;
  const std::filesystem::path said = folder / "said.txt";
  Child program({STEPWISE_PROGRAM, "--frames", std::to_string(kFrames), "--width",
                 std::to_string(size.width), "--height", std::to_string(size.height)},
                {{"XDG_STATE_HOME", folder / "state"}}, said);
  const bool ended_well = program.wait(std::chrono::seconds(120)) == 0;
  const std::string words = read_file(said);
  double milliseconds = 0;
  const std::size_t at = words.find("a frame ");
  require(ended_well && at != std::string::npos &&
              std::sscanf(words.c_str() + at, "a frame %lf", &milliseconds),
          "The program did not say how long a frame took: ", words);
  return {milliseconds};
}

}  // namespace

void add_latency_lines() {
  for (const Size& size : {kUsual, kLarge, kLargest})
    add_line("a frame in which nothing changes, " + name_of(size) + ", median", "ms",
             [=] { return frame(size); });
  for (const bool training : {false, true})
    add_latencies(kUsual, training,
                  {"drag of the playhead to picture", "press to stroke", "press to preview",
                   "R to finished branch"});
  for (const Size& size : {kLarge, kLargest})
    add_latencies(size, false, {"press to stroke", "press to preview"});
}

}  // namespace stepwise
