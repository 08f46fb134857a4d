#include "model/finite.h"

#include <torch/nn/module.h>
#include <torch/utils.h>
#include <cmath>
#include <map>
#include <string>

#include "model/watch.h"
#include "model/weights.h"

namespace stepwise {
namespace {

using torch::Tensor;

// Picture by picture, so that all is computed on this thread and in order. Empty where a picture
// alone comes out well.
std::string first_part_not_finite(UNet2DModel& net, const Tensor& x, const Tensor& timestep,
                                  const Tensor& class_labels) {
  std::map<const torch::nn::Module*, std::string> names;
  for (const auto& item : net->named_modules("", /*include_self=*/false))
    names[item.value().get()] = item.key();
  std::string found;
  const Watch watch([&](const torch::nn::Module& part, const Tensor& out) {
    if (found.empty() && !is_finite(out)) found = names[&part];
  });
  const torch::NoGradGuard no_grad;
  const std::int64_t count = x.size(0);
  const auto one = [&](const Tensor& all, std::int64_t i) {
    return all.defined() && all.dim() > 0 && all.size(0) == count ? all.narrow(0, i, 1) : all;
  };
  for (std::int64_t i = 0; i < count && found.empty(); ++i)
    net->forward(one(x, i), one(timestep, i), one(class_labels, i));
  return found;
}

std::string cause_in(const UNet2DModel& net) {
  const std::string told = told_of_numbers(*net);
  return told.empty() ? "The weights are finite: numbers grew too large on their way. Choose other "
                        "settings or an earlier checkpoint."
                      : told + " Copy the model once more, or go back to an earlier checkpoint.";
}

}  // namespace

// A sum is finite where all its numbers are, unless it is too large itself.
bool is_finite(const Tensor& tensor) {
  if (!tensor.is_floating_point() || std::isfinite(tensor.sum().item<double>())) return true;
  return tensor.isfinite().all().item<bool>();
}

void require_finite(UNet2DModel& net, const Tensor& x, const Tensor& timestep,
                    const Tensor& class_labels, const Tensor& answer) {
  if (is_finite(answer)) return;
  if (!is_finite(x)) throw NotFinite("the pictures that the network was given are not finite.");
  const std::string part = first_part_not_finite(net, x, timestep, class_labels);
  const bool nan = answer.isnan().any().item<bool>();
  throw NotFinite(text_of("the network's answer has ", nan ? "NaN" : "infinity",
                          part.empty() ? "" : ", first out of '" + part + "'", ". ",
                          cause_in(net)));
}

}  // namespace stepwise
