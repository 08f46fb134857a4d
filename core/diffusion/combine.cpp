#include "diffusion/combine.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "diffusion/enlarge.h"
#include "error.h"

namespace stepwise {
namespace {

std::string shape_of(const Model& model) {
  return text_of(model.shape[2], " x ", model.shape[1], " pixels and ", model.shape[0],
                 model.shape[0] == 1 ? " channel" : " channels");
}

void check_fit(const Model& first, const Model& other) {
  require(can_be_enlarged(other.shape, first.shape),
          "Cannot combine these models: one draws pictures of ", shape_of(first), ", another of ",
          shape_of(other), ". Choose models of one shape, or one twice as high and wide.");
  require(first.classes.count == other.classes.count, "Cannot combine these models: one knows ",
          first.classes.count, " classes, another ", other.classes.count,
          ". Choose models of the same classes.");
  require(first.schedule.degradation() == other.schedule.degradation(),
          "Cannot combine these models: one undoes ", id_of(first.schedule.degradation()),
          ", another ", id_of(other.schedule.degradation()), ". Choose models that undo the same.");
  require(first.device == other.device, "Cannot combine these models: one is on ",
          first.device.str(), ", another on ", other.device.str(), ".");
}

// All of one size, that of the largest pictures among them. Throws Error where they do not fit.
std::vector<SharedModel> of_one_size(std::vector<SharedModel> models) {
  const SharedModel largest = *std::ranges::max_element(
      models, {}, [](const SharedModel& model) { return model->shape[1] * model->shape[2]; });
  for (SharedModel& model : models) {
    check_fit(*largest, *model);
    model = enlarged(model, largest->shape);
  }
  return models;
}

// What the first model is, as far as the others are it too; without its denoiser, and without
// few-step weights, for those know nothing of the others. Pictures begin with whichever Gaussians
// are known of them.
Model common(const std::vector<SharedModel>& models) {
  Model all = *models.front();
  all.few_steps = nullptr;
  for (const SharedModel& model : models) {
    all.classes.has_null = all.classes.has_null && model->classes.has_null;
    all.networks = std::max(all.networks, model->networks);
    if (!all.gaussians) all.gaussians = model->gaussians;
  }
  return all;
}

void check_boundaries(const std::vector<double>& boundaries, std::size_t models) {
  require(models >= 2 && boundaries.size() + 1 == models, "Cannot divide the noise levels among ",
          models, " models with ", boundaries.size(),
          " boundaries: two or more models are needed, and one boundary less.");
  for (const double boundary : boundaries) kSigma.check("A boundary", boundary);
  require(
      std::ranges::is_sorted(boundaries, std::greater_equal{}),
      "The boundaries between noise levels must fall: the model for the most noise comes first.");
}

}  // namespace

SharedModel autoguided(const SharedModel& strong_one, const SharedModel& weak_one, double weight) {
  kAutoguidance.check("The weight of autoguidance", weight);
  const auto both = of_one_size({strong_one, weak_one});
  const SharedModel model = both[0], weak = both[1];
  Model all = common(both);
  all.networks = model->networks + weak->networks;
  all.unclamped = [=](const std::vector<Condition>& conditions, const SampleSettings& settings) {
    constexpr double kAnyLevel = std::numeric_limits<double>::infinity();
    return guided(model->unclamped(conditions, settings), weak->unclamped(conditions, settings),
                  {weight, 0, kAnyLevel});
  };
  return std::make_shared<const Model>(std::move(all));
}

SharedModel experts(const std::vector<SharedModel>& parts, const std::vector<double>& boundaries) {
  check_boundaries(boundaries, parts.size());
  const auto models = of_one_size(parts);
  Model all = common(models);
  all.unclamped = [=](const std::vector<Condition>& conditions,
                      const SampleSettings& settings) -> Denoise {
    SampleSettings for_parts = settings;
    for_parts.border = 0;  // It is of these alone, not of experts among them.
    std::vector<Denoise> each;
    for (const SharedModel& model : models) each.push_back(model->unclamped(conditions, for_parts));
    std::vector<double> borders = boundaries;
    if (settings.border > 0 && borders.size() == 1) borders.front() = settings.border;
    return [each, borders](const Tensor& x, double sigma) {
      const auto below = std::ranges::find_if(borders, [=](double b) { return sigma > b; });
      return each[std::size_t(below - borders.begin())](x, sigma);
    };
  };
  return std::make_shared<const Model>(std::move(all));
}

SharedModel combined(const std::vector<SharedModel>& models, const Combination& how) {
  if (const auto* apart = std::get_if<Experts>(&how)) return experts(models, apart->boundaries);
  require(models.size() == 2, "Autoguidance needs two models, not ", models.size(), ".");
  return autoguided(models[0], models[1], std::get<Autoguidance>(how).weight);
}

}  // namespace stepwise
