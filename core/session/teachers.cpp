#include "session/teachers.h"

#include <torch/utils.h>

#include <algorithm>
#include <utility>

#include "diffusion/gaussian.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "evaluation/patches.h"
#include "settings/record.h"
#include "training/batches.h"

namespace stepwise {
namespace {

// A denoiser for pictures of these conditions.
using DenoiserFor = std::function<Denoise(const std::vector<Condition>&)>;

OpenedModel as_model(Teacher kind, const Dataset& data, DenoiserFor denoiser_for) {
  const Pictures& like = data.train;
  Model model;
  model.classes = {int(data.class_names.size())};
  model.shape = {like.channels, like.height, like.width};
  model.unclamped = [denoiser_for](const std::vector<Condition>& conditions,
                                   const SampleSettings& settings) {
    const std::vector<Condition> none(conditions.size());
    return guided(denoiser_for(conditions), denoiser_for(none),
                  guidance_of(heeded(settings, conditions)));
  };
  OpenedModel opened;
  opened.folder.info.data_set = record_of(data);
  opened.model = std::make_shared<const Model>(std::move(model));
  opened.announcement.name = text_of(name_of(kind).label, " of ", data.name);
  opened.announcement.class_names = data.class_names;
  opened.announcement.height = like.height;
  opened.announcement.width = like.width;
  opened.announcement.channels = like.channels;
  opened.announcement.data = data.name;
  opened.announcement.source = lasting_source(data);
  opened.announcement.defaults.sigma_min = 0.02;
  opened.announcement.defaults.sigma_max = 60;
  return opened;
}

Opening of_gaussians(const std::shared_ptr<const Dataset>& data) {
  const PictureTensors learned = tensors_learned_from(*data);
  const auto fit =
      std::make_shared<GaussianFit>(learned.pixels, learned.labels, int(data->class_names.size()));
  return [data, fit](const Emit& emit) -> std::optional<OpenedModel> {
    if (fit->step()) return emit(Progress{fit->fraction(), "fitting Gaussians"}), std::nullopt;
    return as_model(Teacher::kGaussian, *data,
                    [gaussians = fit->take()](const std::vector<Condition>& conditions) {
                      return gaussian_denoiser(gaussians, conditions);
                    });
  };
}

// A few test pictures of each class, in turn.
std::vector<int> some_of_each(const Pictures& test, int classes) {
  constexpr int kOfEach = 1, kMost = 10;
  std::vector<int> chosen, count(std::size_t(classes), 0);
  for (int i = 0; i < test.count && int(chosen.size()) < kMost; ++i)
    if (count[test.labels[std::size_t(i)]]++ < kOfEach) chosen.push_back(i);
  return chosen;
}

Opening of_patches(const std::shared_ptr<const Dataset>& data) {
  struct Making {
    LocalPatches patches;
    PatchSizes sizes;
  };
  const Pictures& test = data->test;
  const int classes = int(data->class_names.size());
  const std::vector<int> chosen = some_of_each(test, classes);
  std::vector<Condition> conditions;
  for (const int i : chosen) conditions.push_back({int(test.labels[std::size_t(i)])});
  const Tensor clean = tensor_of(test, torch::tensor(chosen, torch::kLong));
  const PictureTensors learned = tensors_learned_from(*data);
  const auto made = std::make_shared<LocalPatches>(learned.pixels, learned.labels, classes);
  const auto sizes = std::make_shared<PatchSizes>(*made, clean, conditions);
  return [data, made, sizes](const Emit& emit) -> std::optional<OpenedModel> {
    if (sizes->step())
      return emit(Progress{sizes->fraction(), "finding how far to look"}), std::nullopt;
    return as_model(Teacher::kPatches, *data, [made, sizes](const std::vector<Condition>& told) {
      return Denoise([=](const Tensor& x, double sigma) -> Guess {
        return made->guesses(x, sigma, sizes->side_at(sigma), told);
      });
    });
  };
}

Opening of_ideal(const std::shared_ptr<const Dataset>& data,
                 const std::shared_ptr<const IdealDenoiser>& ideal) {
  return [=](const Emit&) -> std::optional<OpenedModel> {
    return as_model(Teacher::kIdeal, *data, [ideal](const std::vector<Condition>& told) {
      return Denoise([=](const Tensor& x, double sigma) -> Guess {
        return sigma == 0 ? x : ideal->guesses(x, sigma, told);
      });
    });
  };
}

}  // namespace

Opening making_teacher(Teacher kind, std::shared_ptr<const Dataset> data,
                       std::shared_ptr<const IdealDenoiser> ideal) {
  if (kind == Teacher::kIdeal) return of_ideal(data, ideal);
  return kind == Teacher::kGaussian ? of_gaussians(data) : of_patches(data);
}

}  // namespace stepwise
