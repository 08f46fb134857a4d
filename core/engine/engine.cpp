#include "engine/engine.h"

#include <exception>
#include <string>
#include <utility>

namespace stepwise {

Engine::Engine(std::function<std::unique_ptr<Worker>()> make_worker, std::function<void()> wake)
    : make_worker_(std::move(make_worker)), wake_(std::move(wake)), thread_([this] { run(); }) {}

Engine::~Engine() {
  requests_.push(Quit{});
  thread_.join();
}

JobId Engine::post(Request request) {
  const JobId id = request.id;
  requests_.push(std::move(request));
  return id;
}

void Engine::run() {
  const Send send = [this](Report report) {
    reports_.push(std::move(report));
    wake_();
  };
  std::unique_ptr<Worker> worker;
  std::string obstacle;  // Why there is no worker.
  // The only place that catches: a bad command is refused, a failing job ends, the thread lives on.
  const auto attempt = [&](auto&& work) {
    try {
      work();
    } catch (const std::exception& e) {
      if (worker) return send(worker->describe(e));
      obstacle = e.what();
      send({kNoJob, Failed{"Starting", obstacle}});
    }
  };
  attempt([&] { worker = make_worker_(); });
  if (worker) attempt([&] { worker->listen([this] { return !requests_.empty(); }); });
  for (bool busy = false, quit = false; !quit;) {
    for (auto& mail : busy ? requests_.drain() : requests_.wait()) {
      auto* request = std::get_if<Request>(&mail);
      if (!request)
        quit = true;
      else if (worker)
        attempt([&] { worker->handle(std::move(*request), send); });
      else
        send({request->id, Failed{"Starting", obstacle}});
    }
    if (quit || !worker) continue;
    busy = true;  // Also where the step fails: other work may be waiting behind it.
    attempt([&] { busy = worker->step(send); });
  }
  if (worker) attempt([&] { worker->finish(send); });
}

}  // namespace stepwise
