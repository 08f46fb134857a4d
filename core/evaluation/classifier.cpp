#include "evaluation/classifier.h"

#include <algorithm>

namespace stepwise {
namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr std::int64_t kPortion =
    500;  // Pictures classified at a time: a short step for the worker.

// All pixels as a tensor that shares the data set's memory.
Tensor pixels_of(const Pictures& p) {
  return torch::from_blob(const_cast<std::uint8_t*>(p.pixels.data()),
                          {p.count, p.height, p.width, p.channels}, torch::kUInt8);
}

// From bytes [N, H, W, C].
Tensor data_units(const Tensor& bytes) {
  return bytes.permute({0, 3, 1, 2}).to(torch::kFloat).div_(127.5).sub_(1).contiguous();
}

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
  for (std::int64_t first = 0; first < pictures.count; first += kPortion) {
    const Tensor classes =
        features_of(classifier, tensor_of(pictures, first,
                                          std::min<std::int64_t>(kPortion, pictures.count - first)))
            .classes.contiguous();
    for (std::int64_t i = 0; i < classes.size(0); ++i)
      right += classes.data_ptr<std::int64_t>()[i] == pictures.labels[std::size_t(first + i)];
  }
  return double(right) / pictures.count;
}

Tensor tensor_of(const Pictures& pictures, std::int64_t first, std::int64_t count) {
  return data_units(pixels_of(pictures).narrow(0, first, count));
}

Tensor tensor_of(const Pictures& pictures, const std::vector<int>& indices) {
  const Tensor index =
      torch::tensor(std::vector<std::int64_t>(indices.begin(), indices.end()), torch::kLong);
  return data_units(pixels_of(pictures).index_select(0, index));
}

}  // namespace stepwise
