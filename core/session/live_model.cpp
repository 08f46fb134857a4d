#include "session/live_model.h"

#include <utility>

#include "model/unet.h"
#include "session/opened_model.h"
#include "settings/record.h"

namespace stepwise {

ModelOpened LiveModel::announcement(const Trainer& trainer, ModelId id,
                                    const std::filesystem::path& folder) const {
  const Pictures& pictures = data_->train;
  return {.id = id,
          .live = true,
          .folder = folder,
          .name = data_->name + " " + trainer.recipe().name,
          .class_names = data_->class_names,
          .height = pictures.height,
          .width = pictures.width,
          .channels = pictures.channels,
          .parameters = trainer.parameters(),
          .data = data_->name,
          .source = lasting_source(*data_),
          .defaults = trainer.defaults(),
          .has_gaussians = true,
          .learned_up_to = trainer.learned_up_to(),
          .degradation = trainer.recipe().degradation,
          .stand_in = {},
          .left_over = {},
          .boundaries = {},
          .survival = {},
          .trade_off = {}};
}

SharedModel LiveModel::after(std::int64_t step, const Trainer& trainer) {
  if (model_ && step_ == step) return model_;
  const bool free = model_.use_count() == 1;  // Nobody else has the last one any more.
  if (!free) weights_ = nullptr;
  weights_ = trainer.snapshot_after(step, std::move(weights_));
  step_ = step;
  if (!free) model_ = with(weights_, trainer);
  return model_;
}

SharedModel LiveModel::at(const std::filesystem::path& mark, const Trainer& trainer) const {
  return with(Trainer::begin_at(mark, {}, *data_, device_).snapshot(), trainer);
}

void LiveModel::forget() {
  model_ = nullptr;
  step_ = -1;
}

SharedModel LiveModel::with(std::shared_ptr<UNet2DModelImpl> weights,
                            const Trainer& trainer) const {
  const Pictures& pictures = data_->train;
  return model_of(network_of(UNet2DModel(std::move(weights))),
                  {.schedule = trainer.schedule(),
                   .classes = {int(data_->class_names.size())},
                   .shape = {pictures.channels, pictures.height, pictures.width},
                   .device = device_,
                   .gaussians = trainer.gaussians()});
}

}  // namespace stepwise
