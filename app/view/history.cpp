#include "view/history.h"

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>
#include <variant>

namespace stepwise::app {
namespace {

// What a value keeps on the heap, by the lists of its fields; what is small by nature is left out.
template <class T>
std::int64_t heap_of(const std::vector<T>& values);
template <class... T>
std::int64_t heap_of(const std::variant<T...>& value);
template <class T>
std::int64_t heap_of(const T& value) {
  std::int64_t bytes = 0;
  if constexpr (HasFields<T>)
    visit_fields(value, [&](const char*, const auto& field, auto...) { bytes += heap_of(field); });
  return bytes;
}
template <class T>
std::int64_t heap_of(const std::vector<T>& values) {
  std::int64_t bytes = std::int64_t(values.capacity() * sizeof(T));
  if constexpr (!std::is_trivially_copyable_v<T>)
    for (const T& value : values) bytes += heap_of(value);
  return bytes;
}
template <class... T>
std::int64_t heap_of(const std::variant<T...>& value) {
  return std::visit([](const auto& held) { return heap_of(held); }, value);
}

std::int64_t bytes_of(const Change& change) {
  constexpr std::int64_t kOfANode = 64;
  const Work& work = change.after;
  return std::int64_t(sizeof(Change)) + heap_of(work.paintings) +
         kOfANode * std::int64_t(work.deleted.size() + work.names.size());
}

}  // namespace

Change& UndoHistory::begin(std::string what, BranchId newest) {
  Work after = now();
  if (redoable())
    for (BranchId id = after.newest + 1; id <= newest; ++id) after.deleted.insert(id);
  after.newest = std::max(after.newest, newest);
  changes_.resize(at_ + 1);
  changes_[at_].bytes = bytes_of(changes_[at_]);
  std::int64_t bytes = 0;
  for (const Change& change : changes_) bytes += change.bytes;
  auto forgotten = changes_.begin();
  for (; bytes > kMaxUndoBytes && forgotten + 1 < changes_.end(); ++forgotten)
    bytes -= forgotten->bytes;
  changes_.erase(changes_.begin(), forgotten);
  changes_.push_back({std::move(what), {}, {}, std::move(after)});
  at_ = changes_.size() - 1;
  return changes_[at_];
}

bool UndoHistory::is_elsewhere(BranchId branch) const {
  return std::ranges::any_of(changes_, [&](const Change& change) {
    const Work& work = change.after;
    return &change != &changes_[at_] && branch <= work.newest && !work.deleted.contains(branch);
  });
}

Change& UndoHistory::amend() {
  assert(!redoable());
  return changes_[at_];
}

}  // namespace stepwise::app
