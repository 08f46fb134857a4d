#include "engine/jobs.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

namespace stepwise {
namespace {

Emit emit_for(JobId id, const Send& send) {
  return [id, &send](Event event) { send({id, std::move(event)}); };
}

}  // namespace

void Jobs::add(JobId id, Priority priority, std::string what, std::vector<JobId> needs,
               StartJob start) {
  entries_.push_back({.id = id,
                      .priority = priority,
                      .what = std::move(what),
                      .needs = std::move(needs),
                      .start = std::move(start),
                      .job = nullptr});
}

bool Jobs::step(const Send& send) {
  const auto later = [this](const Entry& e) {
    const bool newest_first = e.job && e.priority == Priority::kWatched;
    return std::tuple(waits(e), e.job != nullptr, e.job ? e.priority : Priority{},
                      newest_first ? ~e.id : 0);
  };
  const auto next = std::ranges::min_element(entries_, {}, later);
  if (next == entries_.end() || waits(*next)) return false;
  Entry entry = take(next);  // Put back below, unless it throws.
  const Emit emit = emit_for(entry.id, send);
  const auto start = std::chrono::steady_clock::now();
  const bool more = entry.job ? entry.job->step(emit) : (entry.job = entry.start(emit)) != nullptr;
  entry.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (more)
    entries_.push_back(std::move(entry));
  else
    emit(Finished{entry.seconds});
  return true;
}

bool Jobs::waits(const Entry& entry) const {
  return entry.paused || (!entry.job && std::ranges::any_of(entries_, [&](const Entry& other) {
           return other.priority == Priority::kOpening &&
                  std::ranges::find(entry.needs, other.id) != entry.needs.end();
         }));
}

void Jobs::cancel(JobId id, const Send& send) {
  const auto found = find(id);
  if (found == entries_.end()) return;
  const Entry entry = take(found);
  const Emit emit = emit_for(id, send);
  if (entry.job) entry.job->cancel(emit);
  emit(Finished{entry.seconds, true});
}

void Jobs::pause(JobId id, bool paused, const Send& send) {
  const auto found = find(id);
  if (found == entries_.end()) return;
  found->paused = paused;
  if (found->job) found->job->pause(paused, emit_for(id, send));
}

void Jobs::leave(const Send& send) {
  while (!entries_.empty()) {
    const Entry entry = take(entries_.begin());
    if (entry.job) entry.job->leave(emit_for(entry.id, send));
  }
}

void Jobs::now(JobId id, std::string what) {
  id_ = id;
  what_ = std::move(what);
}

std::vector<Jobs::Entry>::iterator Jobs::find(JobId id) {
  return std::ranges::find(entries_, id, &Entry::id);
}

Jobs::Entry Jobs::take(std::vector<Entry>::iterator place) {
  Entry entry = std::move(*place);
  entries_.erase(place);
  now(entry.id, entry.what);
  return entry;
}

}  // namespace stepwise
