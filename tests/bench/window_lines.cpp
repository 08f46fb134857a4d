// The window beside a training run: does it stay smooth, and what does it cost? And the program
// from its start.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
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

  void handle(Request request, const Send& send) override {
    if (!std::exchange(training_, true)) {
      Train train;
      train.out = folder_;
      session_->handle(std::move(train), send);
    }
    session_->handle(std::move(request), send);
  }
  bool step(const Send& send) override {
    return session_->step([&](Report report) {
      if (const auto* news = std::get_if<TrainingProgress>(&report.event)) news_.push_back(*news);
      send(std::move(report));
    });
  }
  void finish(const Send& send) override { session_->finish(send); }
  Report describe(const std::exception& e) const override { return session_->describe(e); }

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

app::WindowOptions training_in_sight() {
  app::WindowOptions options;
  options.shaders = shaders_folder();
  options.model = shipped_model();
  options.width = 1280;
  options.height = 800;
  options.workspace = "train";
  options.remember = false;
  return options;
}

double training_with_window() {
  const TemporaryFolder folder;
  std::vector<TrainingProgress> news;
  app::WindowOptions options = training_in_sight();
  options.seconds = kRun;
  app::run_window(options,
                  [&] { return std::make_unique<TrainingFromTheStart>(folder / "run", news); });
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
    app::WindowOptions options = training_in_sight();
    options.frames = kFrames;
    app::WindowReport report;
    app::run_window(
        options, [&] { return std::make_unique<TrainingFromTheStart>(folder / "run", news); },
        &report);
    return report.frame_seconds;
  }();
  return frames;
}

// The program itself, started as a person would.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), STEPWISE_PROGRAM);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int ends[2];
    require(pipe(ends) == 0, "Cannot make a pipe.");
    output_ = ends[0];
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(ends[1], STDERR_FILENO);
      close(ends[0]);
      execv(argv[0], argv.data());
      _exit(127);
    }
    close(ends[1]);
  }
  ~Program() { close(output_); }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Seconds from the start to the end, and what it said.
  double finish(std::string& said) {
    char buffer[4096];
    for (ssize_t n; (n = read(output_, buffer, sizeof buffer)) > 0;)
      said.append(buffer, std::size_t(n));
    int status = 0;
    waitpid(child_, &status, 0);
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    require(WIFEXITED(status) && WEXITSTATUS(status) == 0, "The program failed: ", said);
    return seconds;
  }

  // The most memory it holds until its end. What wait4() tells includes the copy of this program
  // that it was before exec, so look while it runs.
  double peak_megabytes() {
    double kilobytes = 0;
    const auto look = [&] {
      std::ifstream status("/proc/" + std::to_string(child_) + "/status");
      for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) kilobytes = std::stod(line.substr(6));
    };
    while (waitpid(child_, nullptr, WNOHANG) == 0) {
      look();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return kilobytes / 1024;
  }

 private:
  const Clock::time_point start_ = Clock::now();
  pid_t child_;
  int output_;
};

// From the call of the program to its first frame on screen: what is before main() is what the
// program takes to say its version.
Figure first_frame() {
  std::vector<double> all;
  for (int i = 0; i < 5; ++i) {
    std::string said, version;
    Program({"--frames", "1", "--width", "1280", "--height", "800"}).finish(said);
    double after_main = 0;
    require(std::sscanf(said.c_str(), "first frame after %lf s", &after_main) == 1,
            "The program did not say when its first frame was on screen: ", said);
    all.push_back(Program({"--version"}).finish(version) + after_main);
  }
  return {quantile(all, 0.5), {.at_most = 0.6}};
}

Figure memory_of_the_window() {
  const TemporaryFolder folder;
  return {Program({"--screenshot", folder / "window.png", "--width", "1280", "--height", "800"})
              .peak_megabytes()};
}

Figure memory_of_training() {
  const TemporaryFolder folder;
  return {Program({"train", "--recipe", "standard", "--steps", "60", "--out", folder / "run"})
              .peak_megabytes()};
}

}  // namespace

void add_window_lines() {
  add_line("a frame while training, median", "ms",
           [] { return Figure{1e3 * quantile(frames_while_training(), 0.5)}; });
  add_line("a frame while training, 99 of 100", "ms", [] {
    return Figure{1e3 * quantile(frames_while_training(), 0.99), {.at_most = 33}};
  });
  add_line("what an open window costs training", "%", [] {
    return Figure{cost_of_the_window(), {.at_most = 10}};
  });
  add_line("start to first frame", "s", first_frame);
  add_line("peak memory, window with ten pictures", "MB", memory_of_the_window);
  add_line("peak memory, training the standard recipe", "MB", memory_of_training);
}

}  // namespace stepwise
