#include "panels/evaluation_words.h"

#include <cmath>

#include "error.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr double kLeastLevel = 0.01, kLargestLevel = 0.5;  // That are told apart; see frechet.h.
constexpr double kHardlySeen = 0.05;                       // Noise up to this level,
constexpr double kGrain = 0.2;                             //   and noise that hides nothing yet.
constexpr double kCopies = 0.5;  // Nearest pictures at less than this share of real ones' distance.
constexpr double kAlike = 0.1;   // A difference of distances that is none, as a share.

const char* look_of(double level) {
  if (level <= kHardlySeen) return "which is hardly seen";
  return level <= kGrain ? "which is seen as grain" : "which hides details";
}

}  // namespace

std::string distance_words(const Evaluation& f) {
  if (f.distance <= f.floor)
    return text_of("These pictures are as near to real ones as other real ones are: of ", f.count,
                   " no difference can be measured.");
  const std::string noise = " real ones with noise of σ ";
  if (f.noise_equivalent_level <= kLeastLevel)
    return text_of("These pictures are nearer to real ones than", noise, kLeastLevel,
                   " on them, which nobody sees.");
  if (f.noise_equivalent_level >= kLargestLevel)
    return text_of("These pictures are further from real ones than", noise, kLargestLevel,
                   " on them: little in them is right.");
  return text_of("These pictures are as far from real ones as", noise,
                 format_number(f.noise_equivalent_level, 2), " on them, ",
                 look_of(f.noise_equivalent_level), ".");
}

std::string agreement_words(const Evaluation& f) {
  if (!std::isfinite(f.agreement) || !std::isfinite(f.real_agreement) || f.count <= 0) return "";
  const double difference = f.agreement - f.real_agreement;
  const double error = std::sqrt(f.real_agreement * (1 - f.real_agreement) / f.count);
  const std::string seen = format_percent(f.agreement) + " show what was asked for";
  if (std::abs(difference) <= 2 * error)
    return seen + ", by the classifier, as many as of real pictures: good.";
  const std::string real = " than of real pictures (" + format_percent(f.real_agreement) + "): ";
  if (difference < 0) return seen + ", fewer" + real + "some miss their class.";
  return seen + ", more" + real + "they are clearer than life, and less varied.";
}

std::string measured_words(const MeasuredPoint& p) {
  std::string words = "FD " + format_number(p.distance, 3);
  if (std::isfinite(p.low) && std::isfinite(p.high))
    words += text_of(" (", format_number(p.low, 3), " to ", format_number(p.high, 3), ")");
  words += text_of(" at step ", format_count(p.step), ", floor ", format_number(p.floor, 3));
  if (std::isfinite(p.agreement))
    words += ", " + format_percent(p.agreement) + " of the classes agree";
  return words + text_of(", nearest ", format_number(p.nearest, 2), " (real ",
                         format_number(p.real_nearest, 2), ")");
}

std::string nearest_words(const Evaluation& f) {
  if (!(f.real_nearest > 0) || !std::isfinite(f.nearest)) return "";
  const double share = f.nearest / f.real_nearest;
  const std::string apart = text_of("Their nearest training pictures are ", format_percent(share),
                                    " as far away as those of new real pictures: ");
  if (share < kCopies) return apart + "many are copies.";
  if (share < 1 - kAlike) return apart + "they keep close to what was learned.";
  if (share > 1 + kAlike) return apart + "further off than real ones are.";
  return apart + "good, they are no copies.";
}

}  // namespace stepwise::app
