// A small network that tells the classes of a data set apart. Its penultimate layer is the space in
// which sets of pictures are compared. Weights are fixed once trained; used on the thread that owns
// the tensors. Pictures are [N, C, H, W] in [-1, 1].
#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/types.h>

#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "settings/record.h"

namespace stepwise {

inline constexpr std::array<std::int64_t, 4> kClassifierWidths = {24, 64, 96, 128};
inline constexpr std::int64_t kFeatures = kClassifierWidths.back();

// Applies the i-th convolution of the network, up to its ReLU.
using ConvolveWith = std::function<torch::Tensor(std::size_t i, const torch::Tensor& x)>;

// The i-th convolution: 5 x 5 with stride 2 at first, then 3 x 3; the last one, without padding,
// sees all places apart.
torch::nn::Conv2d classifier_convolution(std::size_t i, std::int64_t channels, bool bias);

// From pictures to features [N, kFeatures], >= 0. The network in training has the same path, only
// its convolutions are followed by batch norm.
torch::Tensor classifier_features(const torch::Tensor& x, const ConvolveWith& convolve);

// The trained network, batch norm folded in: what is stored is what is computed.
struct ClassifierNetImpl : torch::nn::Module {
  ClassifierNetImpl(std::int64_t channels, std::int64_t classes);

  torch::Tensor features(const torch::Tensor& x);

  std::vector<torch::nn::Conv2d> conv;  // Registered as conv0, conv1, ...
  torch::nn::Linear out;                // From features to logits [N, classes].
};
TORCH_MODULE(ClassifierNet);

struct Classifier {
  ClassifierNet net{nullptr};
  std::string data;     // Name of the data set it was trained on, and
  DataRecord data_set;  //   which one that was, where known.
  std::vector<std::string> class_names;
  int channels = 1, height = 28, width = 28;
  double accuracy = 0;   // On the test pictures, measured when it was trained.
  std::string checksum;  // SHA-256 of its file's bytes.
};

// What the network makes of a batch: features [N, kFeatures] in float, and classes [N] as int64.
struct Features {
  torch::Tensor features, classes;
};
Features features_of(Classifier& classifier, const torch::Tensor& pictures);

// Share of the pictures whose class it tells.
double accuracy_on(Classifier& classifier, const Pictures& pictures);

// One safetensors file, weights and what they belong to: its bytes, and the file itself. Encoding
// sets the checksum. Throws Error.
std::string encode(Classifier& classifier);
Classifier load_classifier(const std::filesystem::path& path);

// What the file says it was trained on, without reading its weights. Throws Error.
DataRecord data_of_classifier(const std::filesystem::path& path);

}  // namespace stepwise
