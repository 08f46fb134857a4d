#include "engine/engine.h"

#include <exception>
#include <utility>

namespace stepwise {

Engine::Engine(std::function<std::unique_ptr<Worker>()> make_worker, std::function<void()> wake)
    : make_worker_(std::move(make_worker)), wake_(std::move(wake)), thread_([this] { run(); }) {}

Engine::~Engine() {
  commands_.push(Quit{});
  thread_.join();
}

void Engine::post(Command command) { commands_.push(std::move(command)); }

void Engine::run() {
  const Emit emit = [this](Event event) {
    events_.push(std::move(event));
    wake_();
  };
  std::unique_ptr<Worker> worker;
  // The only place that catches: a bad command is refused, a failing job ends, the thread lives on.
  const auto attempt = [&](auto&& work) {
    try {
      work();
    } catch (const std::exception& e) {
      emit(worker ? worker->describe(e) : Failed{"Starting", e.what()});
    }
  };
  attempt([&] { worker = make_worker_(); });
  for (bool busy = false, quit = false; !quit;) {
    for (auto& mail : busy ? commands_.drain() : commands_.wait()) {
      if (std::holds_alternative<Quit>(mail))
        quit = true;
      else if (worker)
        attempt([&] { worker->handle(std::get<Command>(std::move(mail)), emit); });
    }
    if (quit || !worker) continue;
    busy = true;  // Also where the step fails: other work may be waiting behind it.
    attempt([&] { busy = worker->step(emit); });
  }
  if (worker) attempt([&] { worker->finish(emit); });
}

}  // namespace stepwise
