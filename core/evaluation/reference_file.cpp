#include "evaluation/reference_file.h"

#include <torch/utils.h>
#include <torch/version.h>

#include <string>
#include <system_error>

#include "error.h"
#include "first_of.h"
#include "image/sha256.h"
#include "model/weights.h"
#include "settings/json.h"

namespace stepwise {

// What the file says in words, next to its tensors.
STEPWISE_FIELDS(ReferenceSet, held)

namespace {

namespace fs = std::filesystem;
using torch::Tensor;

// Of how figures are computed, too: another number wherever that changes.
constexpr const char* kReferenceFormat = "stepwise reference 1";

// All that the numbers depend on.
std::string key_of(const ReferenceSet& set) {
  const Dataset& data = *set.data;
  // Pictures that are learned from beside its own leave a data set its identity.
  const std::string more = data.source.more.empty() ? "" : sha256(data.train.pixels.text());
  return sha256(text_of(kReferenceFormat, ' ', set.record.identity, ' ', more, ' ',
                        set.classifier.checksum, ' ', kEvaluationSeed, ' ', joined(kNoiseLevels),
                        ' ', TORCH_VERSION))
      .substr(0, 32);
}

Safetensors file_of(const ReferenceSet& set) {
  Safetensors file{{{"train.mean", stored(set.train.mean)},
                    {"train.covariance", stored(set.train.covariance)},
                    {"test.features", stored(set.test.features)},
                    {"test.classes", stored(set.test.classes)}},
                   {{"format", kReferenceFormat},
                    {"key", set.file.stem().string()},
                    {"figures", text_of_json(value_of(set))}}};
  Sha256 check;
  check.add(file.metadata.at("figures"));
  for (const auto& [name, tensor] : file.tensors) check.add(tensor.bytes);
  file.metadata["sha256"] = check.digest();
  return file;
}

// What is read here may be damaged, or another one's: each require says no more than that.
constexpr const char* kUseless = "It is not the file of this reference.";

Tensor tensor_in(const SafetensorsFile& file, const char* name, torch::IntArrayRef shape,
                 torch::Dtype type) {
  const auto found = file.tensors().find(name);
  require(found != file.tensors().end(), kUseless);
  const TensorSlice& place = found->second;
  const Tensor tensor = torch::empty(shape, type);
  require(torch::IntArrayRef(place.shape) == shape && fits(place.dtype, tensor) &&
              place.size == tensor.nbytes(),
          kUseless);
  file.read(place, static_cast<char*>(tensor.data_ptr()));
  return tensor;
}

void read(ReferenceSet& set) {
  const SafetensorsFile file(set.file);
  const auto figures = file.metadata().find("figures");
  require(figures != file.metadata().end(), kUseless);
  const std::int64_t test = set.data->test.count;
  ReferenceSet found = set;
  found.train = {tensor_in(file, "train.mean", {kFeatures}, torch::kDouble),
                 tensor_in(file, "train.covariance", {kFeatures, kFeatures}, torch::kDouble)};
  found.test = {tensor_in(file, "test.features", {test, kFeatures}, torch::kFloat),
                tensor_in(file, "test.classes", {test}, torch::kLong)};
  found.held = read_object<ReferenceSet>(figures->second, file.name()).held;
  // It is whole if it says what would be written of it.
  require(file.metadata() == file_of(found).metadata, kUseless);
  set = std::move(found);
}

}  // namespace

void keep_in(const fs::path& folder, ReferenceSet& set) {
  set.file = folder / (key_of(set) + ".reference");
  try {
    read(set);
  } catch (const Error&) {  // It is computed, and written anew.
  }
}

void keep(const ReferenceSet& set) {
  if (set.file.empty()) return;
  std::error_code told_below;
  fs::create_directories(set.file.parent_path(), told_below);
  try {
    write_safetensors(set.file, file_of(set));
  } catch (const Error&) {  // The next program computes it again.
  }
}

}  // namespace stepwise
