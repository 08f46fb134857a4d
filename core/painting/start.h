// Where a tree of branches begins, if not with plain noise: plain values. No torch; free to cross
// threads.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "fields.h"
#include "image/image.h"
#include "range.h"
#include "settings/condition.h"

namespace stepwise {

// y is the picture, s_k the level of step k, n standard normal noise.
enum class StartKind { kSdedit, kEditFriendly, kDdim, kFlow, kBetween };

struct StartName {
  StartKind kind;
  std::string_view id;     // As typed on the command line and stored in files.
  std::string_view label;  // As shown,
  std::string_view help;   //   with a sentence.
  std::string_view paper;
};
// In the order of the enumeration.
inline constexpr std::array kStarts = {
    StartName{StartKind::kSdedit, "sdedit", "Noise it",
              "Adds noise of this level; the model makes a picture of its own of what is left.",
              "Meng et al. 2022"},
    StartName{StartKind::kEditFriendly, "edit-friendly", "Open it",
              "Makes every step of a way that ends in exactly this picture; edit any of them.",
              "Huberman-Spiegelglas et al. 2024"},
    StartName{StartKind::kDdim, "ddim", "Trace it back",
              "Follows the sampler backwards to the noise that leads to nearly this picture.",
              "Song et al. 2021a"},
    StartName{StartKind::kFlow, "flow", "Change it",
              "Moves only what two classes differ in; needs no noise of the picture's own.",
              "Kulikov et al. 2025"},
    StartName{StartKind::kBetween, "between", "In between",
              "Turns the noise of one picture into that of another.", "Shoemake 1985"},
};
constexpr auto names_of(StartKind) {
  std::array<Named<StartKind>, kStarts.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {kStarts[i].kind, kStarts[i].id};
  return names;
}
constexpr const StartName& name_of(StartKind kind) { return kStarts[std::size_t(kind)]; }

// The noise that a picture of a tree begins with.
struct NoiseOf {
  std::uint64_t seed = 1;  // Of the tree.
  int picture = 0;
  bool operator==(const NoiseOf&) const = default;
};
STEPWISE_FIELDS(NoiseOf, seed, picture)

inline constexpr Range<int> kStartDraws{1, 64};

struct Start {
  StartKind kind = StartKind::kSdedit;
  Image picture;        // y, of the model's size, in data units; of kBetween there is none.
  double sigma = 5;     // Levels above it are left out.
  Condition source;     // kDdim, kFlow: what y shows.
  double guidance = 1;  // Towards that.
  int draws = 1;        // kFlow: noises that each step is the mean over.
  NoiseOf from, to;     // kBetween: of the first picture and of the last.
  bool operator==(const Start&) const = default;
};
STEPWISE_FIELDS(Start, kind, picture, sigma, source, guidance, draws, from, to)

// Throws Error if a number is out of range or none.
void check(const Start& start);

}  // namespace stepwise
