#include "evaluation/classifier_training.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/nn/functional/loss.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <cmath>
#include <numbers>

#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {
namespace {

namespace nn = torch::nn;
using torch::Tensor;

// The classifier as it is trained: each convolution is followed by batch norm.
struct TrainingNetImpl : nn::Module {
  TrainingNetImpl(std::int64_t channels, std::int64_t classes, at::Generator generator)
      : out(register_module("out", nn::Linear(kFeatures, classes))) {
    const torch::NoGradGuard no_grad;
    for (std::size_t i = 0; i < kClassifierWidths.size(); ++i) {
      const std::string number = std::to_string(i);
      conv.push_back(register_module("conv" + number, classifier_convolution(i, channels, false)));
      norm.push_back(register_module("norm" + number, nn::BatchNorm2d(kClassifierWidths[i])));
      Tensor& weight = conv[i]->weight;
      weight.normal_(0, std::sqrt(2. / double(weight[0].numel())), generator);
    }
    out->weight.normal_(0, 1 / std::sqrt(double(kFeatures)), generator);
    out->bias.zero_();
  }

  Tensor forward(const Tensor& x) {
    return out(classifier_features(
        x, [this](std::size_t i, const Tensor& h) { return norm[i](conv[i](h)); }));
  }

  std::vector<nn::Conv2d> conv;
  std::vector<nn::BatchNorm2d> norm;
  nn::Linear out;
};
TORCH_MODULE(TrainingNet);

// The same function with each batch norm absorbed by the convolution before it.
ClassifierNet folded(TrainingNet& from, std::int64_t channels) {
  const torch::NoGradGuard no_grad;
  ClassifierNet net(channels, from->out->weight.size(0));
  for (std::size_t i = 0; i < net->conv.size(); ++i) {
    const nn::BatchNorm2d& norm = from->norm[i];
    const Tensor scale = norm->weight / (norm->running_var + norm->options.eps()).sqrt();
    net->conv[i]->weight.copy_(from->conv[i]->weight * scale.view({-1, 1, 1, 1}));
    net->conv[i]->bias.copy_(norm->bias - norm->running_mean * scale);
  }
  net->out->weight.copy_(from->out->weight);
  net->out->bias.copy_(from->out->bias);
  return net;
}

// Rises over the first quarter and falls along a cosine to 0 (one cycle; Smith and Topin 2018).
double one_cycle(double fraction) {
  constexpr double kRise = 0.25;
  if (fraction < kRise) return 0.05 + 0.95 * fraction / kRise;
  return 0.5 * (1 + std::cos(std::numbers::pi * (fraction - kRise) / (1 - kRise)));
}

void check(const Dataset& data, const ClassifierSettings& settings) {
  constexpr int kSmallest = 27;  // So that 3 x 3 places are left for the last convolution.
  require(std::min(data.train.height, data.train.width) >= kSmallest,
          "The classifier needs pictures of at least ", kSmallest, " x ", kSmallest,
          " pixels, but those of '", data.name, "' have ", data.train.width, " x ",
          data.train.height, ".");
  require(settings.epochs >= 1 && settings.batch >= 2,
          "A classifier is trained for at least 1 epoch in batches of at "
          "least 2, not ",
          settings.epochs, " and ", settings.batch, ".");
}

}  // namespace

struct ClassifierTraining::State {
  std::shared_ptr<const Dataset> data;
  ClassifierSettings settings;
  at::Generator generator;
  TrainingNet net;
  torch::optim::AdamW optimiser;
  Tensor order;  // Of the training pictures in this epoch.
  std::int64_t steps_per_epoch, steps, done = 0;
  double loss = 0;

  State(std::shared_ptr<const Dataset> d, const ClassifierSettings& s)
      : data(std::move(d)),
        settings(s),
        generator(at::make_generator<at::CPUGeneratorImpl>(s.seed)),
        net(data->train.channels, std::int64_t(data->class_names.size()), generator),
        optimiser(net->parameters(), torch::optim::AdamWOptions(s.learning_rate)
                                         .betas({0.9, 0.98})
                                         .weight_decay(s.weight_decay)),
        steps_per_epoch(std::max<std::int64_t>(1, data->train.count / s.batch)),
        steps(steps_per_epoch * s.epochs) {}

