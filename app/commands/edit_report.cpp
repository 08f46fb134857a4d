#include "commands/edit_report.h"

#include <algorithm>
#include <cmath>

#include "image/sha256.h"

namespace stepwise {
namespace {

constexpr double kGreys = 127.5;  // In one data unit.

// Means over all values, each weighted by how much of its pixel is meant.
struct Mean {
  double sum = 0, weight = 0;
  void add(double value, double share) { sum += share * value, weight += share; }
  double value() const { return weight > 0 ? sum / weight : 0; }
};

template <class Visit>
void each_change(const Image& before, const Image& after, const Image& area, Visit visit) {
  for (std::size_t i = 0; i < before.pixels.size(); ++i)
    visit(kGreys * (double(after.pixels[i]) - before.pixels[i]),
          double(area.pixels[i / std::size_t(before.channels)]));
}

std::string checksum(const Image& picture) {
  return pixels_sha256({1, picture.height, picture.width, picture.channels, picture.pixels});
}

}  // namespace

ChangeAtLevel change_between(const Image& before, const Image& after, const Image& area,
                             double sigma) {
  Mean inside, outside;
  each_change(before, after, area, [&](double change, double share) {
    inside.add(std::abs(change), share);
    outside.add(std::abs(change), share == 0);
  });
  return {sigma, inside.value(), outside.value()};
}

void compare(EditReport& report, const Image& before, const Image& after, const Image& area) {
  const ChangeAtLevel changed = change_between(before, after, area, 0);
  report.changed_inside = changed.inside;
  report.changed_outside = changed.outside;
  Mean inside, outside, part;
  each_change(before, after, area, [&](double change, double share) {
    inside.add(change, share);
    outside.add(change, share == 0);
    part.add(share, 1);
    if (share > 0) return;
    ++report.values_outside;
    report.differing_outside += change != 0;
    report.largest_outside = std::max(report.largest_outside, std::abs(change));
  });
  report.area = part.value();
  report.drift_inside = inside.value();
  report.drift_outside = outside.value();
  report.before_sha256 = checksum(before);
  report.after_sha256 = checksum(after);
}

double noise_off(const Image& noisy, const Image& guess, double sigma) {
  double squares = 0;
  for (std::size_t i = 0; i < noisy.pixels.size(); ++i)
    squares += std::pow(double(noisy.pixels[i]) - guess.pixels[i], 2);
  return std::sqrt(squares / double(noisy.pixels.size())) / sigma - 1;
}

}  // namespace stepwise
