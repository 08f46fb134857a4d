#include "editing/branch.h"

#include <algorithm>
#include <utility>

#include "diffusion/at_step.h"
#include "diffusion/forward.h"
#include "diffusion/noise.h"
#include "editing/own_pages.h"
#include "editing/rounds.h"
#include "settings/memory.h"

namespace stepwise {
namespace {

// A finished picture has nothing left to guess: it is what the denoiser makes of it.
Frame frame_at(const Denoise& denoise, const Tensor& x, double sigma, History history) {
  const Guess told = denoise(x, sigma);
  const Guess guess{in_own_pages(told.clean), in_own_pages(told.variance)};
  return {sigma == 0 ? guess.clean : in_own_pages(x), guess, std::move(history)};
}

// In own pages, unless it is one of those that are there already.
Tensor kept(const Tensor& t, std::initializer_list<Tensor> there) {
  const auto same = [&](const Tensor& other) { return other.defined() && t.is_alias_of(other); };
  return !t.defined() || std::ranges::any_of(there, same) ? t : in_own_pages(t);
}

// What a step has added to what the sampler remembers.
void keep(History& history, const Frame& before) {
  history.corrected = kept(history.corrected, {before.x, before.history.corrected});
  if (history.past.empty()) return;
  History::Past& newest = history.past.front();
  newest.x = kept(newest.x, {before.x, history.corrected});
  newest.denoised = kept(newest.denoised, {before.guess.clean});
}

// Pictures between two others share their noise: only what they begin with differs.
StepNoise noise_of(const Branch& branch, int step) {
  std::vector<int> pictures = branch.pictures;
  if (branch.start && branch.start->kind == StartKind::kBetween)
    std::ranges::fill(pictures, branch.start->from.picture);
  return noise_of_step(branch.levels.schedule, {branch.settings.seed, std::move(pictures)},
                       branch.levels.number(step));
}

std::vector<Tensor> tensors_of(const Frame& frame) {
  std::vector<Tensor> all{frame.x, frame.guess.clean, frame.guess.variance,
                          frame.history.corrected};
  for (const History::Past& past : frame.history.past) {
    all.push_back(past.x);
    all.push_back(past.denoised);
  }
  std::erase_if(all, [](const Tensor& t) { return !t.defined(); });
  return all;
}

}  // namespace

int Branch::newest() const {
  return fork + int(frames.size()) - (frames.back().guess.defined() ? 1 : 2);
}

std::vector<Condition> Branch::own_conditions() const {
  std::vector<Condition> own;
  for (const int picture : pictures) own.push_back(conditions[std::size_t(picture)]);
  return own;
}

Worsening worsening_at(const Branch& branch, int step) {
  if (!branch.levels.schedule.has_severity()) return {};
  return [&branch, step](const Tensor& clean) {
    const Tensor one = clean.unsqueeze(0);
    return worsened(branch.levels.schedule, one, branch.sigma(step),
                    noise_of(branch, step)(one))[0];
  };
}

Frame next_frame(const Branch& branch, int step, const Frame& frame, const Denoise& denoise) {
  if (!frame.guess.defined())
    return at_step(step, branch.levels,
                   [&] { return frame_at(denoise, frame.x, branch.sigma(step), frame.history); });
  const double sigma = branch.sigma(step), next = branch.sigma(step + 1);
  History history = frame.history;
  if (branch.back && branch.back.lets_go(sigma)) history.clear();  // It knows them as held.
  const Tensor x = at_step(step, branch.levels, [&] {
    Tensor after = x_after(branch, step, frame, denoise, history, noise_of(branch, step));
    if (branch.back) after = held_to(branch.back, after, sigma, next);
    return finite_pictures(std::move(after));
  });
  keep(history, frame);
  return at_step(step + 1, branch.levels,
                 [&] { return frame_at(denoise, x, next, std::move(history)); });
}

void append(Branch& branch, Frame next) {
  auto& frames = branch.frames;
  if (!frames.back().guess.defined()) frames.pop_back();
  frames.push_back(std::move(next));
  if (branch.stride > 1) return thin(branch);
  const std::size_t before = frames.size() > 1 ? frames.size() - 2 : 0;
  const std::span<const Frame> last = std::span(frames).subspan(before);
  branch.bytes += bytes_of(last) - (last.size() > 1 ? bytes_of(last.first(1)) : 0);
}

void thin(Branch& branch) {
  const int last = branch.fork + branch.length();
  for (int step = branch.fork; step < last; ++step)
    if (!is_kept(step, branch.fork, last, branch.stride))
      branch.frames[std::size_t(step - branch.fork)] = {};
  branch.bytes = bytes_of(branch.frames);
}

// Frames share what the sampler remembers, and only with those beside them.
std::int64_t bytes_of(std::span<const Frame> frames) {
  std::int64_t bytes = 0;
  std::vector<Tensor> counted;
  for (const Frame& frame : frames) {
    if (!frame) continue;
    const std::vector<Tensor> all = tensors_of(frame);
    std::vector<Tensor> fresh;
    for (const Tensor& t : all) {
      const auto same = [&](const Tensor& other) { return t.is_alias_of(other); };
      if (std::ranges::any_of(counted, same) || std::ranges::any_of(fresh, same)) continue;
      fresh.push_back(t);
      bytes += std::int64_t(t.storage().nbytes());
    }
    counted = all;
  }
  return bytes;
}

}  // namespace stepwise
