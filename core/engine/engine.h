// One worker thread behind two queues. A front end posts commands from any thread and reads events
// on one; the worker alone touches models, data and generators.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "engine/channel.h"
#include "engine/messages.h"

namespace stepwise {

// What the worker thread runs. All calls come from that thread.
class Worker {
 public:
  virtual ~Worker() = default;
  // Acts on all mail that has come since the last step, oldest first.
  virtual void handle(Command command, const Emit& emit) = 0;
  // One short piece of work; false when there is nothing to do. One that throws is not tried again:
  // the next call does something else.
  virtual bool step(const Emit& emit) = 0;
  // The program is closing: save what would be lost.
  virtual void finish(const Emit& emit) = 0;
  // What to tell people of an exception that handle(), step() or finish() let through.
  virtual Failed describe(const std::exception& e) const { return {"", e.what()}; }
};

class Engine {
 public:
  // `make_worker` runs on the worker thread; `wake` is called from it after each event.
  Engine(std::function<std::unique_ptr<Worker>()> make_worker, std::function<void()> wake);
  ~Engine();  // Lets the current step end, calls finish(), and joins.

  void post(Command command);
  std::vector<Event> poll() { return events_.drain(); }  // Never waits.
  std::vector<Event> wait() { return events_.wait(); }   // Sleeps while there is nothing.

 private:
  void run();

  struct Quit {};
  Channel<std::variant<Quit, Command>> commands_;
  Channel<Event> events_;
  std::function<std::unique_ptr<Worker>()> make_worker_;
  std::function<void()> wake_;
  std::thread thread_;  // Last, so that it starts after everything it uses.
};

}  // namespace stepwise
