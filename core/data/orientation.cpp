#include "data/orientation.h"

#include <algorithm>
#include <vector>

namespace stepwise {
namespace {

constexpr int kMaxLooked = 5000;
constexpr double kLying = 0.8;      // A ratio below that is of no upright set that we know.
constexpr double kNearlyAll = 0.8;  // Share of the classes.

// Sums over pictures of the variance of their ink about its centre, in pixels.
struct Spread {
  double down = 0, across = 0;
  double ratio() const { return across > 0 ? down / across : 1; }
};

// Along an axis, from how much ink there is at each place.
double variance(const std::vector<double>& ink) {
  double sum = 0, first = 0, second = 0;
  for (std::size_t i = 0; i < ink.size(); ++i) {
    sum += ink[i];
    first += double(i) * ink[i];
    second += double(i) * double(i) * ink[i];
  }
  return sum > 0 ? second / sum - first / sum * (first / sum) : 0;
}

void add(Spread& spread, const Pictures& pictures, int i) {
  std::vector<double> rows(std::size_t(pictures.height)), columns(std::size_t(pictures.width));
  const std::uint8_t* at = pictures.picture(i).data();
  for (double& row : rows)
    for (double& column : columns)
      for (int c = 0; c < pictures.channels; ++c, ++at) {
        row += *at;
        column += *at;
      }
  spread.down += variance(rows);
  spread.across += variance(columns);
}

// Of each class, over pictures evenly spaced.
std::vector<Spread> spreads_of(const Pictures& pictures, std::size_t classes) {
  std::vector<Spread> spreads(classes);
  const int stride = std::max(1, pictures.count / kMaxLooked);
  for (int i = 0; i < pictures.count; i += stride)
    add(spreads[classes > 1 ? pictures.labels[std::size_t(i)] : 0], pictures, i);
  return spreads;
}

}  // namespace

double upright_ratio(const Pictures& pictures) { return spreads_of(pictures, 1)[0].ratio(); }

bool lies_on_its_side(const Pictures& pictures, std::size_t classes) {
  if (pictures.height != pictures.width || upright_ratio(pictures) > kLying) return false;
  const std::vector<Spread> spreads = spreads_of(pictures, classes);
  const auto lying = std::ranges::count_if(spreads, [](const Spread& s) { return s.ratio() < 1; });
  return double(lying) >= kNearlyAll * double(classes);
}

}  // namespace stepwise
