#include "evaluation/classifier.h"

#include <torch/utils.h>
#include <algorithm>

#include "diffusion/tensor_image.h"

namespace stepwise {
namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kLookedAt =
    500;  // Pictures classified at a time: a short step for the worker.

}  // namespace

nn::Conv2d classifier_convolution(std::size_t i, std::int64_t channels, bool bias) {
  const std::int64_t in = i == 0 ? channels : kClassifierWidths[i - 1];
  const std::int64_t kernel = i == 0 ? 5 : 3;
  return nn::Conv2d(nn::Conv2dOptions(in, kClassifierWidths[i], kernel)
                        .stride(i == 0 ? 2 : 1)
                        .padding(i + 1 == kClassifierWidths.size() ? 0 : kernel / 2)
                        .bias(bias));
}

Tensor classifier_features(const Tensor& x, const ConvolveWith& convolve) {
  Tensor h = convolve(0, x).relu_();
  h = torch::max_pool2d(convolve(1, h).relu_(), 2);
  h = torch::max_pool2d(convolve(2, h).relu_(), 3, 2);  // 7 x 7 places become 3 x 3, none left out.
  return convolve(3, h).relu_().mean({2, 3});
}

ClassifierNetImpl::ClassifierNetImpl(std::int64_t channels, std::int64_t classes)
    : out(register_module("out", nn::Linear(kFeatures, classes))) {
  for (std::size_t i = 0; i < kClassifierWidths.size(); ++i)
    conv.push_back(
        register_module("conv" + std::to_string(i), classifier_convolution(i, channels, true)));
}

Tensor ClassifierNetImpl::features(const Tensor& x) {
  return classifier_features(x, [this](std::size_t i, const Tensor& h) { return conv[i](h); });
}

Features features_of(Classifier& classifier, const Tensor& pictures) {
  const torch::NoGradGuard no_grad;
  const Tensor features = classifier.net->features(pictures);
  return {features, classifier.net->out(features).argmax(1)};
}

double accuracy_on(Classifier& classifier, const Pictures& pictures) {
  std::int64_t right = 0;
  for (std::int64_t first = 0; first < pictures.count; first += kLookedAt) {
    const std::int64_t count = std::min<std::int64_t>(kLookedAt, pictures.count - first);
    const Tensor classes = features_of(classifier, tensor_of(pictures, first, count)).classes;
    const Tensor labels = labels_of(pictures).narrow(0, first, count);
    right += classes.eq(labels).sum().item<std::int64_t>();
  }
  return double(right) / pictures.count;
}

}  // namespace stepwise