  void set_learning_rate() {
    const double rate = settings.learning_rate * one_cycle(double(done) / double(steps));
    for (auto& group : optimiser.param_groups())
      static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
  }

  // Clothes stay what they are in a mirror and a pixel further: each picture is flipped or not, and
  // moved by at most kShift, anew each time. What comes in at the edge is black.
  Tensor augmented(const Tensor& x) {
    constexpr std::int64_t kShift = 1;
    const std::int64_t n = x.size(0), height = x.size(2), width = x.size(3);
    const auto shift = [&] {
      return torch::randint(2 * kShift + 1, {n, 1, 1}, generator, torch::kLong);
    };
    const Tensor flip = torch::rand({n, 1, 1}, generator) < 0.5;
    const Tensor across = torch::arange(width, torch::kLong).view({1, 1, width});
    const Tensor row = torch::arange(height, torch::kLong).view({1, height, 1}) + shift();
    const Tensor column = torch::where(flip, width - 1 - across, across) + shift();
    const Tensor picture = torch::arange(n, torch::kLong).view({n, 1, 1});
    const Tensor padded = torch::constant_pad_nd(x, {kShift, kShift, kShift, kShift}, -1);
    return padded.permute({0, 2, 3, 1})
        .index({picture, row, column})
        .permute({0, 3, 1, 2})
        .contiguous();
  }
};

ClassifierTraining::ClassifierTraining(std::shared_ptr<const Dataset> data,
                                       const ClassifierSettings& settings)
    : state_((check(*data, settings), std::make_unique<State>(std::move(data), settings))) {}

ClassifierTraining::~ClassifierTraining() = default;

bool ClassifierTraining::step() {
  State& s = *state_;
  if (s.done == s.steps) return false;
  const std::int64_t k = s.done % s.steps_per_epoch;
  if (k == 0) s.order = torch::randperm(s.data->train.count, s.generator, torch::kLong);
  const std::int64_t first = k * s.settings.batch;
  const std::int64_t count = std::min<std::int64_t>(s.settings.batch, s.data->train.count);
  const Tensor indices = s.order.narrow(0, first, count);
  const Tensor labels = labels_of(s.data->train).index_select(0, indices).to(torch::kLong);

  s.net->train();
  s.set_learning_rate();
  s.optimiser.zero_grad();
  const Tensor loss = nn::functional::cross_entropy(
      s.net(s.augmented(tensor_of(s.data->train, indices))), labels,
      nn::functional::CrossEntropyFuncOptions().label_smoothing(s.settings.smoothing));
  loss.backward();
  s.optimiser.step();
  const double value = loss.item<double>();
  require(std::isfinite(value), "The classifier's loss is not finite after ", s.done,
          " steps. Try a learning rate below ", s.settings.learning_rate, ".");
  s.loss = s.done == 0 ? value : 0.98 * s.loss + 0.02 * value;
  return ++s.done < s.steps;
}

double ClassifierTraining::fraction() const { return double(state_->done) / double(state_->steps); }
double ClassifierTraining::loss() const { return state_->loss; }
int ClassifierTraining::epoch() const { return int(state_->done / state_->steps_per_epoch); }

Classifier ClassifierTraining::result() {
  const Dataset& data = *state_->data;
  Classifier classifier;
  classifier.net = folded(state_->net, data.train.channels);
  classifier.data = data.name;
  classifier.data_set = record_of(data);
  classifier.class_names = data.class_names;
  classifier.channels = data.train.channels;
  classifier.height = data.train.height;
  classifier.width = data.train.width;
  classifier.accuracy = accuracy_on(classifier, data.test);
  return classifier;
}

}  // namespace stepwise
