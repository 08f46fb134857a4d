#include "end_to_end/x_display.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace stepwise {
namespace {

constexpr unsigned kLeftButton = 1;
// GLFW takes a second press of a key within a millisecond for an echo of the first.
constexpr unsigned long kBetweenKeys = 5;  // In milliseconds.
// A hand moves on for some frames: of moves within one the window sees the last alone.
constexpr unsigned long kBetweenMoves = 20;

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

// Words in the hand of a window that nobody sees: of what is dragged by the protocol XDND, version
// 5, or in the clipboard.
class Held {
 public:
  Held(Display* display, const char* selection, std::string words)
      : display_(display), words_(std::move(words)) {
    const int screen = DefaultScreen(display);
    source_ = XCreateSimpleWindow(display, RootWindow(display, screen), 0, 0, 1, 1, 0, 0, 0);
    XSetSelectionOwner(display, atom(selection), source_, CurrentTime);
    XSync(display, False);
  }
  ~Held() { XDestroyWindow(display_, source_); }

  void drop(Window target, Point at) {
    constexpr long kVersion = 5L << 24;
    send(target, "XdndEnter", kVersion, long(atom("text/uri-list")));
    send(target, "XdndPosition", 0, long(at.x) << 16 | at.y, CurrentTime,
         long(atom("XdndActionCopy")));
    const long kAccepted = 1;
    if (!(await(ClientMessage, "XdndStatus").xclient.data.l[1] & kAccepted))
      throw std::runtime_error("Nothing can be dropped there.");
    send(target, "XdndDrop", 0, CurrentTime);
    give();
    await(ClientMessage, "XdndFinished");
  }

  // To the next one that asks.
  void give() { answer(await(SelectionRequest).xselectionrequest); }

 private:
  Atom atom(const char* name) { return XInternAtom(display_, name, False); }

  void send(Window target, const char* type, long a, long b = 0, long c = 0, long d = 0) {
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = target;
    event.xclient.message_type = atom(type);
    event.xclient.format = 32;
    const long data[] = {long(source_), a, b, c, d};
    std::ranges::copy(data, event.xclient.data.l);
    XSendEvent(display_, target, False, NoEventMask, &event);
    XFlush(display_);
  }

  // The next event of that kind, of that type where one is named.
  XEvent await(int kind, const char* type = nullptr) {
    constexpr std::chrono::seconds kPatience{10};
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (XEvent event; std::chrono::steady_clock::now() < deadline;) {
      if (!XCheckTypedWindowEvent(display_, source_, kind, &event))
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      else if (!type || event.xclient.message_type == atom(type))
        return event;
    }
    throw std::runtime_error("Nobody asks for what is dropped or pasted.");
  }

  void answer(const XSelectionRequestEvent& asked) {
    XChangeProperty(display_, asked.requestor, asked.property, asked.target, 8, PropModeReplace,
                    reinterpret_cast<const unsigned char*>(words_.data()), int(words_.size()));
    XEvent event{};
    event.xselection.type = SelectionNotify;
    event.xselection.requestor = asked.requestor;
    event.xselection.selection = asked.selection;
    event.xselection.target = asked.target;
    event.xselection.property = asked.property;
    event.xselection.time = asked.time;
    XSendEvent(display_, asked.requestor, False, NoEventMask, &event);
    XFlush(display_);
  }

  Display* const display_;
  const std::string words_;
  Window source_ = 0;
};

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

void XDisplay::drag(const std::vector<Point>& path, const std::string& held) {
  if (!held.empty()) key(held, true);
  move_to(path.front());
  button(true);
  for (std::size_t i = 1; i < path.size(); ++i) {
    XTestFakeMotionEvent(display_.get(), -1, path[i].x, path[i].y, kBetweenMoves);
    XSync(display_.get(), False);
  }
  button(false);
  if (!held.empty()) key(held, false);
}

void XDisplay::drop(const std::string& title, Point at, const std::string& uri) {
  Display* display = display_.get();
  const auto target = find(display, DefaultRootWindow(display), title);
  if (!target) throw std::runtime_error("There is no window to drop on.");
  Held(display, "XdndSelection", uri + "\r\n").drop(*target, at);
}

void XDisplay::paste(const std::string& words) {
  Held clipboard(display_.get(), "CLIPBOARD", words);
  press("v", "Control_L");
  clipboard.give();
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
