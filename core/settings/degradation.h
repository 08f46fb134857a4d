// Ways of making a picture worse, little by little, that a model can learn to undo: plain values.
// No torch here; any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fields.h"
#include "range.h"

namespace stepwise {

// How each of them acts stands in diffusion/degradation.h.
enum class Degradation { kNoise, kBlur, kLowResolution, kBlocks, kJpeg, kText };

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
    DegradationName{Degradation::kText, "text", "Text",
                    "White letters are written across it, ever more, each picture's own."},
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

// What makes pictures worse: noise; or other degradations, each once, one after the other at the
// same severity.
class DegradationStack {
 public:
  DegradationStack(Degradation one = Degradation::kNoise) : families_{one} {}
  // Throws Error if there is none, one of them twice, or noise beside others.
  explicit DegradationStack(std::vector<Degradation> families);

  const std::vector<Degradation>& families() const { return families_; }
  auto operator<=>(const DegradationStack&) const = default;

 private:
  std::vector<Degradation> families_;
};

// As typed and stored: "blur,blocks".
std::string id_of(const DegradationStack& stack);
// Throws Error for what is no degradation, and says which there are. Takes names of old files too.
void read_id(std::string_view id, DegradationStack& stack);
// As shown, "Blur, missing blocks", and in a sentence for each.
std::string label_of(const DegradationStack& stack);
std::string help_of(const DegradationStack& stack);

// With that one behind the others or, where it was among them, without it; noise alone takes the
// place of all and gives way to any.
DegradationStack toggled(const DegradationStack& stack, Degradation family);

inline constexpr Range<double> kSeverity{0, 1};

// Pictures of other degradations than noise are worse by a severity from 0, not at all, to 1; it
// plays the part that the noise level has elsewhere.
inline bool has_severity(const DegradationStack& stack) {
  return stack.families().front() != Degradation::kNoise;
}

// What a level is called in a word before its number: "severity", or the letter of noise levels.
inline const char* level_word(const DegradationStack& stack) {
  return has_severity(stack) ? "severity" : "σ";
}

}  // namespace stepwise
