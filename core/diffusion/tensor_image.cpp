#include "diffusion/tensor_image.h"

#include <cstring>

#include "error.h"

namespace stepwise {
namespace {

// [..., H, W, C] floats of pixels [..., C, H, W], contiguous on the CPU.
torch::Tensor channels_last(const torch::Tensor& pictures) {
  return pictures.detach().movedim(-3, -1).to(torch::kCPU, torch::kFloat).contiguous();
}

torch::Tensor channels_first(const std::vector<float>& pixels, torch::IntArrayRef shape) {
  const torch::Tensor all = torch::empty(shape, torch::kFloat);
  require(all.numel() == std::int64_t(pixels.size()), "A picture of ", all.numel(),
          " values was announced, but it holds ", pixels.size(), ".");
  if (!pixels.empty())
    std::memcpy(all.data_ptr<float>(), pixels.data(), pixels.size() * sizeof(float));
  return all.movedim(-1, -3).contiguous();
}

std::vector<float> pixels_of(const torch::Tensor& pictures) {
  const torch::Tensor all = channels_last(pictures);
  const float* data = all.data_ptr<float>();
  return {data, data + all.numel()};
}

}  // namespace

torch::Tensor to_tensor(const Image& image) {
  return channels_first(image.pixels, {image.height, image.width, image.channels});
}

torch::Tensor to_tensor(const ImageBatch& images) {
  return channels_first(images.pixels,
                        {images.count, images.height, images.width, images.channels});
}

Image to_image(const torch::Tensor& picture) {
  Image image;
  image.channels = int(picture.size(0));
  image.height = int(picture.size(1));
  image.width = int(picture.size(2));
  image.pixels = pixels_of(picture);
  return image;
}

ImageBatch to_image_batch(const torch::Tensor& pictures) {
  ImageBatch images;
  images.count = int(pictures.size(0));
  images.channels = int(pictures.size(1));
  images.height = int(pictures.size(2));
  images.width = int(pictures.size(3));
  images.pixels = pixels_of(pictures);
  return images;
}

torch::Tensor pixels_of(const Pictures& p) {
  const auto keep = [owner = p.pixels.owner()](void*) {};  // As long as the tensor lives.
  return torch::from_blob(const_cast<std::uint8_t*>(p.pixels.data()),
                          {p.count, p.height, p.width, p.channels}, keep, torch::kUInt8)
      .permute({0, 3, 1, 2});
}

torch::Tensor labels_of(const Pictures& p) {
  return torch::from_blob(const_cast<std::uint8_t*>(p.labels.data()), {p.count}, torch::kUInt8);
}

torch::Tensor data_units(const torch::Tensor& bytes) {
  return bytes.to(torch::kFloat).div_(127.5).sub_(1).contiguous();
}

torch::Tensor tensor_of(const Pictures& pictures, std::int64_t first, std::int64_t count) {
  return data_units(pixels_of(pictures).narrow(0, first, count));
}

torch::Tensor tensor_of(const Pictures& pictures, const torch::Tensor& indices) {
  return data_units(pixels_of(pictures).index_select(0, indices));
}

}  // namespace stepwise
