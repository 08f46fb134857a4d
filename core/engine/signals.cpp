#include "engine/signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "error.h"

namespace stepwise {
namespace {

constexpr std::array kSignals = {SIGINT, SIGHUP, SIGTERM};
constexpr char kEnd = 0;  // What no signal is numbered.

int pipe_end = -1;                                  // Where the handler writes.
std::array<struct sigaction, kSignals.size()> old;  // What the signals did before.
void (*old_pipe)(int) = SIG_DFL;

// All that a handler may do: which signal it was is told on a thread of its own.
void handle(int signal) {
  const int error = errno;
  const char byte = char(signal);
  [[maybe_unused]] const auto written = ::write(pipe_end, &byte, 1);
  errno = error;
}

void take_signals() {
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], nullptr, &old[i]);
    const bool nohup = kSignals[i] == SIGHUP && old[i].sa_handler == SIG_IGN;
    if (!nohup) ::sigaction(kSignals[i], &action, nullptr);
  }
  old_pipe = std::signal(SIGPIPE, SIG_IGN);
}

void give_signals_back() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &old[i], nullptr);
  std::signal(SIGPIPE, old_pipe);
}

}  // namespace

SignalWatch::SignalWatch(std::function<void(int signal)> asked, std::chrono::milliseconds patience)
    : patience_(patience) {
  require(::pipe2(ends_, O_CLOEXEC) == 0, "Cannot listen to signals: no file can be opened.");
  pipe_end = ends_[1];
  thread_ = std::thread([this, asked = std::move(asked)] { listen(asked); });
  take_signals();
}

SignalWatch::~SignalWatch() {
  give_signals_back();
  [[maybe_unused]] const auto written = ::write(ends_[1], &kEnd, 1);
  thread_.join();
  ::close(ends_[0]);
  ::close(ends_[1]);
}

void SignalWatch::listen(const std::function<void(int signal)>& asked) {
  std::chrono::steady_clock::time_point when;
  for (char byte = kEnd;;) {
    const auto got = ::read(ends_[0], &byte, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got != 1 || byte == kEnd) return;
    const auto now = std::chrono::steady_clock::now();
    if (first_ == 0) {
      when = now;
      first_ = byte;
      asked(byte);
    } else if (now - when > patience_) {
      std::signal(byte, SIG_DFL);
      ::raise(byte);
    }
  }
}

}  // namespace stepwise
