#include "diffusion/denoiser.h"

#include <torch/utils.h>

namespace stepwise {
namespace {

// D of a network at one level. sigma = 0 leaves nothing to remove, and no level to tell the
// network. Its parameters ask for gradients always; here only those of x are of use.
Guess denoised(const Network& network, const Levels& levels, const Conditioning& conditioning,
               const Tensor& x, double sigma) {
  if (sigma == 0) return x;
  const torch::AutoGradMode recorded(torch::GradMode::is_enabled() && x.requires_grad());
  const Coefficients c = levels.at(sigma);
  const Tensor timestep = torch::full({x.size(0)}, c.time, x.options());
  const Tensor answer = network(c.in * x + c.shift, timestep, conditioning);
  if (answer.size(1) == x.size(1)) return c.skip * x + c.out * answer;
  const auto halves = answer.chunk(2, 1);
  return {c.skip * x + c.out * halves[0], halves[1]};
}

Conditioning joined(const Conditioning& a, const Conditioning& b) {
  return {torch::cat({a.labels, b.labels})};
}

}  // namespace

Denoise network_denoiser(Network network, Levels levels, Conditioning conditioning) {
  return [=](const Tensor& x, double sigma) {
    return denoised(network, levels, conditioning, x, sigma);
  };
}

Denoise clamped(Denoise denoise) {
  return [=](const Tensor& x, double sigma) {
    const Guess guess = denoise(x, sigma);
    return sigma == 0 ? guess : Guess(guess.clean.clamp(-1, 1), guess.variance);
  };
}

Denoise guided(Denoise cond, Denoise uncond, Guidance guidance) {
  return [=](const Tensor& x, double sigma) -> Guess {
    const double w = guidance.at(sigma);
    if (w == 1) return cond(x, sigma);
    const Guess base = uncond(x, sigma);
    if (w == 0) return base;
    const Guess asked = cond(x, sigma);
    return {base.clean + w * (asked.clean - base.clean), asked.variance};
  };
}

Denoise guided_network(Network network, Levels levels, Conditioning cond, Conditioning uncond,
                       Guidance guidance) {
  return [=, both = joined(cond, uncond)](const Tensor& x, double sigma) -> Guess {
    const double w = guidance.at(sigma);
    if (w == 1) return denoised(network, levels, cond, x, sigma);
    if (w == 0) return denoised(network, levels, uncond, x, sigma);
    const Guess all = denoised(network, levels, both, torch::cat({x, x}), sigma);
    const auto halves = all.clean.chunk(2);
    const Tensor variance = all.variance.defined() ? all.variance.chunk(2)[0] : Tensor();
    return {halves[1] + w * (halves[0] - halves[1]), variance};
  };
}

Conditioning encode(const std::vector<Condition>& conditions, Classes classes,
                    torch::Device device) {
  std::vector<std::int64_t> numbers;
  for (const auto& [label] : conditions) {
    require(!label || classes.count > 0, "There is no class ", label.value_or(0),
            ": this model knows no classes. Ask for pictures without one.");
    require(
        label || classes.has_null || classes.count == 0,
        "This model was trained without a null class, so each picture needs a class. Choose one.");
    require(!label || (*label >= 0 && *label < classes.count), "There is no class ",
            label.value_or(0), ": the model knows classes 0 to ", classes.count - 1, ".");
    numbers.push_back(label.value_or(classes.count));
  }
  if (classes.count == 0) return {};
  return {torch::tensor(numbers, torch::kLong).to(device)};
}

}  // namespace stepwise
