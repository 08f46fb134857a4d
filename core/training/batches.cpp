#include "training/batches.h"

#include <algorithm>

#include "data/corrections.h"
#include "diffusion/counter.h"
#include "diffusion/noise.h"
#include "diffusion/tensor_image.h"
#include "training/loss.h"

namespace stepwise {
namespace {

// What is drawn for a batch, each from a stream of its own.
enum class Drawn : std::uint32_t {
  kOrder,
  kDropped,
  kMirrored,
  kLevel,
  kNoise,
  kWrong,
  kOther,
  kShift
};

std::uint32_t stream_of(Drawn what) {
  return std::uint32_t(NoiseUse::kTraining) << 24 | std::uint32_t(what);
}

torch::Tensor on_device(const torch::Tensor& pixels, torch::Device device) {
  return device.is_cpu() ? pixels : pixels.to(device).contiguous();
}

// Each picture moved by its own whole numbers of pixels, [n, 2]: down and to the right. The pixels
// of its edge are there beyond it.
torch::Tensor moved(const torch::Tensor& pictures, const torch::Tensor& by) {
  torch::Tensor result = pictures;
  for (const std::int64_t axis : {2, 3}) {
    const std::int64_t side = pictures.size(axis);
    const auto from = (torch::arange(side, by.options()) - by.select(1, axis - 2).unsqueeze(1))
                          .clamp(0, side - 1);
    std::vector<std::int64_t> shape{pictures.size(0), 1, 1, 1};
    shape[std::size_t(axis)] = side;
    result = result.gather(axis, from.view(shape).expand_as(result));
  }
  return result;
}

}  // namespace

PictureTensors::PictureTensors(const Pictures& pictures, torch::Device device)
    : pixels(on_device(pixels_of(pictures), device)),
      labels(labels_of(pictures).to(device, torch::kLong)) {
  require(pictures.count > 0, "The data set has no pictures.");
}

torch::Tensor PictureTensors::clean(const torch::Tensor& indices) const {
  return data_units(pixels.index_select(0, indices));
}

PictureTensors tensors_learned_from(const Dataset& data) {
  PictureTensors tensors(data.train, torch::kCPU);
  if (data.left_out.empty()) return tensors;
  const auto learned = torch::tensor(learned_from(data), torch::kLong);
  tensors.pixels = tensors.pixels.index_select(0, learned);
  tensors.labels = tensors.labels.index_select(0, learned);
  return tensors;
}

Batches::Batches(const Recipe& recipe, const Dataset& data, const Regressor& regressor)
    : recipe_(recipe),
      regressor_(regressor),
      train_(data.train, regressor.device()),
      null_class_(std::int64_t(data.class_names.size())) {
  learn_from(data);
}

void Batches::learn_from(const Dataset& data) {
  const torch::Device device = regressor_.device();
  train_.labels = labels_of(data.train).to(device, torch::kLong);
  learned_ = data.left_out.empty() ? torch::Tensor()
                                   : torch::tensor(learned_from(data), torch::kLong).to(device);
  epoch_ = -1;
}

BatchPlace Batches::place_of(std::int64_t step, Share share) {
  const std::int64_t batch = recipe_.batch, begin = step * batch;
  return {torch::arange(begin, begin + batch, train_.labels.options()),
          indices_at(begin + share.first(batch), share.count(batch))};
}

Batch Batches::at(const BatchPlace& place, Share share) const {
  const std::int64_t first = share.first(recipe_.batch), count = share.count(recipe_.batch);
  const auto own = place.all.narrow(0, first, count);
  const auto chance = [&](Drawn what, const torch::Tensor& where) {
    return random_uniform(recipe_.seed, stream_of(what), where, 1).view({-1});
  };
  Batch batch;
  batch.clean = train_.clean(place.pictures);
  batch.labels =
      told_of(place.pictures)
          .masked_fill_(chance(Drawn::kDropped, own).le(recipe_.class_dropout), null_class_);
  if (recipe_.flip) {
    const auto mirrored = chance(Drawn::kMirrored, own).le(0.5).view({-1, 1, 1, 1});
    batch.clean = torch::where(mirrored, batch.clean.flip(3), batch.clean);
  }
  if (recipe_.shift > 0) {
    const auto chances = random_uniform(recipe_.seed, stream_of(Drawn::kShift), own, 2);
    const auto places = double(2 * recipe_.shift + 1);
    const auto by = (chances * places).floor().clamp(0, places - 1) - recipe_.shift;
    batch.clean = moved(batch.clean, by.to(torch::kLong));
  }
  batch.sigma = stratified_sigmas(recipe_, regressor_, chance(Drawn::kLevel, place.all))
                    .narrow(0, first, count);
  batch.noise =
      random_normal(recipe_.seed, stream_of(Drawn::kNoise), own, batch.clean.numel() / count)
          .view_as(batch.clean);
  return batch;
}

// Wrong of the same pictures in every epoch, as captions are.
torch::Tensor Batches::told_of(const torch::Tensor& pictures) const {
  const torch::Tensor right = train_.labels.index_select(0, pictures);
  if (recipe_.wrong_classes == 0 || null_class_ < 2) return right;
  const auto chance = [&](Drawn what) {
    return random_uniform(recipe_.seed, stream_of(what), pictures, 1).view({-1});
  };
  const auto others = double(null_class_ - 1);
  const auto step = (chance(Drawn::kOther) * others).floor().clamp(0, others - 1) + 1;
  const auto other = (right + step.to(torch::kLong)).remainder(null_class_);
  return torch::where(chance(Drawn::kWrong).lt(recipe_.wrong_classes), other, right);
}

torch::Tensor Batches::indices_at(std::int64_t position, std::int64_t count) {
  const std::int64_t pictures = (learned_.defined() ? learned_ : train_.labels).size(0);
  std::vector<torch::Tensor> parts;  // More than one where an epoch ends within the batch.
  while (count > 0) {
    const std::int64_t from = position % pictures;
    const std::int64_t taken = std::min(count, pictures - from);
    parts.push_back(order_of(position / pictures).narrow(0, from, taken));
    position += taken;
    count -= taken;
  }
  return torch::cat(parts);
}

const torch::Tensor& Batches::order_of(std::int64_t epoch) {
  if (epoch != epoch_) {
    const torch::Tensor& dealt = learned_.defined() ? learned_ : train_.labels;
    order_ =
        random_order(recipe_.seed, stream_of(Drawn::kOrder), epoch, dealt.size(0), dealt.device());
    if (learned_.defined()) order_ = learned_.index_select(0, order_);
    epoch_ = epoch;
  }
  return order_;
}

}  // namespace stepwise
