// A thread that does what the window asks of the disk, one thing after the other. Its own methods
// are the window thread's.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "engine/channel.h"
#include "files/tasks.h"

namespace stepwise::app {

class FileWorker {
 public:
  // `wake` is called from the thread, after each answer.
  explicit FileWorker(std::function<void()> wake);
  ~FileWorker();  // Does what was asked for: nothing that is to be saved is lost.
  FileWorker(const FileWorker&) = delete;
  FileWorker& operator=(const FileWorker&) = delete;

  void post(FileTask task);
  std::vector<FileAnswer> poll() {
    answers_waiting_ = 0;
    return answers_.drain();
  }
  bool answered() const { return answers_waiting_ > 0; }  // poll() has something.
  bool busy() const { return pending_ > 0; }  // Something is asked for and not answered.

 private:
  void run();

  Channel<std::optional<FileTask>> tasks_;  // None: the end.
  Channel<FileAnswer> answers_;
  std::function<void()> wake_;
  std::atomic<int> pending_ = 0, answers_waiting_ = 0;
  std::thread thread_;  // Last, so it starts after all that it uses.
};

}  // namespace stepwise::app
