// The window beside a training run: does it stay smooth, and what does it cost? And the program
// from its start.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "bench/table.h"
#include "commands/command.h"
#include "engine/load_session.h"
#include "error.h"
#include "temporary_folder.h"
#include "window/run_window.h"

namespace stepwise {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kRun = 14,
                 kSkipped = 4;  // Seconds of a training run, and of its unmeasured start.
constexpr int kFrames = 900;    // At 60 a second.

// The session of the program, which begins to train with its first command.
class TrainingFromTheStart : public Worker {
 public:
  TrainingFromTheStart(std::filesystem::path folder, std::vector<TrainingProgress>& news)
      : session_(load_session({.assets = assets_folder()})),
        folder_(std::move(folder)),
        news_(news) {}

  void handle(Command command, const Emit& emit) override {
    if (!std::exchange(training_, true))
      session_->handle(Train{recipe_of("quick"), "fashion-mnist", folder_, {}}, emit);
    session_->handle(std::move(command), emit);
  }
  bool step(const Emit& emit) override {
    return session_->step([&](Event event) {
      if (const auto* news = std::get_if<TrainingProgress>(&event)) news_.push_back(*news);
      emit(std::move(event));
    });
  }
  void finish(const Emit& emit) override { session_->finish(emit); }
  Failed describe(const std::exception& e) const override { return session_->describe(e); }

 private:
  std::unique_ptr<Worker> session_;
  std::filesystem::path folder_;
  std::vector<TrainingProgress>& news_;
  bool training_ = false;
};

// Optimiser steps per second of training time, the start left out.
double steps_per_second(const std::vector<TrainingProgress>& news) {
  const auto counted = std::find_if(news.begin(), news.end(),
                                    [](const TrainingProgress& p) { return p.seconds > kSkipped; });
  require(counted != news.end() && counted + 1 != news.end(), "The run was too short to measure.");
  const TrainingProgress &first = *counted, &last = news.back();
  return double(last.step - first.step) / (last.seconds - first.seconds);
}

double training_without_window() {
  const TemporaryFolder folder;
  std::vector<TrainingProgress> news;
  {
    Engine engine([&] { return std::make_unique<TrainingFromTheStart>(folder / "run", news); },
                  [] {});
    engine.post(OpenModel{shipped_model()});
    std::this_thread::sleep_for(std::chrono::duration<double>(kRun));
  }
  return steps_per_second(news);
}

WindowOptions training_tab() {
  WindowOptions options;
  options.shaders = shaders_folder();
  options.model = shipped_model();
  options.width = 1280;
  options.height = 800;
  options.tab = "train";
  options.remember = false;
  return options;
}

double training_with_window() {
  const TemporaryFolder folder;
  std::vector<TrainingProgress> news;
  WindowOptions options = training_tab();
  options.seconds = kRun;
  run_window(options, [&] { return std::make_unique<TrainingFromTheStart>(folder / "run", news); });
  return steps_per_second(news);
}

// Turn and turn about, so that what else the machine does falls on both.
double cost_of_the_window() {
  double with = 0, without = 0;
  for (int i = 0; i < 2; ++i) {
    without += training_without_window();
    with += training_with_window();
  }
  return 100 * (1 - with / without);
}

const std::vector<double>& frames_while_training() {
  static const std::vector<double> frames = [] {
    const TemporaryFolder folder;
    std::vector<TrainingProgress> news;
    WindowOptions options = training_tab();
    options.frames = kFrames;
    WindowReport report;
    run_window(
        options, [&] { return std::make_unique<TrainingFromTheStart>(folder / "run", news); },
        &report);
    return report.frame_seconds;
  }();
  return frames;
}

struct Ended {
  double seconds;
  double megabytes;  // The most memory it ever held.
  std::string output;
};

// Runs the program itself to its end.
Ended run_program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), STEPWISE_PROGRAM);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  int ends[2];
  require(pipe(ends) == 0, "Cannot make a pipe.");
  const auto start = Clock::now();
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    execv(argv[0], argv.data());
    _exit(127);
  }
  close(ends[1]);
  Ended ended{};
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    ended.output.append(buffer, std::size_t(n));
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  ended.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  ended.megabytes = double(usage.ru_maxrss) / 1024;
  require(WIFEXITED(status) && WEXITSTATUS(status) == 0, STEPWISE_PROGRAM, " ", arguments[1],
          " failed.");
  return ended;
}

// From the call of the program to its first frame on screen: what is before main() is what the
// program takes to say its version.
double first_frame() {
  std::vector<double> all;
  for (int i = 0; i < 5; ++i) {
    const Ended window = run_program({"--frames", "1", "--width", "1280", "--height", "800"});
    double after_main = 0;
    require(std::sscanf(window.output.c_str(), "first frame after %lf s", &after_main) == 1,
            "The program did not say when its first frame was on screen.");
    all.push_back(run_program({"--version"}).seconds + after_main);
  }
  return quantile(all, 0.5);
}

double memory_of_the_window() {
  const TemporaryFolder folder;
  return run_program({"--screenshot", folder / "window.png", "--width", "1280", "--height", "800"})
      .megabytes;
}

double memory_of_training() {
  const TemporaryFolder folder;
  return run_program({"train", "--recipe", "standard", "--steps", "60", "--out", folder / "run"})
      .megabytes;
}

}  // namespace

void add_window_lines() {
  add_line("a frame while training, median", "ms", {},
           [] { return 1e3 * quantile(frames_while_training(), 0.5); });
  add_line("a frame while training, 99 of 100", "ms", {.at_most = 33},
           [] { return 1e3 * quantile(frames_while_training(), 0.99); });
  add_line("what an open window costs training", "%", {.at_most = 10}, cost_of_the_window);
  add_line("start to first frame", "s", {.at_most = 2}, first_frame);
  add_line("peak memory, window with ten pictures", "MB", {}, memory_of_the_window);
  add_line("peak memory, training the standard recipe", "MB", {}, memory_of_training);
}

}  // namespace stepwise
