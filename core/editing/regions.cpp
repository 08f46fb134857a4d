#include "editing/regions.h"

#include "diffusion/tensor_image.h"
#include "painting/shares.h"

namespace stepwise {
namespace {

// Of as many batches as there are shares [R, 1, 1, H, W], one after the other.
Tensor shared(const Tensor& shares, const Tensor& all) {
  if (!all.defined()) return all;
  return (shares * all.unflatten(0, {shares.size(0), -1})).sum(0);
}

}  // namespace

Denoise conditioned(const Branch& branch) {
  const Model& model = *branch.model;
  const std::vector<Condition> own = branch.own_conditions();
  const auto height = int(model.shape[1]), width = int(model.shape[2]);
  const auto shares = shares_by(branch.layers, own.front(), height, width);
  if (shares.empty()) return model.unclamped(own, branch.settings);
  std::vector<Condition> conditions;
  std::vector<Tensor> parts;
  for (const auto& [condition, part] : shares) {
    conditions.insert(conditions.end(), own.size(), condition);
    parts.push_back(to_tensor(part).unsqueeze(0));
  }
  Denoise each = model.unclamped(conditions, branch.settings);
  const Tensor all_parts = torch::stack(parts).to(model.device);
  return [=, each = std::move(each), count = std::int64_t(shares.size())](const Tensor& x,
                                                                          double sigma) -> Guess {
    if (sigma == 0) return x;
    const Guess all = each(x.repeat({count, 1, 1, 1}), sigma);
    return {shared(all_parts, all.clean), shared(all_parts, all.variance)};
  };
}

}  // namespace stepwise
