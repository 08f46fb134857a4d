#include "model/weights.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

constexpr std::size_t kListed = 8;  // Names a message repeats.

std::optional<torch::ScalarType> scalar_type_of(DType dtype) {
  switch (dtype) {
    case DType::kF64:
      return torch::kDouble;
    case DType::kF32:
      return torch::kFloat;
    case DType::kF16:
      return torch::kHalf;
    case DType::kBF16:
      return torch::kBFloat16;
    case DType::kI64:
      return torch::kLong;
    case DType::kI32:
      return torch::kInt;
    case DType::kI16:
      return torch::kShort;
    case DType::kI8:
      return torch::kChar;
    case DType::kU8:
    case DType::kBool:  // Read as numbers first: a byte other than 0 or 1 is no bool.
      return torch::kByte;
    default:
      return {};
  }
}

DType dtype_of(torch::ScalarType type) {
  if (type == torch::kBool) return DType::kBool;
  for (const DType dtype : {DType::kF64, DType::kF32, DType::kF16, DType::kBF16, DType::kI64,
                            DType::kI32, DType::kI16, DType::kI8, DType::kU8})
    if (scalar_type_of(dtype) == type) return dtype;
  throw Error(text_of("Tensors of the type ", type, " cannot be stored."));
}

// Every parameter and buffer, sharing memory with the module.
std::map<std::string, Tensor> tensors_of(const torch::nn::Module& module) {
  std::map<std::string, Tensor> tensors;
  for (const auto& item : module.named_parameters()) tensors.emplace(item.key(), item.value());
  for (const auto& item : module.named_buffers()) tensors.emplace(item.key(), item.value());
  return tensors;
}

// A message's list of names, cut short where there are many.
class Names {
 public:
  void add(const std::string& name) {
    if (count_++ < kListed) text_ += (text_.empty() ? "" : ", ") + name.substr(0, 120);
  }
  std::string text() const {
    return text_ + (count_ > kListed ? " and " + std::to_string(count_ - kListed) + " more" : "");
  }
  bool empty() const { return count_ == 0; }

 private:
  std::size_t count_ = 0;
  std::string text_;
};

void check_names(const std::map<std::string, Tensor>& module,
                 const std::map<std::string, StoredTensor>& state, const std::string& name) {
  Names missing, extra, misshaped;
  for (const auto& [key, tensor] : module) {
    const auto found = state.find(key);
    if (found == state.end())
      missing.add(key);
    else if (tensor.sizes() != torch::IntArrayRef(found->second.shape))
      misshaped.add(text_of(key, " (", torch::IntArrayRef(found->second.shape), " instead of ",
                            tensor.sizes(), ")"));
  }
  for (const auto& [key, tensor] : state)
    if (!module.contains(key)) extra.add(key);
  std::string problems;
  if (!missing.empty()) problems += " Missing: " + missing.text() + ".";
  if (!extra.empty()) problems += " Not part of this network: " + extra.text() + ".";
  if (!misshaped.empty()) problems += " Of another shape: " + misshaped.text() + ".";
  require(problems.empty(), "The weights in '", name, "' do not fit the network.", problems,
          " Check that they belong to the config.json beside them.");
}

void rename(std::map<std::string, StoredTensor>& state, const std::string& from,
            const std::string& to) {
  auto node = state.extract(from);
  node.key() = to;
  state.insert(std::move(node));
}

// "a.b.query.weight" as {"a.b.", "query", ".weight"}.
struct Parts {
  std::string before, word, after;
};
Parts parts_of(const std::string& key) {
  const std::size_t end = key.rfind('.');
  if (end == std::string::npos || end == 0) return {};
  const std::size_t dot = key.rfind('.', end - 1);
  const std::size_t start = dot == std::string::npos ? 0 : dot + 1;
  return {key.substr(0, start), key.substr(start, end - start), key.substr(end)};
}

}  // namespace

Tensor tensor_of(const StoredTensor& stored) {
  const auto type = scalar_type_of(stored.dtype);
  require(type.has_value(), "Tensors of the dtype ", name_of(stored.dtype),
          " cannot be used here.");
  const Tensor tensor = torch::empty(stored.shape, *type);
  std::copy(stored.bytes.begin(), stored.bytes.end(), static_cast<char*>(tensor.data_ptr()));
  return stored.dtype == DType::kBool ? tensor.ne(0) : tensor;
}

StoredTensor stored(const Tensor& tensor) {
  const Tensor plain = tensor.detach().to(torch::kCPU).contiguous();
  StoredTensor result{dtype_of(plain.scalar_type()), plain.sizes().vec(), {}};
  result.bytes.assign(static_cast<const char*>(plain.data_ptr()), plain.nbytes());
  return result;
}

std::map<std::string, StoredTensor> state_of(const torch::nn::Module& module, DType floats) {
  const auto type = scalar_type_of(floats);
  std::map<std::string, StoredTensor> state;
  for (const auto& [name, tensor] : tensors_of(module)) {
    const bool convert = tensor.is_floating_point() && type;
    state.emplace(name, stored(convert ? tensor.detach().to(*type) : tensor));
  }
  return state;
}

void load_state(torch::nn::Module& module, const std::map<std::string, StoredTensor>& state,
                const std::string& name) {
  const auto tensors = tensors_of(module);
  check_names(tensors, state, name);
  std::vector<std::pair<Tensor, Tensor>> copies;  // Converted first, so that nothing is half done.
  for (const auto& [key, stored] : state) {
    require(scalar_type_of(stored.dtype).has_value(), "The tensor ", key, " in '", name,
            "' has the dtype ", name_of(stored.dtype), ", which cannot be used here.");
    copies.emplace_back(tensors.at(key), tensor_of(stored));
  }
  const torch::NoGradGuard no_grad;
  for (auto& [to, from] : copies) to.copy_(from);
}

void load_weights(torch::nn::Module& module, const std::filesystem::path& file) {
  Safetensors read = read_safetensors(file);
  rename_old_keys(read.tensors);
  load_state(module, read.tensors, file.string());
}

void save_weights(const torch::nn::Module& module, const std::filesystem::path& file,
                  DType floats) {
  write_safetensors(file, {state_of(module, floats), {{"format", "pt"}}});
}

void rename_old_keys(std::map<std::string, StoredTensor>& state) {
  static const std::map<std::string, std::string> kNewWords = {
      {"query", "to_q"}, {"key", "to_k"}, {"value", "to_v"}, {"proj_attn", "to_out.0"}};
  std::vector<std::pair<std::string, std::string>> renamed;
  for (const auto& [key, tensor] : state) {
    const Parts parts = parts_of(key);
    const auto found = kNewWords.find(parts.word);
    if (found == kNewWords.end() || parts.before.find("attentions.") == std::string::npos) continue;
    const std::string name = parts.before + found->second + parts.after;
    if (!state.contains(name)) renamed.emplace_back(key, name);
  }
  for (const auto& [from, to] : renamed) rename(state, from, to);
  // Fourier frequencies were once stored twice, or under the other name alone.
  if (state.contains("time_proj.weight"))
    state.erase("time_proj.W");
  else if (state.contains("time_proj.W"))
    rename(state, "time_proj.W", "time_proj.weight");
}

}  // namespace stepwise
