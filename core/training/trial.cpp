#include "training/trial.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "training/loss.h"
#include "training/network.h"

namespace stepwise {
namespace {

constexpr int kRangeBins = 2;  // Bins of the held-out loss that are one range of a trial.
constexpr int kRanges = kLevelBins / kRangeBins;
static_assert(kLevelBins % kRangeBins == 0);

// What may be wrong of each of the differences that a trial looks at.
constexpr double kErrorOfEach = kTrialError / (kTrialLooks * (kRanges + 1));

// How all runs of a recipe do on what is held out.
std::vector<HeldOutPoint> measured(char recipe, std::vector<Trainer>& runs) {
  std::vector<HeldOutPoint> points;
  for (Trainer& run : runs) {
    try {
      run.collect();
    } catch (const Error& e) {
      throw Error(
          text_of("Run ", points.size() + 1, " of recipe ", recipe, " cannot go on. ", e.what()));
    }
    points.push_back(run.evaluate_held_out());
  }
  return points;
}

// Logarithms of the mean losses in bins first to last - 1.
std::vector<double> logarithms(const std::vector<HeldOutPoint>& points, int first, int last) {
  std::vector<double> values;
  for (const HeldOutPoint& point : points) {
    const auto begin = point.bins.begin();
    values.push_back(std::log(std::accumulate(begin + first, begin + last, 0.0) / (last - first)));
  }
  return values;
}

}  // namespace

Trial::Trial(Recipe a, Recipe b, int pairs, const Dataset& data, torch::Device device)
    : recipe_a_(std::move(a)),
      recipe_b_(std::move(b)),
      pairs_(std::size_t(pairs)),
      data_(&data),
      device_(device) {
  kTrialPairs.check("The number of runs of each recipe", pairs);
  for (const Recipe* recipe : {&recipe_a_, &recipe_b_}) {
    require(recipe->budget != Budget{}, "A trial needs a time or a number of steps for each run.");
    const std::string trouble = trouble_with_new_weights(*recipe);
    require(trouble.empty(), trouble);
  }
  require(recipe_a_.sigma_data == recipe_b_.sigma_data, "Losses for a sigma_data of ",
          recipe_a_.sigma_data, " and of ", recipe_b_.sigma_data,
          " do not compare. Give both recipes the same.");
  require(recipe_a_.degradation == recipe_b_.degradation, "Losses of models that undo ",
          id_of(recipe_a_.degradation), " and of those that undo ", id_of(recipe_b_.degradation),
          " do not compare. Give both recipes the same degradation.");
  a_.reserve(pairs_);  // They stay where they are.
  b_.reserve(pairs_);
}

Trainer Trial::begun(const Recipe& recipe, std::size_t pair) const {
  Recipe own = fitted_to(data_->train, recipe);
  own.seed += pair;
  return Trainer(own, *data_, device_);
}

Trainer& Trial::next() {
  Trainer* least = &a_.front();
  for (std::size_t i = 0; i < a_.size(); ++i)
    for (Trainer* run : {&a_[i], &b_[i]})
      if (run->fraction() < least->fraction()) least = run;
  return *least;
}

double Trial::fraction() const {
  if (b_.size() < pairs_) return 0;
  double least = 1;
  for (const Runs* runs : {&a_, &b_})
    for (const Trainer& run : *runs) least = std::min(least, run.fraction());
  return least;
}

void Trial::advance(const std::function<bool()>& asked) {
  if (a_.size() < pairs_) return void(a_.push_back(begun(recipe_a_, a_.size())));
  if (b_.size() < pairs_) return void(b_.push_back(begun(recipe_b_, b_.size())));
  if (!stepping_) stepping_ = &next();
  if (stepping_->advance(asked)) std::exchange(stepping_, nullptr)->set_paused(true);
}

bool Trial::due() const { return !finished() && fraction() >= double(looks_ + 1) / kTrialLooks; }

// Of bins first to last - 1.
TrialRange Trial::range(int first, int last) const {
  const std::vector<double> edges = level_bin_edges(recipe_a_.degradation);
  return {edges[std::size_t(first)], edges[std::size_t(last)],
          difference_of_means(logarithms(of_a_, first, last), logarithms(of_b_, first, last),
                              kErrorOfEach)};
}

TrialLook Trial::look() {
  of_a_ = measured('A', a_);
  of_b_ = measured('B', b_);
  TrialLook look;
  look.number = ++looks_;
  look.whole = range(0, kLevelBins);
  for (int i = 0; i < kRanges; ++i)
    look.ranges.push_back(range(i * kRangeBins, (i + 1) * kRangeBins));
  for (std::size_t i = 0; i < pairs_; ++i) {
    look.a.push_back(of_a_[i].held_out);
    look.b.push_back(of_b_[i].held_out);
    look.seconds += a_[i].seconds() + b_[i].seconds();
  }
  return look;
}

}  // namespace stepwise
