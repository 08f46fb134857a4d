#include "settings/process_place.h"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include "error.h"
#include "range.h"

namespace stepwise {
namespace {

constexpr Range<int> kSizes{1, 65536};
constexpr Range<int> kPorts{1, 65535};

const char* set_to(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

int number_in(const char* name, const Range<int>& range) {
  const std::string_view text = set_to(name) ? set_to(name) : "";
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  require(error == std::errc() && end == text.data() + text.size(),
          "This process is to train with others, for MASTER_ADDR is set, but ", name, " is '", text,
          "' and should be a number.");
  range.check(name, number);
  return number;
}

int number_in(const char* name, const Range<int>& range, int otherwise) {
  return set_to(name) ? number_in(name, range) : otherwise;
}

}  // namespace

std::optional<ProcessPlace> process_place() {
  if (!set_to("MASTER_ADDR")) return {};
  const bool slurm = !set_to("RANK") && set_to("SLURM_PROCID");
  ProcessPlace place;
  place.size = number_in(slurm ? "SLURM_NTASKS" : "WORLD_SIZE", kSizes);
  if (place.size == 1) return {};
  const Range<int> ranks{0, place.size - 1};
  place.rank = number_in(slurm ? "SLURM_PROCID" : "RANK", ranks);
  place.local_rank = number_in(slurm ? "SLURM_LOCALID" : "LOCAL_RANK", ranks, 0);
  place.local_size =
      number_in(slurm ? "SLURM_NTASKS_PER_NODE" : "LOCAL_WORLD_SIZE", {1, place.size}, 1);
  place.address = set_to("MASTER_ADDR");
  place.port = number_in("MASTER_PORT", kPorts);
  return place;
}

}  // namespace stepwise
