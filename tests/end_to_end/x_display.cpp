#include "end_to_end/x_display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include <bit>
#include <stdexcept>

namespace stepwise {
namespace {

constexpr unsigned kLeftButton = 1;
// GLFW takes a second press of a key within a millisecond for an echo of the first.
constexpr unsigned long kBetweenKeys = 5;  // In milliseconds.

// The first window of that title at or below `window`, in the order they are stacked.
std::optional<Window> find(Display* display, Window window, const std::string& title) {
  char* name = nullptr;
  if (XFetchName(display, window, &name)) {
    const bool same = name && title == name;
    XFree(name);
    if (same) return window;
  }
  Window root = 0, parent = 0, *children = nullptr;
  unsigned count = 0;
  if (!XQueryTree(display, window, &root, &parent, &children, &count)) return std::nullopt;
  std::optional<Window> found;
  for (unsigned i = 0; i < count && !found; ++i) found = find(display, children[i], title);
  XFree(children);
  return found;
}

// One of the three parts of a pixel.
std::uint8_t part(unsigned long pixel, unsigned long mask) {
  return std::uint8_t((pixel & mask) >> std::countr_zero(mask));
}

}  // namespace

XDisplay::XDisplay() : display_(XOpenDisplay(nullptr)) {
  if (!display_) throw std::runtime_error("There is no display. Run this with xvfb-run.");
  int ignored = 0;
  if (!XTestQueryExtension(display_.get(), &ignored, &ignored, &ignored, &ignored))
    throw std::runtime_error("The display takes no events of tests (XTEST).");
  // A window may go between being listed and being asked; by itself Xlib would end the program.
  XSetErrorHandler([](Display*, XErrorEvent*) { return 0; });
}

void XDisplay::Close::operator()(_XDisplay* display) const { XCloseDisplay(display); }

std::optional<Area> XDisplay::window(const std::string& title) const {
  Display* display = display_.get();
  const auto found = find(display, DefaultRootWindow(display), title);
  XWindowAttributes now;
  if (!found || !XGetWindowAttributes(display, *found, &now) || now.map_state != IsViewable)
    return std::nullopt;
  int x = 0, y = 0;
  Window child = 0;
  XTranslateCoordinates(display, *found, now.root, 0, 0, &x, &y, &child);
  return Area{x, y, x + now.width, y + now.height};
}

void XDisplay::resize(const std::string& title, int width, int height) {
  Display* display = display_.get();
  if (const auto found = find(display, DefaultRootWindow(display), title))
    XResizeWindow(display, *found, unsigned(width), unsigned(height));
  XSync(display, False);
}

void XDisplay::cover(const Area& area) {
  Display* display = display_.get();
  XSetWindowAttributes attributes{};
  attributes.override_redirect = True;  // No window manager may put it elsewhere.
  attributes.background_pixel = WhitePixel(display, DefaultScreen(display));
  const Window window =
      XCreateWindow(display, DefaultRootWindow(display), area.left, area.top,
                    unsigned(area.width()), unsigned(area.height()), 0, CopyFromParent, InputOutput,
                    CopyFromParent, CWOverrideRedirect | CWBackPixel, &attributes);
  XMapRaised(display, window);
  XSync(display, False);
  XDestroyWindow(display, window);
  XSync(display, False);
}

ByteImage XDisplay::read(const Area& area) const {
  Display* display = display_.get();
  XImage* image = XGetImage(display, DefaultRootWindow(display), area.left, area.top,
                            unsigned(area.width()), unsigned(area.height()), AllPlanes, ZPixmap);
  if (!image) throw std::runtime_error("The screen cannot be read there.");
  ByteImage read(area.height(), area.width(), 3);
  for (int y = 0; y < read.height; ++y)
    for (int x = 0; x < read.width; ++x) {
      const unsigned long pixel = XGetPixel(image, x, y);
      read.at(y, x, 0) = part(pixel, image->red_mask);
      read.at(y, x, 1) = part(pixel, image->green_mask);
      read.at(y, x, 2) = part(pixel, image->blue_mask);
    }
  XDestroyImage(image);
  return read;
}

void XDisplay::move_to(Point to) {
  XTestFakeMotionEvent(display_.get(), -1, to.x, to.y, CurrentTime);
  XSync(display_.get(), False);
}

void XDisplay::button(bool down) {
  XTestFakeButtonEvent(display_.get(), kLeftButton, down, CurrentTime);
  XSync(display_.get(), False);
}

void XDisplay::drag(const std::vector<Point>& path) {
  move_to(path.front());
  button(true);
  for (std::size_t i = 1; i < path.size(); ++i) move_to(path[i]);
  button(false);
}

void XDisplay::key(const std::string& name, bool down) {
  const KeyCode code = XKeysymToKeycode(display_.get(), XStringToKeysym(name.c_str()));
  if (code == 0) throw std::runtime_error("The keyboard has no key '" + name + "'.");
  XTestFakeKeyEvent(display_.get(), code, down, kBetweenKeys);
  XSync(display_.get(), False);
}

void XDisplay::press(const std::string& name, const std::string& held) {
  if (!held.empty()) key(held, true);
  key(name, true);
  key(name, false);
  if (!held.empty()) key(held, false);
}

}  // namespace stepwise
