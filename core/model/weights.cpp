#include "model/weights.h"

#include <torch/autograd.h>
#include <torch/utils.h>
#include <algorithm>
#include <optional>
#include <utility>

#include "error.h"
#include "first_of.h"
#include "formats/safetensors_header.h"
#include "model/finite.h"

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

// As a message repeats them, cut short where they are long or many.
std::string first_names(std::vector<std::string> names) {
  for (std::string& name : names) name.resize(std::min<std::size_t>(name.size(), 120));
  return first_of(names, kListed);
}

// What of a state is not that of the module.
struct Misfits {
  std::vector<std::string> missing, misshaped, mistyped, extra;
  bool shares_nothing = true;
};

Misfits misfits(const std::map<std::string, Tensor>& module,
                const std::map<std::string, WeightSlice>& state) {
  Misfits found;
  for (const auto& [key, tensor] : module) {
    const auto stored = state.find(key);
    found.shares_nothing = found.shares_nothing && stored == state.end();
    if (stored == state.end())
      found.missing.push_back(key);
    else if (tensor.sizes() != torch::IntArrayRef(stored->second.shape))
      found.misshaped.push_back(text_of(key, " (", torch::IntArrayRef(stored->second.shape),
                                        " instead of ", tensor.sizes(), ")"));
    else if (!fits(stored->second.dtype, tensor))
      found.mistyped.push_back(text_of(key, " (", name_of(stored->second.dtype), ")"));
  }
  for (const auto& [key, tensor] : state)
    if (!module.contains(key)) found.extra.push_back(in_quotes(key));
  return found;
}

// Throws Error if something is missing or does not fit; tensors too many are named with it.
void check_fit(const Misfits& found, const std::string& name) {
  std::string problems;
  const auto add = [&](const char* what, const std::vector<std::string>& names) {
    if (!names.empty()) problems += text_of(" ", what, ": ", first_names(names), ".");
  };
  add("Missing", found.missing);
  add("Of another shape", found.misshaped);
  add("Of a type that cannot be used", found.mistyped);
  if (problems.empty()) return;
  add("Not part of this network", found.extra);
  if (found.shares_nothing) problems += " They are those of another network.";
  throw Error(text_of("The weights in '", name, "' do not fit the network.", problems,
                      " Check that they belong to the config.json beside them."));
}

std::string note_of_extra(const std::vector<std::string>& extra) {
  return text_of(extra.size(),
                 extra.size() == 1 ? " tensor of the weights was" : " tensors of the weights were",
                 " left out, for the network has none of that name: ", first_names(extra), ".");
}

std::string note_of_unwrapped(std::size_t count) {
  return text_of(
      "The weights were saved in the wrapping of torch.compile or DataParallel: "
      "'_orig_mod.' and 'module.' were left out of the names of ",
      count, " tensors.");
}

std::string told_of(const std::vector<std::string>& not_finite, std::size_t count) {
  if (not_finite.empty()) return "";
  return text_of("The weights contain NaN or infinity, in ", not_finite.size(), " of ", count,
                 " tensors: ", first_names(not_finite), ".");
}

}  // namespace

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

WeightLoader::WeightLoader(torch::nn::Module& module, WeightFiles files)
    : files_(std::move(files)), left_(tensors_of(module)), count_(left_.size()) {
  const Misfits found = misfits(left_, files_.tensors());
  check_fit(found, files_.name());
  for (const auto& [key, tensor] : left_) all_ += files_.tensors().at(key).size;
  if (files_.unwrapped() > 0) notes_.push_back(note_of_unwrapped(files_.unwrapped()));
  if (!found.extra.empty()) notes_.push_back(note_of_extra(found.extra));
}

// Each tensor is looked through while it is in the processor's cache.
bool WeightLoader::step(std::uint64_t bytes) {
  const torch::NoGradGuard no_grad;
  const std::uint64_t before = read_;
  while (!left_.empty() && read_ - before < bytes) {
    const auto item = left_.extract(left_.begin());
    const WeightSlice& place = files_.tensors().at(item.key());
    read_into(item.mapped(), place, [&](char* to) { files_.read(place, to); });
    if (!is_finite(item.mapped())) not_finite_.push_back(item.key());
    read_ += place.size;
  }
  return !left_.empty();
}

double WeightLoader::fraction() const { return all_ == 0 ? 1 : double(read_) / double(all_); }

std::string WeightLoader::told_of_numbers() const { return told_of(not_finite_, count_); }

std::string told_of_numbers(const torch::nn::Module& module) {
  const torch::NoGradGuard no_grad;
  const auto tensors = tensors_of(module);
  std::vector<std::string> names;
  for (const auto& [name, tensor] : tensors)
    if (!is_finite(tensor)) names.push_back(name);
  return told_of(names, tensors.size());
}

void read_into(const Tensor& to, const TensorSlice& place,
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
