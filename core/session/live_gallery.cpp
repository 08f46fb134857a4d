#include "session/live_gallery.h"

#include <algorithm>

#include "error.h"
#include "session/share_of_time.h"

namespace stepwise {
namespace {

constexpr int kGalleryPictures = 20;
constexpr int kGallerySteps = 10;     // At most: it is drawn every few seconds.
constexpr double kGalleryGap = 0.02;  // Between two, as a share of the training time.

}  // namespace

LiveGallery::LiveGallery(int classes) : conditions_(dealt({}, classes, kGalleryPictures)) {}

bool LiveGallery::due(const Recipe& recipe) const {
  return recipe.gallery_seconds > 0 && Clock::now() >= next_;
}

void LiveGallery::begin(const Trainer& trainer, SharedModel model) {
  const Recipe& recipe = trainer.recipe();
  begun_ = true;
  SampleSettings settings = trainer.defaults();
  settings.count = kGalleryPictures;
  settings.steps = std::min(settings.steps, kGallerySteps);
  settings.seed = recipe.seed;
  drawing_.emplace(settings, conditions_, std::move(model), kGalleryPictures);
  cost_ = {};
  next_ =
      Clock::now() + in_seconds(std::max(recipe.gallery_seconds, trainer.seconds() * kGalleryGap));
}

// It ends no run.
std::optional<torch::Tensor> LiveGallery::step(const Emit& emit) {
  const auto start = Clock::now();
  std::optional<torch::Tensor> pictures;
  bool more = false;
  try {
    more = drawing_->step();
    if (auto portion = drawing_->take()) pictures = std::move(portion->pictures);
  } catch (const Error& e) {
    emit(Warning{text_of("No gallery was drawn: ", e.what())});
  }
  cost_ += Clock::now() - start;
  if (more) return pictures;
  drawing_.reset();
  next_ = std::max(next_, Clock::now() + pause_after(cost_, kShareOfPictures));
  return pictures;
}

}  // namespace stepwise
