#include "training/parameter_layout.h"

#include <torch/utils.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace stepwise {

namespace {

using torch::Tensor;

// The first and last layers and the tables see raw pixels, levels and labels: not what Muon is for.
bool for_muon(const std::string& name, const Tensor& parameter) {
  if (parameter.dim() < 2) return false;
  for (const char* part : {"conv_in.", "conv_out.", "class_embedding.", "time_embedding.linear_1."})
    if (name.find(part) != std::string::npos) return false;
  return true;
}

enum class Kind { kMuon, kMatrix, kVector };

}  // namespace

Tensor Stack::in(const Tensor& all) const {
  return all.narrow(0, from, count * rows * columns).view({count, rows, columns});
}

Tensor ParameterLayout::Place::in(const Tensor& all, std::int64_t begin) const {
  return all.as_strided(sizes, strides, all.storage_offset() + from - begin);
}

ParameterLayout::ParameterLayout(const NamedTensors& parameters, OptimiserKind optimiser)
    : order_(parameters.size()) {
  std::vector<Kind> kinds;
  for (const auto& [name, tensor] : parameters) {
    places_.push_back({name, tensor.sizes().vec(), tensor.strides().vec(), 0, tensor.numel()});
    const bool muon = optimiser == OptimiserKind::kMuon && for_muon(name, tensor);
    kinds.push_back(muon ? Kind::kMuon : tensor.dim() > 1 ? Kind::kMatrix : Kind::kVector);
  }
  std::iota(order_.begin(), order_.end(), 0);
  std::ranges::stable_sort(order_, {}, [&](std::size_t i) {
    const auto& sizes = places_[i].sizes;
    const bool stacked = kinds[i] == Kind::kMuon;  // The largest first: threads share them best so.
    return std::tuple(kinds[i], stacked ? -places_[i].numel : 0, stacked ? sizes[0] : 0);
  });
  for (const std::size_t i : order_) {
    places_[i].from = size_;
    size_ += places_[i].numel;
    if (kinds[i] == Kind::kMuon) add_stack(places_[i]);
    if (kinds[i] != Kind::kVector) matrices_ = size_;
  }
  size_ = (size_ + kRow - 1) / kRow * kRow;
}

void ParameterLayout::add_stack(const Place& place) {
  const std::int64_t rows = place.sizes[0], columns = place.numel / rows;
  muon_ = place.from + place.numel;
  if (stacks_.empty() || stacks_.back().rows != rows || stacks_.back().columns != columns)
    stacks_.push_back({place.from, 0, rows, columns});
  ++stacks_.back().count;
}

std::vector<Tensor> ParameterLayout::views(const Tensor& all) const {
  std::vector<Tensor> views;
  for (const Place& place : places_) views.push_back(place.in(all));
  return views;
}

NamedTensors ParameterLayout::named_views(const Tensor& all, std::int64_t begin) const {
  NamedTensors views;
  for (const Place& place : places_)
    if (place.from >= begin) views.emplace_back(place.name, place.in(all, begin));
  return views;
}

Tensor ParameterLayout::joined(const std::vector<Tensor>& tensors) const {
  std::vector<Tensor> parts;
  std::int64_t filled = 0;
  for (const std::size_t i : order_) {
    const Place& place = places_[i];
    Tensor part = tensors.at(i).detach();
    if (part.strides() != torch::IntArrayRef(place.strides))
      part = torch::empty_strided(place.sizes, place.strides, part.options()).copy_(part);
    parts.push_back(part.as_strided({place.numel}, {1}));
    filled += place.numel;
  }
  parts.push_back(torch::zeros({size_ - filled}, parts.front().options()));
  return torch::cat(parts);
}

}  // namespace stepwise
