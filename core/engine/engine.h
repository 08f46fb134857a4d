// One worker thread behind two queues. A front end posts commands from any thread and reads events
// on one; the worker alone touches models, data and generators.
#pragma once

#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/channel.h"
#include "engine/events.h"

namespace stepwise {

// What the worker of the real program is told when it starts.
struct SessionOptions {
  std::string device = "auto";   // auto, cpu or cuda.
  int threads = 0;               // For torch; 0: one per core.
  std::filesystem::path assets;  // What ships with the program: models, classifiers.
  // Of several processes of this machine, which this one is: cores and cards are dealt out to them.
  int local_rank = 0, local_size = 1;
};

// What the worker thread runs. All calls come from that thread.
class Worker {
 public:
  virtual ~Worker() = default;
  // Comes first. `asked`, which any thread may call: whether mail waits. Long work can so go on
  // until somebody asks for something.
  virtual void listen(std::function<bool()> /*asked*/) {}
  // Acts on all mail that has come since the last step, oldest first.
  virtual void handle(Request request, const Send& send) = 0;
  // A piece of work, short where mail waits; false when there is nothing to do. One that throws is
  // not tried again: the next call does something else.
  virtual bool step(const Send& send) = 0;
  // The program is closing: save what would be lost.
  virtual void finish(const Send& send) = 0;
  // What to tell people of an exception that handle(), step() or finish() let through.
  virtual Report describe(const std::exception& e) const = 0;
};

class Engine {
 public:
  // `make_worker` runs on the worker thread; `wake` is called from it after each event.
  Engine(std::function<std::unique_ptr<Worker>()> make_worker, std::function<void()> wake);
  ~Engine();  // Lets the current step end, calls finish(), and joins.

  // The id of the request, which all that comes of it carries.
  JobId post(Request request);
  std::vector<Report> poll() { return reports_.drain(); }  // Never waits.
  std::vector<Report> wait() { return reports_.wait(); }   // Sleeps while there is nothing.

 private:
  void run();

  struct Quit {};
  Channel<std::variant<Quit, Request>> requests_;
  Channel<Report> reports_;
  std::function<std::unique_ptr<Worker>()> make_worker_;
  std::function<void()> wake_;
  std::thread thread_;  // Last, so that it starts after everything it uses.
};

}  // namespace stepwise
