#include "training/batches.h"

#include <algorithm>
#include <cstring>

#include "diffusion/tensor_image.h"
#include "training/loss.h"

namespace stepwise {

namespace {

// A seed of its own for each (seed, stream), by splitmix64.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t z = seed + 0x9E3779B97F4A7C15 * (stream + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

// torch takes a place in its list of numbers that lies beyond the list's end. What it stores begins
// with the seed, then how many numbers are left until the list is renewed, then (at byte 16) the
// place of the next one; a new generator has the list renewed at once.
bool is_sound(const torch::Tensor& state) {
  constexpr std::int64_t kNumbers = 624;
  std::int32_t left = 0;
  std::int64_t next = 0;
  std::memcpy(&left, state.data_ptr<std::uint8_t>() + 8, sizeof left);
  std::memcpy(&next, state.data_ptr<std::uint8_t>() + 16, sizeof next);
  return left >= 1 && next >= 0 && next <= kNumbers && left + next <= kNumbers + 1;
}

}  // namespace

PictureTensors::PictureTensors(const Pictures& pictures, torch::Device device)
    : pixels(pixels_of(pictures).clone(torch::MemoryFormat::Contiguous).to(device)),
      labels(labels_of(pictures).to(device, torch::kLong)) {
  require(pictures.count > 0, "The data set has no pictures.");
}

torch::Tensor PictureTensors::clean(const torch::Tensor& indices) const {
  return data_units(pixels.index_select(0, indices));
}

Batches::Batches(const Recipe& recipe, const Dataset& data, torch::Device device)
    : recipe_(recipe),
      train_(data.train, device),
      null_class_(std::int64_t(data.class_names.size())),
      generator_(at::detail::createCPUGenerator(mixed(recipe.seed, 0))) {}

Batch Batches::next(std::int64_t step) {
  const auto device = train_.pixels.device();
  const auto indices = indices_at(step * recipe_.batch, recipe_.batch).to(device);
  const auto dropped =
      torch::rand({recipe_.batch}, generator_).lt(recipe_.class_dropout).to(device);
  Batch batch;
  batch.clean = train_.clean(indices);
  batch.labels = train_.labels.index_select(0, indices).masked_fill_(dropped, null_class_);
  if (recipe_.flip) {
    const auto mirrored = torch::rand({recipe_.batch, 1, 1, 1}, generator_).lt(0.5).to(device);
    batch.clean = torch::where(mirrored, batch.clean.flip(3), batch.clean);
  }
  batch.sigma = stratified_sigmas(recipe_, recipe_.batch, generator_).to(device);
  batch.noise = torch::randn(batch.clean.sizes(), generator_).to(device);
  return batch;
}

torch::Tensor Batches::indices_at(std::int64_t position, std::int64_t count) {
  const std::int64_t pictures = train_.pixels.size(0);
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
    auto generator = at::detail::createCPUGenerator(mixed(recipe_.seed, 1 + std::uint64_t(epoch)));
    order_ = torch::randperm(train_.pixels.size(0), generator, torch::kLong);
    epoch_ = epoch;
  }
  return order_;
}

torch::Tensor Batches::generator_state() const { return generator_.get_state(); }

void Batches::set_generator_state(const torch::Tensor& state) {
  require(state.scalar_type() == torch::kByte && state.sizes() == generator_.get_state().sizes(),
          "The saved state of the random generator is not one of this version of torch.");
  require(is_sound(state), "The saved state of the random generator is damaged.");
  generator_.set_state(state);
}

}  // namespace stepwise
