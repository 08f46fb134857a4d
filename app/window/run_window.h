// The window from the first frame to the last: opens it, starts the worker behind it, and draws
// until it is closed. Main thread only.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "range.h"
#include "settings/recipe_book.h"
#include "window/glfw_window.h"

namespace stepwise::app {

inline constexpr Range<double> kWindowScale{0.5, 4};

struct WindowOptions {
  std::filesystem::path shaders;             // The folder that holds picture.vert and picture.frag.
  std::filesystem::path model;               // Opened at launch; empty: none.
  std::filesystem::path shipped;             // The model that comes with the program; empty: none.
  std::vector<std::filesystem::path> files;  // Opened at launch, whatever they are.
  std::string data = "fashion-mnist";        // Opened at launch; empty: none.
  std::filesystem::path runs;                // Where training runs lie, to list them; empty: none.
  RecipeBook recipes;                        // That can be chosen to train by.
  int width = 0, height = 0;  // In pixels; 0: as it was last time, or what the screen has.
  double scale = 0;           // Of text and everything else; 0: the screen's own.
  bool light = false;         // Colors for a projector; else as last time.
  std::string workspace;      // The id of the one to show; empty: as last time.
  bool present = false;       // Begins as before an audience.
  std::filesystem::path
      screenshot;  // Not empty: write a picture of the window, once its work is done, and end.
  int frames = 0;  // Not 0: end after so many frames, drawn without a rest; with a picture then.
  double seconds = 0;    // Not 0: end after so long.
  bool remember = true;  // What the user chose, from one launch to the next.
  // Told before the worker is made, where the user has chosen so: no graphics card computes.
  std::function<void()> processor_only;
};

// How long things took, for benchmarks.
struct WindowReport {
  double first_frame = 0;    // Seconds from the call to the first frame on screen.
  double first_picture = 0;  // And to the first frame with a denoised picture; 0: none came.
  std::vector<double> frame_seconds;  // Of each of `frames`, from its events to its swap.
};

// Runs until the window is closed or a signal asks for the end; what is in training is saved.
// Returns the exit code of the program: 0, or 128 and the signal. Throws Error without a
// display, OpenGL 3.3 or shaders, or if an option makes no sense.
int run_window(const WindowOptions& options, std::function<std::unique_ptr<Worker>()> make_worker,
               WindowReport* report = nullptr);

}  // namespace stepwise::app
