// An edit as a plain value: layers on one picture at one step of a branch. No torch; free to cross
// threads.
#pragma once

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "fields.h"
#include "painting/color.h"
#include "painting/fill_in.h"
#include "painting/shape.h"
#include "painting/stamp.h"
#include "settings/condition.h"

namespace stepwise {

using BranchId = int;  // Ids rise in the order of creation and are never used twice.

// Which picture an edit paints on: the guess D(x, sigma), or the noisy picture x itself.
enum class Surface { kGuess, kNoisy };
enum class NoiseSource { kImplied, kFresh };  // (x - guess) / sigma, or newly drawn.

// What a layer does where its shape covers the picture.
struct Paint {
  Surface surface = Surface::kGuess;
  Color color;
  bool operator==(const Paint&) const = default;
};
STEPWISE_FIELDS(Paint, surface, color)

// Drags what the guess shows along a stroke, as far as the layer's strength carries it.
struct Smudge {
  bool operator==(const Smudge&) const = default;
};
STEPWISE_FIELDS(Smudge)

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

// Goes back to a higher noise level there, and stays with the rest: how far may differ from pixel
// to pixel (differential diffusion, Levin and Fried 2023).
struct Rewind {
  double sigma = 1;  // Where the shape covers fully; in between, the levels between.
  bool operator==(const Rewind&) const = default;
};
STEPWISE_FIELDS(Rewind, sigma)

// Another condition there: D is the sum of the denoisers of all conditions, weighted by what covers
// each pixel.
struct Region {
  Condition condition;
  float strength = 1;
  bool operator==(const Region&) const = default;
};
STEPWISE_FIELDS(Region, condition, strength)

// What the finished picture is wished to be there; the guess follows its gradient, as far as the
// layer's strength has it.
enum class WishKind { kSketch, kColor, kSymmetry };
inline constexpr std::array kWishes = {Named<WishKind>{WishKind::kSketch, "sketch"},
                                       Named<WishKind>{WishKind::kColor, "color"},
                                       Named<WishKind>{WishKind::kSymmetry, "symmetry"}};
constexpr const auto& names_of(WishKind) { return kWishes; }
inline constexpr Range<int> kCoarse{1, 64};
struct Wish {
  WishKind kind = WishKind::kColor;
  Color color = {};   // Of kColor: the mean there.
  Image sketch = {};  // Of kSketch: what it looks like from afar,
  int coarse = 4;     //   in squares of so many pixels.
  bool operator==(const Wish&) const = default;
};
STEPWISE_FIELDS(Wish, kind, color, sketch, coarse)

using LayerKind = std::variant<Paint, Stamp, Smudge, Lock, Erase, Rewind, Region, Wish>;

struct Layer {
  Shape shape;
  LayerKind what;
  bool hidden = false;  // It does nothing until it is shown again.
  float strength = 1;   // Times what the shape covers: how opaque paint is, how firm a lock.
  bool operator==(const Layer&) const = default;
};
STEPWISE_FIELDS(Layer, shape, what, hidden, strength)

// The layers of one edit, each over those before it.
using Layers = std::vector<Layer>;

// Throws Error if a number is out of range or none, or a layer cannot have its shape.
void check(const Layers& layers);

// How much of each pixel a layer acts on: what its shape covers, times its strength.
Image coverage_of(const Layer& layer, int height, int width);

bool paints_on(const Layers& layers, Surface surface);

// A picture with what the layers paint on this surface: the guess is stamped and smudged as well.
Image painted(const Image& original, const Layers& layers, Surface surface);
// The same for one layer more; `original` is what an eraser brings back.
Image painted(Image picture, const Image& original, const Layer& layer, Surface surface);

// How much of each pixel is locked, 0 to 1: one channel; empty where nothing is.
Image locked_by(const Layers& layers, int height, int width);

struct Edit {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;
  NoiseSource noise = NoiseSource::kImplied;
  std::uint64_t noise_seed = 1;  // Of fresh noise.
  Layers layers;
  FillIn fill;
  bool operator==(const Edit&) const = default;
};
STEPWISE_FIELDS(Edit, branch, step, picture, noise, noise_seed, layers, fill)

// Throws Error likewise.
void check(const Edit& edit);

inline constexpr std::array kSurfaces = {Named<Surface>{Surface::kGuess, "guess"},
                                         Named<Surface>{Surface::kNoisy, "noisy"}};
constexpr const auto& names_of(Surface) { return kSurfaces; }
inline constexpr std::array kNoiseSources = {Named<NoiseSource>{NoiseSource::kImplied, "implied"},
                                             Named<NoiseSource>{NoiseSource::kFresh, "fresh"}};
constexpr const auto& names_of(NoiseSource) { return kNoiseSources; }

}  // namespace stepwise
