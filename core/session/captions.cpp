#include "session/captions.h"

#include <utility>

#include "diffusion/tensor_image.h"
#include "error.h"
#include "evaluation/captions.h"
#include "evaluation/held.h"

namespace stepwise {
namespace {

Tensor pictures_of(const Pictures& all, const std::vector<int>& indices) {
  return tensor_of(all, torch::tensor(indices, torch::kLong));
}

ByteBatch pictures_of(const Pictures& all, const std::vector<Doubt>& doubts) {
  if (doubts.empty()) return {};
  std::vector<int> indices;
  for (const Doubt& doubt : doubts) indices.push_back(doubt.index);
  return to_bytes(to_image_batch(pictures_of(all, indices)));
}

}  // namespace

Piece reviewing(const ReviewCaptions& asked, SharedModel model, const std::string& name,
                std::shared_ptr<const Dataset> data, JobId open) {
  require_noise(*model, "A review of captions");
  kReviewed.check("The number of pictures", asked.count);
  const Pictures& train = data->train;
  require(asked.count <= train.count, "There are ", train.count, " training pictures, not ",
          asked.count, ".");
  const std::vector<int> chosen = hold(train, asked.count, asked.seed);
  std::vector<int> labels;
  for (const int i : chosen) labels.push_back(train.labels[std::size_t(i)]);
  const int classes = model->classes.count;
  require(int(data->class_names.size()) == classes, "The model knows ", classes,
          " classes, and the data set '", data->name, "' has ", data->class_names.size(),
          ": its captions mean nothing to the model.");
  const auto work = std::make_shared<CaptionReviewing>(std::move(model), pictures_of(train, chosen),
                                                       chosen, labels, asked.wrong, asked.seed);
  return [work, name, data = std::move(data), open](const Emit& emit) {
    const bool more = work->step();
    emit(Progress{work->fraction(), "asking what pictures are of"});
    if (more) return true;
    CaptionReview review = work->review();
    ByteBatch pictures = pictures_of(data->train, review.doubts);
    emit(CaptionsReviewed{name, std::move(review), std::move(pictures), open});
    return false;
  };
}

}  // namespace stepwise
