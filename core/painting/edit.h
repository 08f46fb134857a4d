// An edit as a plain value: layers of strokes on one picture at one step of a branch. No torch;
// free to cross threads.
#pragma once

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "fields.h"
#include "painting/stroke.h"

namespace stepwise {

using BranchId = int;  // Ids rise in the order of creation and are never used twice.

// Which picture an edit paints on: the guess D(x, sigma), or the noisy picture x itself.
enum class Surface { kGuess, kNoisy };
enum class NoiseSource { kImplied, kFresh };  // (x - guess) / sigma, or newly drawn.

// What a layer does where its stroke covers the picture.
struct Paint {
  Surface surface = Surface::kGuess;
  float value = 0;  // In data units, in all channels.
  bool operator==(const Paint&) const = default;
};
STEPWISE_FIELDS(Paint, surface, value)

// Keeps the guess as the edit leaves it: the model carries on with the rest alone.
struct Lock {
  bool operator==(const Lock&) const = default;
};
STEPWISE_FIELDS(Lock)

// Brings back what was there before the layers below it, and takes their locks away.
struct Erase {
  bool operator==(const Erase&) const = default;
};
STEPWISE_FIELDS(Erase)

struct Layer {
  Stroke stroke;
  std::variant<Paint, Lock, Erase> what;
  bool operator==(const Layer&) const = default;
};
STEPWISE_FIELDS(Layer, stroke, what)

// The layers of one edit, each over those before it.
using Layers = std::vector<Layer>;

// Throws Error if a number is out of range or none.
void check(const Layers& layers);

bool paints_on(const Layers& layers, Surface surface);

// A picture with what the layers paint on this surface.
Image painted(const Image& original, const Layers& layers, Surface surface);

// How much of each pixel is locked, 0 to 1: one channel; empty where nothing is.
Image locked_by(const Layers& layers, int height, int width);

struct Edit {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;
  NoiseSource noise = NoiseSource::kImplied;
  std::uint64_t noise_seed = 1;  // Of fresh noise.
  Layers layers;
  bool operator==(const Edit&) const = default;
};
STEPWISE_FIELDS(Edit, branch, step, picture, noise, noise_seed, layers)

inline constexpr std::array kSurfaces = {Named<Surface>{Surface::kGuess, "guess"},
                                         Named<Surface>{Surface::kNoisy, "noisy"}};
constexpr const auto& names_of(Surface) { return kSurfaces; }
inline constexpr std::array kNoiseSources = {Named<NoiseSource>{NoiseSource::kImplied, "implied"},
                                             Named<NoiseSource>{NoiseSource::kFresh, "fresh"}};
constexpr const auto& names_of(NoiseSource) { return kNoiseSources; }

}  // namespace stepwise
