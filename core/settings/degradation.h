// Ways of making a picture worse, little by little, that a model can learn to undo: plain values.
// No torch here; any thread.
#pragma once

#include <array>
#include <string_view>

#include "fields.h"
#include "range.h"

namespace stepwise {

// How each of them acts stands in diffusion/degradation.h.
enum class Degradation { kNoise, kBlur, kLowResolution, kBlocks, kJpeg, kBlurAndBlocks };

struct DegradationName {
  Degradation kind;
  std::string_view id;     // As typed on the command line and stored in files.
  std::string_view label;  // As shown,
  std::string_view help;   //   with a sentence.
};
// In the order of the enumeration.
inline constexpr std::array kDegradations = {
    DegradationName{Degradation::kNoise, "noise", "Noise",
                    "Noise takes the place of the picture, more and more of it."},
    DegradationName{Degradation::kBlur, "blur", "Blur",
                    "Each pixel becomes a mean of those around it, from ever further away."},
    DegradationName{Degradation::kLowResolution, "low-resolution", "Low resolution",
                    "Fewer and larger pixels, each the mean of what it covers."},
    DegradationName{Degradation::kBlocks, "blocks", "Missing blocks",
                    "Squares turn black, one after the other, in an order of each picture's own."},
    DegradationName{
        Degradation::kJpeg, "jpeg", "JPEG",
        "Waves in squares of 8 x 8 pixels are rounded, as JPEG does, ever more coarsely."},
    DegradationName{Degradation::kBlurAndBlocks, "blur-and-blocks", "Blur and blocks",
                    "The picture is blurred, and squares of that turn black."},
};
constexpr auto names_of(Degradation) {
  std::array<Named<Degradation>, kDegradations.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = {kDegradations[i].kind, kDegradations[i].id};
  return names;
}
constexpr const DegradationName& name_of(Degradation kind) {
  return kDegradations[std::size_t(kind)];
}

inline constexpr Range<double> kSeverity{0, 1};

// Pictures of other degradations than noise are worse by a severity from 0, not at all, to 1; it
// plays the part that the noise level has elsewhere.
constexpr bool has_severity(Degradation kind) { return kind != Degradation::kNoise; }

}  // namespace stepwise
