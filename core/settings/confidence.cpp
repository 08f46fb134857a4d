#include "settings/confidence.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "error.h"

namespace stepwise {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double squares_around(double mean, std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum;
}

}  // namespace

Difference difference_of_means(std::span<const double> a, std::span<const double> b, double error) {
  require(a.size() == b.size() && a.size() >= 2, "There are ", a.size(), " values of one kind and ",
          b.size(), " of the other. It takes as many of both, and two at least.");
  require(error > 0 && error < 1, "The chance of an error is ", error,
          ", but must lie between 0 and 1.");
  const double count = double(a.size()), freedom = 2 * count - 2;
  const double of_a = mean_of(a), of_b = mean_of(b);
  const double variance = (squares_around(of_a, a) + squares_around(of_b, b)) / freedom;
  const boost::math::students_t student(freedom);
  const double reach = boost::math::quantile(boost::math::complement(student, error / 2)) *
                       std::sqrt(2 * variance / count);
  const double mean = of_b - of_a;
  return {mean, mean - reach, mean + reach};
}

}  // namespace stepwise
