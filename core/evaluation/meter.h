// How noisy a picture is, place by place, told by the picture alone: a small network that has seen
// many pictures with noise of every level. Beside the level that a step expects it shows what an
// edit has made cleaner or noisier than the model will believe. Weights are fixed once trained;
// used on the thread that owns the tensors. Pictures are [N, C, H, W] in data units.
#pragma once

#include <torch/nn/modules/conv.h>
#include <torch/types.h>

#include <filesystem>
#include <string>

#include "data/dataset.h"
#include "range.h"
#include "settings/record.h"

namespace stepwise {

inline constexpr Range<double> kMeteredSigma{0.01, 80};

// Filters that see differences, and the logarithm of what they answer: a factor in the noise
// becomes a shift there, the same at every level. What follows reads the level from how the answers
// of a place lie to each other; it sees 9 x 9 pixels. It also says how much its word for a place is
// worth: on an even ground a little noise is seen, on a pattern it is not.
struct MeterNetImpl : torch::nn::Module {
  explicit MeterNetImpl(std::int64_t channels);

  // log(sigma) at each pixel, and the logarithm of its weight among those of the picture:
  // [N, 2, H, W].
  torch::Tensor forward(const torch::Tensor& noisy);

  torch::nn::Conv2d filters, first, second, out;
};
TORCH_MODULE(MeterNet);

// The weighted mean of log(sigma) over each picture, [N], of what the network told.
torch::Tensor log_level_of_pictures(const torch::Tensor& told);

struct Meter {
  MeterNet net{nullptr};
  std::string data;     // Name of the data set it was trained on, and
  DataRecord data_set;  //   which one that was, where known.
  int channels = 1;
  double error = 0;  // Mean of abs(sigma' / sigma - 1) over test pictures, when it was trained.
};

// The noise level at each pixel: [N, H, W].
torch::Tensor levels_seen(Meter& meter, const torch::Tensor& noisy);
// And of whole pictures, the geometric mean over each with the weights that add up to 1: [N].
torch::Tensor level_seen(Meter& meter, const torch::Tensor& noisy);

// The mean relative error of level_seen() over the first so many pictures, each with noise of a
// level of its own, log-uniform over kMeteredSigma and drawn from the seed.
double error_on(Meter& meter, const Pictures& pictures, int count, std::uint64_t seed);

// One safetensors file, weights and what they belong to. Reading throws Error.
std::string encode(const Meter& meter);
Meter load_meter(const std::filesystem::path& path);
// What the file says it was trained on, without reading its weights. Throws Error.
DataRecord data_of_meter(const std::filesystem::path& path);

}  // namespace stepwise
