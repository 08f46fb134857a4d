// How far the thread that tells a device what to do may be ahead of it: by two pieces of work, so
// that the device never waits for the thread, and what was told is known to be done soon. A
// processor is never behind. Used from one thread.
#pragma once

#include <torch/types.h>

#include <functional>
#include <memory>

namespace stepwise {

class Ahead {
 public:
  static constexpr int kPieces = 2;

  explicit Ahead(torch::Device device);
  ~Ahead();  // Settles: what the pieces use may go then.

  // Waits until another piece may be told. False as soon as `asked` says that somebody waits for
  // this thread.
  bool has_room(const std::function<bool()>& asked) const;
  // A piece was told, on torch's current stream.
  void told();
  // Of the pieces told, those that the device may not have done: the newest, kPieces at the most.
  int left() const;
  void settle() const;  // Waits until none is left.

 private:
  struct Marks;
  std::unique_ptr<Marks> marks_;  // nullptr: there is no device to wait for.
};

}  // namespace stepwise
