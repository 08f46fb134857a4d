#include "training/optimiser.h"

#include <torch/utils.h>
#include <algorithm>
#include <atomic>
#include <cmath>

#include "model/shards.h"

namespace stepwise {

namespace {

constexpr double kFirstDecay = 0.9;    // AdamW's beta 1,
constexpr double kSecondDecay = 0.99;  //   beta 2: runs are short.
constexpr double kEpsilon = 1e-8;

// The first and last layers and the tables see raw pixels, levels and labels: not what Muon is for.
bool for_muon(const std::string& name, const torch::Tensor& parameter) {
  if (parameter.dim() < 2) return false;
  for (const char* part : {"conv_in.", "conv_out.", "class_embedding.", "time_embedding.linear_1."})
    if (name.find(part) != std::string::npos) return false;
  return true;
}

// An average's decay, or none.
torch::Tensor decay_if(const torch::Tensor& sound, double decay) { return 1 - (1 - decay) * sound; }

void multiply(const std::vector<torch::Tensor>& tensors, const torch::Tensor& factor) {
  for (const torch::Tensor& tensor : tensors) tensor.mul_(factor);
}

// Rows of outputs, columns of inputs; a convolution's kernel counts as inputs.
torch::Tensor as_matrix(const torch::Tensor& tensor) { return tensor.flatten(1); }

}  // namespace

torch::Tensor orthogonalised(const torch::Tensor& matrix) {
  const bool tall = matrix.size(0) > matrix.size(1);
  const auto wide = (tall ? matrix.t() : matrix) / (matrix.norm() + 1e-7);
  // X <- (a + b A + c A^2) X with A = X X^T. The factors are polynomials of the first A, so they
  // commute, and all but the last product can be done on the small square.
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
  auto gram = torch::mm(wide, wide.t());
  torch::Tensor product;
  for (int i = 0; i < 5; ++i) {
    auto factor = torch::addmm(gram, gram, gram, b, c);
    factor.diagonal().add_(a);
    product = product.defined() ? torch::mm(factor, product) : factor;
    if (i < 4) gram = torch::mm(torch::mm(factor, gram), factor);
  }
  const auto result = torch::mm(product, wide);
  return tall ? result.t() : result;
}

Optimiser::Optimiser(const Recipe& recipe, NamedTensors parameters)
    : recipe_(recipe),
      steps_(torch::zeros(
          {}, parameters.at(0).second.options().dtype(torch::kDouble).requires_grad(false))) {
  for (std::size_t place = 0; place < parameters.size(); ++place) {
    const std::string& name = parameters[place].first;
    const torch::Tensor parameter = parameters[place].second.detach();
    const bool muon = recipe.optimiser == OptimiserKind::kMuon && for_muon(name, parameter);
    Group& group = muon ? muon_ : adam_;
    group.places.push_back(place);
    group.names.push_back(name);
    group.parameters.push_back(parameter);
    group.gradients.push_back(torch::zeros_like(parameter));
    group.first.push_back(torch::zeros_like(parameter));
    if (!muon) group.second.push_back(torch::zeros_like(parameter));
  }
}

void Optimiser::set_gradients(const std::vector<torch::Tensor>& gradients) {
  for (Group* group : {&muon_, &adam_})
    for (std::size_t i = 0; i < group->places.size(); ++i)
      group->gradients[i] = gradients.at(group->places[i]);
}

void Optimiser::step(const torch::Tensor& factor, const torch::Tensor& sound) {
  torch::NoGradGuard no_grad;
  const torch::Tensor unsound = sound == 0;
  for (const Group* group : {&muon_, &adam_})
    for (const torch::Tensor& gradient : group->gradients) gradient.masked_fill_(unsound, 0);
  const torch::Tensor rate = recipe_.learning_rate * factor * sound;
  steps_ += sound;
  muon_step(rate, sound);
  adam_step(rate, sound);
}

void Optimiser::muon_step(const torch::Tensor& rate, const torch::Tensor& sound) {
  if (muon_.parameters.empty()) return;
  multiply(muon_.first, decay_if(sound, recipe_.momentum));
  torch::_foreach_add_(muon_.first, muon_.gradients);
  if (recipe_.weight_decay > 0) multiply(muon_.parameters, 1 - rate * recipe_.weight_decay);
  // Matrix by matrix, each thread takes the next one that nobody has: their sizes differ a lot.
  std::atomic<std::size_t> next = 0;
  const auto threads =
      muon_.parameters[0].is_cpu() ? shards_of(std::int64_t(muon_.parameters.size())) : 1;
  for_each_shard(threads, threads, [&](std::int64_t, std::int64_t, std::int64_t) {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = next++; i < muon_.parameters.size(); i = next++) muon_update(i, rate);
  });
}

void Optimiser::muon_update(std::size_t i, const torch::Tensor& rate) {
  // Nesterov's look ahead. 0.2 sqrt(larger side) makes a step as long as one of Adam's (Liu et al.
  // 2025).
  const auto ahead = as_matrix(torch::add(muon_.gradients[i], muon_.first[i], recipe_.momentum));
  const double length = 0.2 * std::sqrt(double(std::max(ahead.size(0), ahead.size(1))));
  muon_.parameters[i].addcmul_(orthogonalised(ahead).reshape(muon_.parameters[i].sizes()), rate,
                               -length);
}

void Optimiser::adam_step(const torch::Tensor& rate, const torch::Tensor& sound) {
  if (adam_.parameters.empty()) return;
  multiply(adam_.first, decay_if(sound, kFirstDecay));
  torch::_foreach_add_(adam_.first, adam_.gradients, 1 - kFirstDecay);
  multiply(adam_.second, decay_if(sound, kSecondDecay));
  torch::_foreach_addcmul_(adam_.second, adam_.gradients, adam_.gradients, 1 - kSecondDecay);
  if (recipe_.weight_decay > 0)
    for (auto& parameter : adam_.parameters)
      if (parameter.dim() > 1) parameter.mul_(1 - rate * recipe_.weight_decay);
  const torch::Tensor steps = steps_.clamp_min(1);
  auto size = torch::_foreach_sqrt(adam_.second);
  multiply(size, (1 - torch::pow(kSecondDecay, steps)).rsqrt());
  torch::_foreach_add_(size, kEpsilon);
  auto change = torch::_foreach_div(adam_.first, size);
  multiply(change, rate / (1 - torch::pow(kFirstDecay, steps)));
  torch::_foreach_sub_(adam_.parameters, change);
}

torch::Tensor Optimiser::clip_gradients(double clip) {
  torch::NoGradGuard no_grad;
  std::vector<torch::Tensor> all = muon_.gradients;
  all.insert(all.end(), adam_.gradients.begin(), adam_.gradients.end());
  const torch::Tensor norm = torch::stack(torch::_foreach_norm(all)).norm();
  if (clip > 0) multiply(all, (clip / norm).clamp_max(1));
  return norm;
}

NamedTensors Optimiser::state() const {
  NamedTensors state;
  for (const Group* group : {&muon_, &adam_})
    for (std::size_t i = 0; i < group->names.size(); ++i) {
      state.emplace_back("first." + group->names[i], group->first[i]);
      if (!group->second.empty()) state.emplace_back("second." + group->names[i], group->second[i]);
    }
  return state;
}

}  // namespace stepwise
