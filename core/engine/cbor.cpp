#include "engine/cbor.h"

#include <vector>

#include "error.h"

namespace stepwise {
namespace {

constexpr std::size_t kMaxDepth = 64;

// An item begins with its kind and a number: its value, its length, or how many items it holds.
enum Kind { kBytes = 2, kText, kList, kMap, kTag };
struct Head {
  unsigned kind;
  std::uint64_t number;
};

void require_sound(bool ok) { require(ok, "The message is damaged, or of another program."); }

Head take_head(std::span<const std::uint8_t>& rest) {
  require_sound(!rest.empty());
  const unsigned kind = rest[0] >> 5, info = rest[0] & 31;
  rest = rest.subspan(1);
  if (info < 24) return {kind, info};
  require_sound(info < 28);  // Those above leave the length open.
  const std::size_t size = std::size_t{1} << (info - 24);
  require_sound(rest.size() >= size);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : rest.first(size)) number = number << 8 | byte;
  rest = rest.subspan(size);
  return {kind, number};
}

// Goes over all items without calling itself: the library's reader does call itself, so that deep
// nesting would use up the stack.
void check(std::span<const std::uint8_t> rest) {
  std::vector<std::uint64_t> to_come{1};  // Items, in each list that is open.
  while (!to_come.empty()) {
    if (to_come.back() == 0) {
      to_come.pop_back();
      continue;
    }
    --to_come.back();
    const auto [kind, number] = take_head(rest);
    require_sound(kind != kTag);
    if (kind < kBytes || kind > kMap) continue;
    require_sound(number <= rest.size());
    if (kind <= kText)
      rest = rest.subspan(number);
    else
      to_come.push_back(kind == kMap ? 2 * number : number);
    require_sound(to_come.size() <= kMaxDepth);
  }
  require_sound(rest.empty());
}

}  // namespace

nlohmann::json parse_cbor(std::span<const std::uint8_t> bytes) {
  check(bytes);
  nlohmann::json value = nlohmann::json::from_cbor(bytes.begin(), bytes.end(), true, false);
  require_sound(!value.is_discarded());
  return value;
}

}  // namespace stepwise
