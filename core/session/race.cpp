#include "session/race.h"

#include <utility>

#include "diffusion/race.h"
#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

Raced told(const Racing& race, const Racer& racer) {
  return {.sampler = racer.sampler(),
          .reference = &racer == &race.reference(),
          .steps = racer.steps(),
          .evaluations = racer.evaluations(),
          .distance = race.distance_of(racer),
          .finished = racer.finished(),
          .guess = to_bytes(to_image_batch(racer.guess()))};
}

}  // namespace

Piece racing(const Race& asked, SharedModel model) {
  require_noise(*model, "A race of samplers");
  const auto race = std::make_shared<Racing>(asked.settings, asked.conditions, asked.samplers,
                                             asked.evaluations, *model);
  return [race, model = std::move(model)](const Emit& emit) {
    const Racer* further = race->step();
    if (!further) return false;
    const bool reference = further == &race->reference();
    emit(Progress{race->fraction(),
                  reference ? "running the long way to compare with" : "racing samplers"});
    if (!reference || further->finished()) emit(told(*race, *further));
    return true;
  };
}

}  // namespace stepwise
