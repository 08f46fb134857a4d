#include "window/display_loss.h"

#include <dlfcn.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <utility>

struct _XDisplay;  // By Xlib's own name: its header would bring None, Bool and Status as macros.

namespace stepwise::app {
namespace {

using Handler = int (*)(_XDisplay*);

std::function<void()> on_loss;
std::atomic_flag handled;

int handle(_XDisplay*) {
  while (handled.test_and_set()) ::pause();  // Another thread was first, and is saving.
  std::fputs("stepwise: The display is gone.\n", stderr);
  if (on_loss) on_loss();
  std::_Exit(1);
}

}  // namespace

void on_display_loss(std::function<void()> lost) {
  on_loss = std::move(lost);
  // The Xlib that the window is made with is loaded already, or there is none; a program that also
  // runs without cannot be linked to it.
  void* const xlib = dlopen("libX11.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (!xlib) return;
  const auto set_handler =
      reinterpret_cast<Handler (*)(Handler)>(dlsym(xlib, "XSetIOErrorHandler"));
  if (set_handler) set_handler(handle);
}

}  // namespace stepwise::app
