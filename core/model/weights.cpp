#include "model/weights.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "error.h"
#include "model/safetensors_header.h"

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

// Whether the tensors, StoredTensor or TensorPlace, are those of the module.
template <class Stored>
void check_state(const std::map<std::string, Tensor>& module,
                 const std::map<std::string, Stored>& state, const std::string& name) {
  Names missing, extra, misshaped, mistyped;
  for (const auto& [key, tensor] : module) {
    const auto found = state.find(key);
    if (found == state.end())
      missing.add(key);
    else if (tensor.sizes() != torch::IntArrayRef(found->second.shape))
      misshaped.add(text_of(key, " (", torch::IntArrayRef(found->second.shape), " instead of ",
                            tensor.sizes(), ")"));
    else if (!fits(found->second.dtype, tensor))
      mistyped.add(text_of(key, " (", name_of(found->second.dtype), ")"));
  }
  for (const auto& [key, tensor] : state)
    if (!module.contains(key)) extra.add(shown(key));
  std::string problems;
  if (!missing.empty()) problems += " Missing: " + missing.text() + ".";
  if (!extra.empty()) problems += " Not part of this network: " + extra.text() + ".";
  if (!misshaped.empty()) problems += " Of another shape: " + misshaped.text() + ".";
  if (!mistyped.empty()) problems += " Of a type that cannot be used: " + mistyped.text() + ".";
  require(problems.empty(), "The weights in '", name, "' do not fit the network.", problems,
          " Check that they belong to the config.json beside them.");
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

bool fits(DType stored, const Tensor& tensor) {
  return scalar_type_of(stored).has_value() && is_float(stored) == tensor.is_floating_point();
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
  check_state(tensors, state, name);
  const torch::NoGradGuard no_grad;
  for (const auto& [key, stored] : state) tensors.at(key).copy_(tensor_of(stored));
}

void load_weights(torch::nn::Module& module, const WeightFiles& files) {
  const auto tensors = tensors_of(module);
  check_state(tensors, files.tensors(), files.name());
  for (const auto& [key, place] : files.tensors())
    read_into(tensors.at(key), place, [&](char* bytes) { files.read(place, bytes); });
}

void read_into(const Tensor& to, const TensorPlace& place,
               const std::function<void(char* bytes)>& read) {
  const torch::NoGradGuard no_grad;
  const auto type = *scalar_type_of(place.dtype);
  if (to.is_cpu() && to.is_contiguous() && to.scalar_type() == type) {
    read(static_cast<char*>(to.data_ptr()));
    torch::autograd::impl::bump_version(to);  // As all that writes over a tensor does.
    return;
  }
  const Tensor from = torch::empty(place.shape, type);
  read(static_cast<char*>(from.data_ptr()));
  to.copy_(place.dtype == DType::kBool ? from.ne(0) : from);
}

void save_weights(const torch::nn::Module& module, const std::filesystem::path& file,
                  DType floats) {
  write_safetensors(file, {state_of(module, floats), {{"format", "pt"}}});
}

}  // namespace stepwise
