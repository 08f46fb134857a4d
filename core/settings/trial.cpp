#include "settings/trial.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "error.h"

namespace stepwise {
namespace {

// Neighbors of which the same is sure.
struct Stretch {
  Verdict verdict;
  double sigma_low, sigma_high;
  double least, most;  // Of the difference, as shares: nearest to none, and farthest.
};

double size_of(const Difference& loss, bool most) {
  const double low = std::abs(share_of(loss.low)), high = std::abs(share_of(loss.high));
  return most ? std::max(low, high) : std::min(low, high);
}

std::vector<Stretch> stretches_of(const std::vector<TrialRange>& ranges) {
  std::vector<Stretch> all;
  for (const TrialRange& range : ranges) {
    const Verdict verdict = verdict_on(range.loss);
    const double least = size_of(range.loss, false), most = size_of(range.loss, true);
    if (all.empty() || all.back().verdict != verdict) {
      all.push_back({verdict, range.sigma_low, range.sigma_high, least, most});
      continue;
    }
    Stretch& last = all.back();
    last.sigma_high = range.sigma_high;
    last.least = std::min(last.least, least);
    last.most = std::max(last.most, most);
  }
  return all;
}

std::string format(const char* how, double value) {
  char text[32];
  std::snprintf(text, sizeof(text), how, value);
  return text;
}

std::string percent(double share) { return format(share < 0.0995 ? "%.1f" : "%.0f", 100 * share); }

// " below σ 0.63", " between severity 0.25 and 0.5", " above σ 3.6", " at all noise levels".
std::string where(const std::vector<Stretch>& all, std::size_t i, const DegradationStack& undone) {
  if (all.size() == 1) return has_severity(undone) ? " at all severities" : " at all noise levels";
  const std::string low = format("%.2g", all[i].sigma_low),
                    high = format("%.2g", all[i].sigma_high), level = level_word(undone);
  if (i == 0) return " below " + level + " " + high;
  if (i + 1 == all.size()) return " above " + level + " " + low;
  return " between " + level + " " + low + " and " + high;
}

std::string better(char which, const Stretch& s, const std::string& place) {
  return text_of(which, " is better", place, ", by ", percent(s.least), " to ", percent(s.most),
                 " %");
}

std::string words_for(const Stretch& s, const std::string& place) {
  switch (s.verdict) {
    case Verdict::kABetter:
      return better('A', s, place);
    case Verdict::kBBetter:
      return better('B', s, place);
    case Verdict::kAlike:
      return text_of("there is no difference", place, " of more than ", percent(s.most), " %");
    case Verdict::kOpen:
      break;
  }
  return "it is not decided yet" + place;
}

// Where no range by itself is sure of anything, all together may be.
std::string words_for_whole(const TrialRange& whole) {
  const Verdict verdict = verdict_on(whole.loss);
  if (verdict != Verdict::kOpen)
    return words_for({verdict, whole.sigma_low, whole.sigma_high, size_of(whole.loss, false),
                      size_of(whole.loss, true)},
                     " on the whole");
  return text_of("Not decided yet: the loss of B may be ", percent(-share_of(whole.loss.low)),
                 " % less than that of A, or ", percent(share_of(whole.loss.high)), " % more");
}

std::string as_sentence(std::string words) {
  if (words.front() >= 'a' && words.front() <= 'z') words.front() += 'A' - 'a';
  return words + ".";
}

}  // namespace

Verdict verdict_on(const Difference& loss) {
  if (loss.high < 0) return Verdict::kBBetter;
  if (loss.low > 0) return Verdict::kABetter;
  const bool alike = share_of(loss.high) < kTrialAlike && -share_of(loss.low) < kTrialAlike;
  return alike ? Verdict::kAlike : Verdict::kOpen;
}

double share_of(double difference) { return std::expm1(difference); }

std::string words_for(const TrialLook& look, const DegradationStack& undone) {
  const std::vector<Stretch> all = stretches_of(look.ranges);
  if (all.size() == 1 && all.front().verdict == Verdict::kOpen)
    return as_sentence(words_for_whole(look.whole));
  std::string words;
  for (std::size_t i = 0; i < all.size(); ++i)
    words += (i > 0 ? "; " : "") + words_for(all[i], where(all, i, undone));
  return as_sentence(words);
}

}  // namespace stepwise
