// Wishes from outside that the program should end: Ctrl-C (SIGINT), a closed terminal (SIGHUP), and
// SIGTERM of timeout, docker stop, systemd, Slurm and a logout. No torch.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace stepwise {

// As long as it lives these signals no longer end the program. Whoever waits for the end may be out
// of patience: one that comes later than `patience` after the first ends it at once. (timeout sends
// its signal twice in a moment, and so may a terminal that closes.) A SIGHUP that was ignored
// before, as nohup does, stays ignored. Writing to a pipe that nobody reads is an error then, not
// the end. One at a time.
class SignalWatch {
 public:
  // `asked` is called once, with the first signal, from a thread of the watch's own.
  explicit SignalWatch(std::function<void(int signal)> asked,
                       std::chrono::milliseconds patience = std::chrono::seconds(1));
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // 128 and the first signal, as a shell tells of a program that one has ended; 0: none has come.
  int exit_status() const { return first_ == 0 ? 0 : 128 + first_; }

 private:
  void listen(const std::function<void(int signal)>& asked);

  std::chrono::milliseconds patience_;
  std::atomic<int> first_ = 0;
  int ends_[2] = {-1, -1};  // Of the pipe through which a handler speaks to the thread.
  std::thread thread_;
};

}  // namespace stepwise
