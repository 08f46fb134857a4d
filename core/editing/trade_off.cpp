#include "editing/trade_off.h"

#include <torch/utils.h>
#include <algorithm>
#include <utility>

namespace stepwise {
namespace {

constexpr double kGreys = 127.5;  // In one data unit.

StartKind kind_of(ChangeMethod method) {
  switch (method) {
    case ChangeMethod::kSdedit:
    case ChangeMethod::kDiffEdit:
      return StartKind::kSdedit;
    case ChangeMethod::kDdim:
      return StartKind::kDdim;
    default:
      return StartKind::kFlow;
  }
}

bool is_masked(ChangeMethod method) {
  return method == ChangeMethod::kDiffEdit || method == ChangeMethod::kMaskedFlow;
}

double sum_of(const Tensor& x) { return x.to(torch::kDouble).sum().item<double>(); }

}  // namespace

TradeOffMeasurement::TradeOffMeasurement(const SampleSettings& settings, std::vector<double> sigmas,
                                         const MaskSearch& search,
                                         std::vector<ClassPictures> pictures, SharedModel model,
                                         Classify classify)
    : settings_(settings),
      sigmas_(std::move(sigmas)),
      all_(std::move(pictures)),
      model_(std::move(model)),
      classify_(std::move(classify)) {
  require(!all_.empty() && !sigmas_.empty(),
          "There is nothing to measure: name changes of class and noise levels.");
  std::ranges::sort(sigmas_, std::greater{});
  for (const double sigma : sigmas_) kSigma.check("A noise level", sigma);
  for (const auto& [change, group] : all_) {
    const std::size_t n = std::size_t(group.size(0));
    searches_.emplace_back(search, group, std::vector<Condition>(n, {change.from}),
                           std::vector<Condition>(n, {change.to}), model_);
  }
  for (const auto& [method, name] : kChangeMethods)
    for (const double sigma : sigmas_) table_.push_back({method, sigma});
}

bool TradeOffMeasurement::step_masks() {
  for (std::size_t i = 0; i < searches_.size(); ++i)
    if (searches_[i].fraction() < 1) {
      if (!searches_[i].step()) masks_.push_back(searches_[i].found().mask);
      return true;
    }
  return false;
}

TradeOffMeasurement::Run TradeOffMeasurement::begin() const {
  const auto& [change, pictures] = all_[pair_];
  const ChangeMethod method = table_[row_].method;
  SampleSettings settings = settings_;
  settings.count = int(pictures.size(0));
  Start start;
  start.kind = kind_of(method);
  start.sigma = table_[row_].sigma;
  start.source = {change.from};
  start.guidance = settings.guidance;
  const std::vector<Condition> targets(std::size_t(settings.count), {change.to});
  Run run{root_of(settings, targets, model_, start, pictures), {}};
  if (method == ChangeMethod::kEditFriendly) run.root.settings.eta = settings_.eta;
  if (start.kind == StartKind::kDdim) run.climb.emplace(run.root);
  if (is_masked(method)) run.root.denoise = locked(run.root.denoise, {pictures, 1 - masks_[pair_]});
  run.root.stride = run.root.steps();  // Only the end is looked at.
  if (!run.climb) run.root.frames = {{first_x(run.root), {}, {}}};
  return run;
}

bool TradeOffMeasurement::step() {
  const torch::NoGradGuard no_grad;
  if (step_masks()) return true;
  if (row_ == table_.size()) return false;
  if (!run_) run_ = begin();
  auto& [root, climb] = *run_;
  if (climb) {
    if (climb->step()) return true;
    root.frames = {{climb->x(), {}, {}}};
    climb.reset();
  }
  append(root, next_frame(root, root.length(), root.frames.back(), root.denoise));
  if (!root.finished()) return true;
  judge(root.frames.back().x);
  next_run();
  return row_ < table_.size();
}

void TradeOffMeasurement::judge(const Tensor& results) {
  const auto& [change, pictures] = all_[pair_];
  const Tensor moved = (results.clamp(-1, 1) - pictures).abs() * kGreys;
  const Tensor outside = (1 - masks_[pair_]).expand_as(moved);
  became_ += sum_of(classify_(results) == change.to);
  of_ += double(results.size(0));
  change_ += sum_of(moved);
  pixels_ += double(moved.numel());
  outside_ += sum_of(moved * outside);
  pixels_outside_ += sum_of(outside);
}

void TradeOffMeasurement::next_run() {
  run_.reset();
  if (++pair_ < all_.size()) return;
  TradeOff& row = table_[row_++];
  row.changed = became_ / of_;
  row.change = change_ / pixels_;
  row.outside = outside_ / std::max(1., pixels_outside_);
  pair_ = 0;
  became_ = of_ = change_ = pixels_ = outside_ = pixels_outside_ = 0;
}

double TradeOffMeasurement::fraction() const {
  double masks = 0;
  for (const MaskFinding& search : searches_) masks += search.fraction();
  const double runs = double(row_ * all_.size() + pair_) + masks / 4;
  return runs / (double(table_.size() * all_.size()) + double(searches_.size()) / 4);
}

}  // namespace stepwise
