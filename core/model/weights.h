// Weights between a module and a safetensors file. Names are the module's own (named_parameters,
// named_buffers). Used on the thread that owns the module.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

#include "model/safetensors.h"

namespace stepwise {

torch::Tensor tensor_of(const StoredTensor& stored);  // A copy, on the CPU.
StoredTensor stored(const torch::Tensor& tensor);     // A copy, from any device and layout.

// Parameters and buffers by name. `floats` is what floating-point tensors are stored as: kF32, kF16
// or kBF16.
std::map<std::string, StoredTensor> state_of(const torch::nn::Module& module,
                                             DType floats = DType::kF32);

// Copies the state into the module, converting to its dtype and device. All or nothing: throws
// Error naming the tensors that are missing, not known or of another shape, and `name`, where they
// came from.
void load_state(torch::nn::Module& module, const std::map<std::string, StoredTensor>& state,
                const std::string& name);

void load_weights(torch::nn::Module& module, const std::filesystem::path& file);
void save_weights(const torch::nn::Module& module, const std::filesystem::path& file,
                  DType floats = DType::kF32);  // Replaces the file atomically.

// The names diffusers renames when it loads older checkpoints, renamed here too (query -> to_q,
// ...).
void rename_old_keys(std::map<std::string, StoredTensor>& state);

}  // namespace stepwise
