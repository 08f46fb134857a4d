#include "view/painting.h"

#include <cassert>
#include <utility>

namespace stepwise::app {

const std::optional<Painting>& PaintHistory::current() const { return states_[at_]; }

void PaintHistory::push(std::optional<Painting> state) {
  states_.resize(at_ + 1);
  states_.push_back(std::move(state));
  if (states_.size() > kMaxUndo + 1) states_.erase(states_.begin());
  at_ = states_.size() - 1;
}

void PaintHistory::replace(Painting state) {
  assert(!can_redo());
  states_[at_] = std::move(state);
}

void PaintHistory::undo() {
  if (can_undo()) --at_;
}

void PaintHistory::redo() {
  if (can_redo()) ++at_;
}

void PaintHistory::clear() {
  states_.assign(1, std::nullopt);
  at_ = 0;
}

}  // namespace stepwise::app
