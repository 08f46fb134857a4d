#include "settings/corrections.h"

#include <algorithm>

#include "error.h"

namespace stepwise {

void check(const Corrections& corrections) {
  int before = -1;
  for (const Correction& c : corrections.pictures) {
    require(c.index >= 0, "Training picture ", c.index,
            " is corrected, but they are counted from 0.");
    require(c.index > before, "Training picture ", c.index, " is corrected behind ", before,
            ": list each picture once, by their numbers.");
    require(!c.label || *c.label >= 0, "Training picture ", c.index, " is corrected to class ",
            c.label.value_or(0), ", but they are counted from 0.");
    before = c.index;
  }
}

Correction correction_of(const Corrections& corrections, int index) {
  const auto& all = corrections.pictures;
  const auto found = std::ranges::lower_bound(all, index, {}, &Correction::index);
  return found != all.end() && found->index == index ? *found : Correction{index};
}

void set_correction(Corrections& corrections, const Correction& correction) {
  auto& all = corrections.pictures;
  auto at = std::ranges::lower_bound(all, correction.index, {}, &Correction::index);
  if (at != all.end() && at->index == correction.index) at = all.erase(at);
  if (correction.changes()) all.insert(at, correction);
}

std::string words_for(const Corrections& corrections) { return words_of_change({}, corrections); }

std::string words_of_change(const Corrections& before, const Corrections& now) {
  std::size_t relabelled = 0, left_out = 0, taken_back = 0;
  for (const Correction& c : now.pictures) {
    const Correction old = correction_of(before, c.index);
    relabelled += c.label && c.label != old.label;
    left_out += c.left_out && !old.left_out;
  }
  for (const Correction& old : before.pictures) {
    const Correction c = correction_of(now, old.index);
    taken_back += (old.label && !c.label) || (old.left_out && !c.left_out);
  }
  std::vector<std::string> words;
  if (relabelled > 0) words.push_back(text_of(relabelled, " relabelled"));
  if (left_out > 0) words.push_back(text_of(left_out, " left out"));
  if (taken_back > 0) words.push_back(text_of(taken_back, " taken back"));
  return joined(words);
}

}  // namespace stepwise
