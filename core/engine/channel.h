// A list one thread fills and another empties in a single swap. Any thread may call any method.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

namespace stepwise {

template <class T>
class Channel {
 public:
  void push(T item) {
    {
      std::lock_guard lock(mutex_);
      items_.push_back(std::move(item));
    }
    arrived_.notify_one();
  }

  // Everything pushed since the last call, oldest first.
  std::vector<T> drain() {
    std::lock_guard lock(mutex_);
    return std::exchange(items_, {});
  }

  // The same, but sleeps while there is nothing.
  std::vector<T> wait() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !items_.empty(); });
    return std::exchange(items_, {});
  }

  // Whether the next drain() would bring nothing, as of now.
  bool empty() const {
    std::lock_guard lock(mutex_);
    return items_.empty();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<T> items_;
};

}  // namespace stepwise
