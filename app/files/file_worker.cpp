#include "files/file_worker.h"

#include <utility>

namespace stepwise::app {

FileWorker::FileWorker(std::function<void()> wake)
    : wake_(std::move(wake)), thread_([this] { run(); }) {}

FileWorker::~FileWorker() {
  tasks_.push(std::nullopt);
  thread_.join();
}

void FileWorker::post(FileTask task) {
  ++pending_;
  tasks_.push(std::move(task));
}

void FileWorker::run() {
  for (;;)
    for (std::optional<FileTask>& task : tasks_.wait()) {
      if (!task) return;
      answers_.push(perform(std::move(*task)));
      ++answers_waiting_;
      --pending_;
      wake_();
    }
}

}  // namespace stepwise::app
