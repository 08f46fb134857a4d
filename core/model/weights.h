// Weights between a module and a safetensors file. Names are the module's own (named_parameters,
// named_buffers). Used on the thread that owns the module.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "formats/safetensors.h"
#include "formats/weight_files.h"

namespace stepwise {

StoredTensor stored(const torch::Tensor& tensor);  // A copy, from any device and layout.

// Parameters and buffers by name. `floats` is what floating-point tensors are stored as: kF32, kF16
// or kBF16.
std::map<std::string, StoredTensor> state_of(const torch::nn::Module& module,
                                             DType floats = DType::kF32);

inline constexpr std::uint64_t kAllBytes = std::numeric_limits<std::uint64_t>::max();

// Fills a module from files, tensor by tensor: the most that is in memory beside the module is one
// tensor in the file's own type. Tensors that the module does not have are left in their file.
class WeightLoader {
 public:
  // Names, shapes and types are checked before the first tensor is read: throws Error naming those
  // that are missing or do not fit, and the files.
  WeightLoader(torch::nn::Module& module, WeightFiles files);

  // Reads so many bytes, or a tensor more than that. False when those were the last.
  bool step(std::uint64_t bytes = kAllBytes);
  double fraction() const;  // Of the bytes, 0 to 1.

  // What is worth saying of it, a sentence each.
  const std::vector<std::string>& notes() const { return notes_; }
  // As told_of_numbers(), of those that have been read.
  std::string told_of_numbers() const;

 private:
  WeightFiles files_;
  std::map<std::string, torch::Tensor> left_;  // They share memory with the module.
  std::size_t count_;
  std::uint64_t read_ = 0, all_ = 0;  // Bytes.
  std::vector<std::string> notes_, not_finite_;
};

// A sentence that names the parameters and buffers with NaN or infinity; empty where there are
// none.
std::string told_of_numbers(const torch::nn::Module& module);

// Fills `to`, whose shape is that of the place, with what `read` puts into the place's bytes.
void read_into(const torch::Tensor& to, const TensorSlice& place,
               const std::function<void(char* bytes)>& read);

void save_weights(const torch::nn::Module& module, const std::filesystem::path& file,
                  DType floats = DType::kF32);  // Replaces the file atomically.

// Whether numbers of this type can fill a tensor of that one: floats fill floats, and no others do.
bool fits(DType stored, const torch::Tensor& tensor);

}  // namespace stepwise
