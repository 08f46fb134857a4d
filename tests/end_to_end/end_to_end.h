// The fixture of tests that work the real program: it runs in folders of its own, is given the
// mouse and the keyboard and nothing else, and is judged by the pixels of its window.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <thread>

#include "child.h"
#include "end_to_end/screen.h"
#include "end_to_end/stroke.h"
#include "end_to_end/x_display.h"
#include "error.h"
#include "temporary_folder.h"

namespace stepwise {

inline constexpr std::chrono::seconds kPatience{60};  // For anything to be on screen, at the most.
inline constexpr std::chrono::milliseconds kBetweenLooks{50};
inline constexpr const char* kTitle = "Stepwise";

class EndToEnd : public testing::Test {
 protected:
  void SetUp() override { launch(); }
  // Tells of a failure what the program said and showed.
  void TearDown() override;

  // Starts the program, also after it was quit, and waits for its first trajectory.
  void launch();

  // What the program runs with beside the test's own environment.
  std::map<std::string, std::string> environment() const;

  // Looks again and again until it has come. Throws Error if it does not, or if the program ends.
  template <class Condition>
  void await(const std::string& what, Condition come) {
    for (const auto deadline = std::chrono::steady_clock::now() + kPatience; !come();
         std::this_thread::sleep_for(kBetweenLooks)) {
      if (const auto code = program_->ended())
        throw Error(
            text_of("The program ended with code ", *code, " before there was ", what, "."));
      require(std::chrono::steady_clock::now() < deadline, "After ", kPatience.count(),
              " s there was not ", what, ".");
    }
  }

  // The window as soon as it is as wanted.
  template <class Condition>
  ByteImage await_screen(const std::string& what, Condition wanted) {
    ByteImage now;
    await(what, [&] { return wanted(now = screen()); });
    return now;
  }

  // The picture on the canvas, without the mouse, as soon as it is as wanted and at rest: the same
  // in two looks.
  template <class Condition>
  ByteImage await_canvas(const std::string& what, Condition wanted) {
    ByteImage pixels;
    await_screen(what, [&](const ByteImage& now) {
      const auto seen = picture_in(now, place::kCanvas);
      if (!seen || mouse_on_canvas(now)) return false;
      const bool rests = seen->pixels == pixels;
      pixels = seen->pixels;
      return rests && wanted(pixels);
    });
    return pixels;
  }

  ByteImage screen() const { return display_.read(*window_); }

  // The picture on the canvas once the playhead stands at that step.
  ByteImage canvas_at(int step);
  // The same once that stroke is on it.
  ByteImage painted(const Stroke& stroke, int value);

  // Both take the mouse away afterwards, so that no outline or tooltip covers anything.
  void click(Point at);
  void draw(const Stroke& stroke);  // On the canvas, with the tool in hand.

  // A place of the window, on the screen.
  Point on_screen(Point at) const { return {window_->left + at.x, window_->top + at.y}; }

  const TemporaryFolder folder_;
  const std::filesystem::path said_ = folder_ / "said.txt";
  const std::filesystem::path runs_ =
      folder_ / "data/stepwise/runs";  // Where the program keeps them.
  XDisplay display_;
  std::optional<Area> window_;
  std::optional<Child> program_;
};

}  // namespace stepwise
