#include "session/survival.h"

namespace stepwise {

Piece measuring(const SampleSettings& settings, SharedModel model) {
  const auto measurement = std::make_shared<SurvivalMeasurement>(settings, std::move(model));
  return [measurement](const Emit& emit) {
    const bool more = measurement->step();
    emit(Progress{measurement->fraction(), "painting and looking what is left"});
    if (!more) emit(SurvivalMeasured{measurement->table()});
    return more;
  };
}

}  // namespace stepwise
