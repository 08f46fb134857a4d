// The other processes of `train --processes N` on this machine: this program again, each told its
// place by the environment, as torchrun would.
#pragma once

#include <sys/types.h>

#include <vector>

namespace stepwise {

class OtherProcesses {
 public:
  // Makes this process the first of `count` and starts the others with its own arguments. Before
  // any thread: it changes the environment. Throws Error if one cannot be started.
  explicit OtherProcesses(int count);
  ~OtherProcesses();  // Ends those that nobody has waited for.
  OtherProcesses(const OtherProcesses&) = delete;
  OtherProcesses& operator=(const OtherProcesses&) = delete;

  void wait();  // Until all have ended.

 private:
  std::vector<pid_t> running_;
};

}  // namespace stepwise
