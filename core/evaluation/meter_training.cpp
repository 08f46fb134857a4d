#include "evaluation/meter_training.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/optim/adam.h>
#include <torch/utils.h>

#include <cmath>
#include <numbers>

#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

constexpr int kTested = 1000;  // Test pictures, at most.
constexpr std::uint64_t kTestSeed = 7;

// He et al. 2015, from a generator of ours.
void initialise(MeterNet& net, at::Generator generator) {
  const torch::NoGradGuard no_grad;
  for (auto& parameter : net->named_parameters()) {
    Tensor& p = parameter.value();
    if (p.dim() > 1)
      p.normal_(0, std::sqrt(2. / double(p[0].numel())), generator);
    else
      p.zero_();
  }
  net->out->weight.mul_(0.1);
}

}  // namespace

struct MeterTraining::State {
  std::shared_ptr<const Dataset> data;
  MeterSettings settings;
  at::Generator generator;
  MeterNet net;
  torch::optim::Adam optimiser;
  std::int64_t done = 0;
  double loss = 0;

  State(std::shared_ptr<const Dataset> d, const MeterSettings& s)
      : data(std::move(d)),
        settings(s),
        generator(at::make_generator<at::CPUGeneratorImpl>(s.seed)),
        net(data->train.channels),
        optimiser(net->parameters(), torch::optim::AdamOptions(s.learning_rate)) {
    initialise(net, generator);
  }

  void set_learning_rate() {
    const double share = double(done) / double(settings.steps);
    const double rate = settings.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * share));
    for (auto& group : optimiser.param_groups())
      static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
  }

  // Of each pixel, so that a place is told by itself, and of each picture, where errors of places
  // cancel out and those that say little are given little weight.
  Tensor error() {
    const Tensor indices =
        torch::randint(data->train.count, {settings.batch}, generator, torch::kLong);
    const Tensor clean = tensor_of(data->train, indices);
    const double log_min = std::log(kMeteredSigma.min), log_max = std::log(kMeteredSigma.max);
    const Tensor log_sigma =
        log_min + (log_max - log_min) * torch::rand({settings.batch, 1, 1, 1}, generator);
    const Tensor noisy = clean + log_sigma.exp() * torch::randn(clean.sizes(), generator);
    const Tensor told = net(noisy);
    return (told.slice(1, 0, 1) - log_sigma).square().mean() +
           (log_level_of_pictures(told) - log_sigma.flatten()).square().mean();
  }
};

MeterTraining::MeterTraining(std::shared_ptr<const Dataset> data, const MeterSettings& settings)
    : state_(std::make_unique<State>(std::move(data), settings)) {
  require(settings.steps >= 1 && settings.batch >= 1,
          "A noise meter is trained for at least 1 step "
          "on at least 1 picture, not ",
          settings.steps, " and ", settings.batch, ".");
}

MeterTraining::~MeterTraining() = default;

bool MeterTraining::step() {
  State& s = *state_;
  if (s.done == s.settings.steps) return false;
  s.set_learning_rate();
  s.optimiser.zero_grad();
  const Tensor loss = s.error();
  loss.backward();
  s.optimiser.step();
  const double value = loss.item<double>();
  require(std::isfinite(value), "The meter's loss is not finite after ", s.done,
          " steps. Try a learning rate below ", s.settings.learning_rate, ".");
  s.loss = s.done == 0 ? value : 0.98 * s.loss + 0.02 * value;
  return ++s.done < s.settings.steps;
}

double MeterTraining::fraction() const {
  return double(state_->done) / double(state_->settings.steps);
}
double MeterTraining::loss() const { return state_->loss; }

Meter MeterTraining::result() {
  const Dataset& data = *state_->data;
  Meter meter;
  meter.net = state_->net;
  meter.data = data.name;
  meter.data_set = record_of(data);
  meter.channels = data.train.channels;
  meter.error = error_on(meter, data.test, kTested, kTestSeed);
  return meter;
}

}  // namespace stepwise
