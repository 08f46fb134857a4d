#include "commands/command.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <ranges>

#include "engine/load_session.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

std::atomic<bool> interrupted{false};

// The folder with assets/ and shaders/: $STEPWISE_HOME, beside the program when installed, or where
// it was built.
fs::path home() {
  if (const char* path = std::getenv("STEPWISE_HOME"); path && *path) return path;
  std::error_code ignored;
  const fs::path installed =
      fs::read_symlink("/proc/self/exe", ignored).parent_path() / ".." / "share" / "stepwise";
  if (fs::exists(installed / "assets", ignored)) return installed.lexically_normal();
  return STEPWISE_SOURCE_DIR;
}

}  // namespace

fs::path assets_folder() { return home() / "assets"; }
fs::path shaders_folder() { return home() / "shaders"; }
fs::path shipped_model() { return assets_folder() / "models" / "fashion-mnist"; }

void add_common_options(CLI::App& app, SessionOptions& options) {
  options.assets = assets_folder();
  app.add_option("--device", options.device, "Where to compute")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
      ->capture_default_str();
  app.add_option("--threads", options.threads, "Processor threads to compute on; 0: one per core")
      ->check(CLI::Range(0, 1024))
      ->capture_default_str();
}

Headless::Headless(const SessionOptions& options)
    : engine_([options] { return load_session(options); }, [] {}) {}

void Headless::run(Command command, const OnEvent& on_event, std::optional<Command> on_interrupt) {
  if (on_interrupt) std::signal(SIGINT, [](int) { interrupted = true; });
  engine_.post(std::move(command));
  for (;;) {
    if (events_.empty()) std::ranges::move(engine_.wait(), std::back_inserter(events_));
    while (!events_.empty()) {
      const Event event = std::move(events_.front());
      events_.pop_front();
      if (const auto* failed = std::get_if<Failed>(&event)) throw Error(failed->message);
      if (const auto* warning = std::get_if<Warning>(&event))
        std::fprintf(stderr, "stepwise: warning: %s\n", warning->text.c_str());
      if (!on_event(event)) return;
    }
    if (on_interrupt && interrupted.exchange(false)) {
      engine_.post(*on_interrupt);
      std::signal(SIGINT, SIG_DFL);  // A second Ctrl-C ends the program at once.
    }
  }
}

ModelOpened Headless::open_model(const fs::path& folder) {
  ModelOpened model;
  run(OpenModel{folder}, [&](const Event& event) {
    const auto* opened = std::get_if<ModelOpened>(&event);
    if (opened) model = *opened;
    return !opened;
  });
  return model;
}

void Progress::show(double fraction, const std::string& text) {
  if (isatty(STDERR_FILENO)) {
    constexpr int kWidth = 30;
    std::string bar(std::size_t(kWidth), ' ');
    bar.replace(0, std::size_t(kWidth * fraction), std::size_t(kWidth * fraction), '#');
    std::fprintf(stderr, "\r\033[K[%s] %3.0f %%  %s", bar.c_str(), 100 * fraction, text.c_str());
    std::fflush(stderr);
    drawn_ = true;
  } else if (const int tenths = int(10 * fraction); tenths != tenths_) {
    tenths_ = tenths;
    std::fprintf(stderr, "%3.0f %%  %s\n", 100 * fraction, text.c_str());
  }
}

void Progress::clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

void require_new(const fs::path& path, bool replace) {
  require(replace || path.empty() || !fs::exists(path), "'", path.string(),
          "' exists. Choose another name, or say --force to replace it.");
}

}  // namespace stepwise
