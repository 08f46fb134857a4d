#include "diffusion/gaussian_file.h"

#include <algorithm>

#include "formats/safetensors.h"
#include "model/weights.h"

namespace stepwise {

namespace {

// Half precision holds a number to one part in two thousand.
StoredTensor stored_half(const Tensor& tensor) { return stored(tensor.to(torch::kHalf)); }

class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : file_(path) {}

  // `shape`: -1 for a size of its own.
  Tensor read(const char* name, const std::vector<std::int64_t>& shape) const {
    const auto found = file_.tensors().find(name);
    const bool there = found != file_.tensors().end() && is_float(found->second.dtype) &&
                       has_shape(found->second.shape, shape);
    require(there, "'", file_.name(), "' does not hold the Gaussians of this model: its tensor '",
            name, "' is missing or has another shape. Delete it, or fit them again.");
    const Tensor tensor = torch::empty(found->second.shape);
    read_into(tensor, found->second, [&](char* bytes) { file_.read(found->second, bytes); });
    require(tensor.isfinite().all().item<bool>(), "'", file_.name(), "': not all numbers of '",
            name, "' are finite. Delete it, or fit them again.");
    return tensor;
  }

 private:
  static bool has_shape(const std::vector<std::int64_t>& found,
                        const std::vector<std::int64_t>& wanted) {
    const auto fits = [](std::int64_t a, std::int64_t b) { return b == -1 || a == b; };
    return std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(), fits);
  }

  SafetensorsFile file_;
};

}  // namespace

void write_gaussians(const std::filesystem::path& file, const ClassGaussians& g) {
  write_safetensors(file, {{{"means", stored_half(g.means)},
                            {"axes", stored_half(g.axes)},
                            {"variances", stored_half(g.variances)},
                            {"rest", stored_half(g.rest)}},
                           {{"format", "stepwise gaussians 1"}}});
}

ClassGaussians read_gaussians(const std::filesystem::path& file, int classes, std::int64_t values) {
  const Reader reader(file);
  const std::int64_t count = classes + 1;
  ClassGaussians g;
  g.means = reader.read("means", {count, values});
  g.axes = reader.read("axes", {count, values, -1});
  g.variances = reader.read("variances", {count, g.axes.size(2)});
  g.rest = reader.read("rest", {count});
  return g;
}

}  // namespace stepwise
