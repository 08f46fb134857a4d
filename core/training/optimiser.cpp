#include "training/optimiser.h"

#include <torch/utils.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "model/shards.h"

namespace stepwise {

namespace {

using torch::Tensor;

constexpr double kFirstDecay = 0.9;    // AdamW's beta 1,
constexpr double kSecondDecay = 0.99;  //   beta 2: runs are short.
constexpr double kEpsilon = 1e-8;

// An average's decay, or none.
Tensor decay_if(const Tensor& sound, double decay) { return 1 - (1 - decay) * sound; }

}  // namespace

Tensor orthogonalised(const Tensor& matrices) {
  const bool tall = matrices.size(1) > matrices.size(2);
  const Tensor wide = (tall ? matrices.transpose(1, 2) : matrices) /
                      (matrices.norm(2, {1, 2}, /*keepdim=*/true) + 1e-7);
  // X <- (a + b A + c A^2) X with A = X X^T. The factors are polynomials of the first A, so they
  // commute, and all but the last product can be done on the small square.
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
  Tensor gram = torch::bmm(wide, wide.transpose(1, 2)), product;
  for (int i = 0; i < 5; ++i) {
    Tensor factor = torch::baddbmm(gram, gram, gram, b, c);
    factor.diagonal(0, 1, 2).add_(a);
    product = product.defined() ? torch::bmm(factor, product) : factor;
    if (i < 4) gram = torch::bmm(torch::bmm(factor, gram), factor);
  }
  const Tensor result = torch::bmm(product, wide);
  return tall ? result.transpose(1, 2) : result;
}

Tensor clip_gradients(const Tensor& gradients, double clip) {
  const torch::NoGradGuard no_grad;
  const Tensor norm = gradients.view({-1, ParameterLayout::kRow}).norm(2, {1}).norm();
  if (clip > 0) gradients.mul_((clip / norm).clamp_max(1));
  return norm;
}

Optimiser::Optimiser(const Recipe& recipe, ParameterLayout layout, torch::Device device)
    : recipe_(recipe),
      layout_(std::move(layout)),
      first_(torch::zeros({layout_.size()}, device)),
      second_(torch::zeros({layout_.size() - layout_.muon()}, device)),
      steps_(torch::zeros({}, torch::dtype(torch::kDouble).device(device))) {}

void Optimiser::step(const Tensor& weights, const Tensor& gradients, const Tensor& factor,
                     const Tensor& sound) {
  const torch::NoGradGuard no_grad;
  gradients.masked_fill_(sound == 0, 0);
  const Tensor rate = recipe_.learning_rate * factor * sound;
  steps_ += sound;
  if (recipe_.weight_decay > 0)
    weights.narrow(0, 0, layout_.matrices()).mul_(1 - rate * recipe_.weight_decay);
  if (layout_.muon() > 0) muon_step(weights, gradients, rate, sound);
  adam_step(weights, gradients, rate, sound);
}

void Optimiser::muon_step(const Tensor& weights, const Tensor& gradients, const Tensor& rate,
                          const Tensor& sound) {
  const Tensor gradient = gradients.narrow(0, 0, layout_.muon()),
               first = first_.narrow(0, 0, layout_.muon());
  first.mul_(decay_if(sound, recipe_.momentum)).add_(gradient);
  const Tensor ahead = torch::add(gradient, first, recipe_.momentum);  // Nesterov.
  const std::vector<Stack> all = pieces();
  // Each thread takes the next piece that nobody has: their sizes differ a lot.
  std::atomic<std::size_t> next = 0;
  const std::int64_t threads = weights.is_cpu() ? shards_of(std::int64_t(all.size())) : 1;
  for_each_shard(threads, threads, [&](std::int64_t, std::int64_t, std::int64_t) {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = next++; i < all.size(); i = next++) {
      // Makes a step as long as one of Adam's (Liu et al. 2025).
      const double length = 0.2 * std::sqrt(double(std::max(all[i].rows, all[i].columns)));
      all[i].in(weights).addcmul_(orthogonalised(all[i].in(ahead)), rate, -length);
    }
  });
}

// A device multiplies a whole stack at once; the processor's threads share the matrices.
std::vector<Stack> Optimiser::pieces() const {
  if (!first_.is_cpu()) return layout_.stacks();
  std::vector<Stack> matrices;
  for (Stack stack : layout_.stacks())
    for (std::int64_t i = std::exchange(stack.count, 1); i > 0; --i) {
      matrices.push_back(stack);
      stack.from += stack.rows * stack.columns;
    }
  return matrices;
}

void Optimiser::adam_step(const Tensor& weights, const Tensor& gradients, const Tensor& rate,
                          const Tensor& sound) {
  const auto own = [&](const Tensor& all) {
    return all.narrow(0, layout_.muon(), second_.size(0));
  };
  const Tensor gradient = own(gradients), first = own(first_);
  first.mul_(decay_if(sound, kFirstDecay)).add_(gradient, 1 - kFirstDecay);
  second_.mul_(decay_if(sound, kSecondDecay)).addcmul_(gradient, gradient, 1 - kSecondDecay);
  const Tensor steps = steps_.clamp_min(1);
  const Tensor size =
      second_.sqrt().mul_((1 - torch::pow(kSecondDecay, steps)).rsqrt()).add_(kEpsilon);
  own(weights).sub_(first.div(size).mul_(rate / (1 - torch::pow(kFirstDecay, steps))));
}

NamedTensors Optimiser::state() const {
  NamedTensors state;
  for (const auto& [name, tensor] : layout_.named_views(first_))
    state.emplace_back("first." + name, tensor);
  for (const auto& [name, tensor] : layout_.named_views(second_, layout_.muon()))
    state.emplace_back("second." + name, tensor);
  return state;
}

}  // namespace stepwise
