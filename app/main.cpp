// No arguments: the window. A subcommand: the same jobs without one.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "commands/command.h"
#include "commands/options.h"
#include "engine/process.h"
#include "error.h"
#include "range.h"
#ifdef STEPWISE_WINDOW
#include "engine/load_session.h"
#include "engine/run_folder.h"
#include "panels/panels.h"
#include "window/run_window.h"
using namespace stepwise::app;
#endif

using namespace stepwise;

namespace {

#ifdef STEPWISE_WINDOW
void add_window_options(CLI::App& app, WindowOptions& window) {
  window.shaders = shaders_folder();
  window.model = window.shipped = shipped_model();
  app.add_option("--model", window.model, "Model folder to open")->type_name("DIR");
  app.add_option("--screenshot", window.screenshot, "Write a picture of the window and end")
      ->type_name("FILE.png");
  app.add_option("--workspace", window.workspace, "Workspace to show: " + workspace_ids());
  app.add_flag("--light", window.light, "Colors for a projector in a bright room");
  app.add_flag("--present", window.present, "Show the picture alone, in large type")
      ->excludes("--workspace");
  app.add_option("files", window.files, "Pictures, models, data sets or runs to open")
      ->type_name("FILE");
  const auto add = [&](const char* name, auto& value, auto range, const char* help) {
    add_number(app, name, value, range, help)->default_str("");
  };
  add("--width", window.width, kWindowWidth, "Of the window, in pixels");
  add("--height", window.height, kWindowHeight, "Of the window, in pixels");
  add("--scale", window.scale, kWindowScale, "Of text and everything else; 2 is 200 %");
  add("--frames", window.frames, Range<int>{1, 1000000},
      "Draw so many frames, say how long they took, and end");
}

int show_window(WindowOptions& window, SessionOptions session) {
  window.runs = runs_folder();
  window.recipes = known_recipes();
  window.remember = window.screenshot.empty() && window.frames == 0;
  WindowReport report;
  window.processor_only = [&] {
    if (session.device == "auto") session.device = "cpu";
  };
  const int code = run_window(
      window, [&] { return load_session(session); }, &report);
  if (window.frames == 0) return code;
  auto& frames = report.frame_seconds;
  std::ranges::sort(frames);
  std::printf(
      "first frame after %.3f s, first picture after %.3f s, a frame %.1f ms, 99 of 100 %.1f ms\n",
      report.first_frame, report.first_picture, 1e3 * frames[frames.size() / 2],
      1e3 * frames[frames.size() * 99 / 100]);
  return code;
}
#endif

// Exceptions become one line and an exit code here, and nowhere else in the command line.
int run(int argc, char** argv) {
  CLI::App app{"Stepwise: train, watch and repaint small diffusion models, every step a picture"};
  app.name("stepwise");
  app.set_version_flag("--version", "stepwise " STEPWISE_VERSION);
  SessionOptions session;
  add_common_options(app, session);
  app.require_subcommand(0, 1);
  add_sample(app, session);
  add_train(app, session);
  add_recipes(app);
  add_trial(app, session);
  add_find_rate(app, session);
  add_average(app, session);
  add_evaluate(app, session);
  add_captions(app, session);
  add_survival(app, session);
  add_trade_off(app, session);
  add_race(app, session);
  add_edit(app, session);
  add_info(app, session);
  add_show(app, session);
  add_worsen(app, session);
  add_replay(app, session);
  add_classifier(app, session);
  add_meter(app, session);
#ifdef STEPWISE_WINDOW
  WindowOptions window;
  add_window_options(app, window);
#endif
  try {
    refuse_empty_values(argc, argv);
    app.parse(argc, argv);
    if (!app.get_subcommands().empty()) return 0;
#ifdef STEPWISE_WINDOW
    return show_window(window, session);
#else
    throw Error("This stepwise was built without a window. Use a subcommand; see --help.");
#endif
  } catch (const CLI::RuntimeError& e) {
    return e.get_exit_code();  // Said already.
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "stepwise: %s\n", e.what());
    return 1;
  }
}

// What was said is only said once it has left: a full disk or a closed pipe is told here.
int end(int code) {
  errno = 0;
  const bool said = std::fflush(stdout) == 0 && !std::ferror(stdout);
  if (said) return code;
  std::fprintf(stderr, "stepwise: Cannot write to standard output%s%s.\n", errno == 0 ? "" : ": ",
               errno == 0 ? "" : std::strerror(errno));
  return code == 0 ? 1 : code;
}

}  // namespace

int main(int argc, char** argv) {
  set_up_process();
  return end(run(argc, argv));
}
