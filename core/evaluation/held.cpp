#include "evaluation/held.h"

#include <algorithm>
#include <map>
#include <random>

#include "error.h"

namespace stepwise {

std::vector<int> hold(const Pictures& pictures, int count, std::uint64_t seed) {
  require(count >= 0 && count <= pictures.count, "Cannot hold back ", count, " of ", pictures.count,
          " pictures.");
  std::mt19937_64 random(seed);
  std::vector<std::pair<std::uint64_t, int>> shuffled;
  for (int i = 0; i < pictures.count; ++i) shuffled.emplace_back(random(), i);
  std::ranges::sort(shuffled);

  std::map<int, int> dealt;  // Pictures of each class so far: the round in which the next is dealt.
  std::vector<std::pair<int, int>> rounds;
  for (const auto& [key, i] : shuffled)
    rounds.emplace_back(dealt[pictures.labels[std::size_t(i)]]++, i);
  std::ranges::stable_sort(rounds, {}, &std::pair<int, int>::first);

  std::vector<int> held;
  for (int i = 0; i < count; ++i) held.push_back(rounds[std::size_t(i)].second);
  return held;
}

}  // namespace stepwise
