// The painting in hand and its undo history: plain values, each state immutable. Window thread
// only.
#pragma once

#include <optional>
#include <vector>

#include "painting/edit.h"
#include "widgets/picture.h"

namespace stepwise::app {

// Which picture is painted on.
struct Place {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;

  bool operator==(const Place&) const = default;
};

struct Painting {
  Place place;
  Layers layers;

  bool operator==(const Painting&) const = default;
};

// What the layers make of the two pictures that can be painted on; nothing where they paint on
// neither. The model's answer to it comes later.
struct PaintedPictures {
  Picture guess, noisy;
  Picture of;  // The guess that was painted on.
};

inline constexpr std::size_t kMaxUndo = 64;

// States one after the other; "nothing painted" is a state as well, and the one before the first.
class PaintHistory {
 public:
  const std::optional<Painting>& current() const;

  // What was painted becomes the newest state; states that were undone are gone, and the oldest are
  // forgotten beyond kMaxUndo.
  void push(std::optional<Painting> state);
  // Changes the newest state in place, as one stroke goes on.
  void replace(Painting state);

  bool can_undo() const { return at_ > 0; }
  bool can_redo() const { return at_ + 1 < states_.size(); }
  void undo();
  void redo();
  void clear();

 private:
  std::vector<std::optional<Painting>> states_{std::nullopt};
  std::size_t at_ = 0;
};

}  // namespace stepwise::app
