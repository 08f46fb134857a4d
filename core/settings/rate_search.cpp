#include "settings/rate_search.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "error.h"
#include "settings/recipe.h"

namespace stepwise {
namespace {

constexpr double kLowest = 1e-3, kHighest = 30;  // Times the recipe's rate.

// Share of the past in the smoothed loss. Batches differ by less than they could, for the noise
// levels of each are stratified; of the noise that is left, the mean keeps a quarter. It is nine
// steps late for that, which are two and a half times the rate: the tenth below leaves room for it.
constexpr double kPast = 0.9;
// The mean of fewer losses says nothing yet.
constexpr std::size_t kSettled = 10;
// By less than this share the smoothed loss rises and falls of itself.
constexpr double kByItself = 0.1;

// The rate at which the loss is least, by this. That place hangs on many batches; where the loss
// falls fastest, the other rule in use, would hang on the noise of a few. (Both are fast.ai's.)
constexpr double kRoom = 10;

std::string two_digits(double rate) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.2g", rate);
  return text;
}

double rounded(double rate) { return std::strtod(two_digits(rate).c_str(), nullptr); }

bool fell(const RateSearch& search) {
  const RatePoint* least = least_of(search);
  return least && least->smoothed < (1 - kByItself) * search.points[kSettled - 1].smoothed;
}

// After its least, or at once.
bool grew(const RateSearch& search) {
  const RatePoint* least = least_of(search);
  return search.diverged ||
         (least && search.points.back().smoothed > (1 + kByItself) * least->smoothed);
}

double suggested(const RateSearch& search) {
  if (!fell(search)) return 0;
  return rounded(std::max(kLearningRate.min, least_of(search)->rate / kRoom));
}

}  // namespace

RateSearch search_around(double learning_rate) {
  RateSearch search;
  search.from = std::clamp(kLowest * learning_rate, kLearningRate.min, kLearningRate.max);
  search.to = std::clamp(kHighest * learning_rate, kLearningRate.min, kLearningRate.max);
  return search;
}

double next_rate(const RateSearch& search) {
  const double share = double(search.points.size()) / (kRateSteps - 1);
  return std::clamp(search.from * std::pow(search.to / search.from, share), search.from, search.to);
}

void add_loss(double loss, RateSearch& search) {
  if (std::isfinite(loss)) {
    // A mean that began with 0 is too small by this share.
    const auto missing = [](std::size_t count) { return std::pow(kPast, double(count)); };
    const std::size_t before = search.points.size();
    const double past = before == 0 ? 0 : search.points.back().smoothed * (1 - missing(before));
    const double mean = kPast * past + (1 - kPast) * loss;
    search.points.push_back({next_rate(search), loss, mean / (1 - missing(before + 1))});
    const RatePoint* least = least_of(search);
    search.diverged = least && search.points.back().smoothed > kRateDiverged * least->smoothed;
  } else {
    search.diverged = true;
  }
  if (is_over(search)) search.suggestion = suggested(search);
}

bool is_over(const RateSearch& search) {
  return search.diverged || search.points.size() >= std::size_t(kRateSteps);
}

const RatePoint* least_of(const RateSearch& search) {
  if (search.points.size() < kSettled) return nullptr;
  return &*std::min_element(
      search.points.begin() + (kSettled - 1), search.points.end(),
      [](const RatePoint& a, const RatePoint& b) { return a.smoothed < b.smoothed; });
}

std::string words_for(const RateSearch& search) {
  if (search.points.empty())
    return "The loss was no number from the first step on: something else than the learning rate "
           "is wrong with the recipe.";
  const std::string tried = text_of("Tried from ", two_digits(search.from), " to ",
                                    two_digits(search.points.back().rate), ": the loss ");
  if (search.suggestion == 0)
    return tried + (grew(search)
                        ? "grew before it had fallen. Search again from a lower learning rate."
                        : "hardly fell. Search again from a higher learning rate.");
  const std::string tenth = "A tenth of that, " + two_digits(search.suggestion);
  return tried + "fell until " + two_digits(least_of(search)->rate) +
         (grew(search) ? ", then it grew. " + tenth + ", leaves room."
                       : " and did not grow. " + tenth + ", is safe; more may be better.");
}

}  // namespace stepwise
