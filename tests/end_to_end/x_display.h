// The display a test runs under: what is on it, and a hand on its real mouse and keyboard. It takes
// both over, so it wants a display of its own (xvfb-run). Places are in pixels of the screen. One
// thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "image/image.h"

struct _XDisplay;  // By Xlib's own name: its header would bring None, Bool and Status as macros.

namespace stepwise {

struct Point {
  int x = 0, y = 0;
};

// Right and bottom are outside.
struct Area {
  int left = 0, top = 0, right = 0, bottom = 0;

  int width() const { return right - left; }
  int height() const { return bottom - top; }
  Point middle() const { return {(left + right) / 2, (top + bottom) / 2}; }
  bool operator==(const Area&) const = default;
};

class XDisplay {
 public:
  XDisplay();  // Opens $DISPLAY. Throws std::runtime_error if it cannot, or has no XTEST.

  // Where the window of that title is; nothing while there is none to be seen.
  std::optional<Area> window(const std::string& title) const;
  // Makes it that large, as a window manager would.
  void resize(const std::string& title, int width, int height);
  // Something comes before what is there, and goes again.
  void cover(const Area& area);
  // What is shown there: three channels.
  ByteImage read(const Area& area) const;

  void move_to(Point to);
  // The left button goes down at the first point and up at the last, which may be the same, with a
  // key held down.
  void drag(const std::vector<Point>& path, const std::string& held = "");
  // A file of that URI is dropped there, as a file manager would (XDND). Throws std::runtime_error
  // if the window of that title does not take it.
  void drop(const std::string& title, Point at, const std::string& uri);
  // Ctrl+V is pressed with these words in the clipboard. Throws std::runtime_error if nobody asks
  // for them.
  void paste(const std::string& words);
  // Presses a key by X's name for it ("Home", "r", "bracketright"), with another one held down.
  void press(const std::string& name, const std::string& held = "");

 private:
  void button(bool down);
  void key(const std::string& name, bool down);

  struct Close {
    void operator()(_XDisplay* display) const;
  };
  std::unique_ptr<_XDisplay, Close> display_;
};

}  // namespace stepwise
