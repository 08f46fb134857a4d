#include "closed_form.h"

#include <torch/types.h>

#include <cmath>

#include "diffusion/tensor_image.h"
#include "session/session.h"

namespace stepwise {
namespace {

constexpr int kSide = kClosedFormSide;
constexpr double kSigmaData = 0.5;
constexpr double kLeastNoise = 0.3;  // Below it the guess stays what it was, as networks' do.

// Soft shapes, wider and lower from one class to the next.
Image shape(int k) {
  Image image(kSide, kSide, 1, -1);
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const double u = (x - 13.5) / 13.5, v = (y - 13.5) / 13.5;
      const double wide = 0.35 + 0.05 * k, tall = 0.85 - 0.04 * k;
      const double body = std::pow(std::abs(u / wide), 2 + k % 3) + std::pow(std::abs(v / tall), 4);
      const double sleeve = std::hypot(std::abs(u) - wide - 0.1, v + 0.5) / (0.2 + 0.02 * k);
      if (body < 1 || (k % 2 == 0 && sleeve < 1))
        image.at(y, x) = float(0.2 + 0.5 * std::cos(2 * u + k) * std::cos(v * (1 + k % 4)));
    }
  return image;
}

Tensor shapes() {
  std::vector<Tensor> all;
  for (int k = 0; k < 10; ++k) all.push_back(to_tensor(shape(k)));
  return torch::stack(all);
}

// The posterior mean over the pictures, the class that is asked for preferred by far.
Tensor posterior_mean(const Tensor& pictures, const Tensor& x, double sigma, const Tensor& labels) {
  const double spread = std::max(kLeastNoise, sigma * sigma);
  const Tensor distances = (x.unsqueeze(1) - pictures.unsqueeze(0)).square().sum({2, 3, 4});
  const Tensor asked = labels.view({-1, 1}) == torch::arange(pictures.size(0)).view({1, -1});
  const Tensor weights = (60 * asked.to(x.dtype()) - distances / (8 * spread)).softmax(1);
  return torch::einsum("nk,kchw->nchw", {weights, pictures});
}

// F of that D, with the coefficients of Karras et al. 2022.
Network closed_form_network() {
  return [pictures = shapes()](const Tensor& input, const Tensor& timestep,
                               const Conditioning& asked) {
    const Tensor sigma = (4 * timestep[0]).exp();
    const Tensor all = sigma.square() + kSigmaData * kSigmaData;
    const Tensor x = input * all.sqrt();
    const Tensor guess = posterior_mean(pictures, x, sigma.item<double>(), asked.labels);
    return (guess - kSigmaData * kSigmaData / all * x) * all.sqrt() / (sigma * kSigmaData);
  };
}

OpenedModel closed_form_model(const std::filesystem::path& folder) {
  Model model;
  model.schedule = Schedule(kSigmaData);
  model.classes = {10};
  model.shape = {1, kSide, kSide};
  OpenedModel opened;
  opened.folder.path = folder;
  opened.model = model_of(closed_form_network(), std::move(model));
  opened.announcement.folder = folder;
  opened.announcement.name = "closed form";
  opened.announcement.class_names = {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
                                     "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
  opened.announcement.height = opened.announcement.width = kSide;
  opened.announcement.channels = 1;
  return opened;
}

}  // namespace

}  // namespace stepwise

extern "C" stepwise::Worker* stepwise_make_session(const stepwise::SessionOptions& options) {
  return new stepwise::Session(options, [](const std::filesystem::path& folder, torch::Device) {
    return [folder](const stepwise::Emit&) { return stepwise::closed_form_model(folder); };
  });
}
