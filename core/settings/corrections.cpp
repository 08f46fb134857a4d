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

std::string words_for(const Corrections& corrections) {
  std::size_t relabelled = 0, left_out = 0;
  for (const Correction& c : corrections.pictures) {
    relabelled += c.label.has_value();
    left_out += c.left_out;
  }
  std::vector<std::string> words;
  if (relabelled > 0) words.push_back(text_of(relabelled, " relabelled"));
  if (left_out > 0) words.push_back(text_of(left_out, " left out"));
  return joined(words);
}

}  // namespace stepwise
