// The networks of pipelines along the whole way that diffusers' own pipeline took: at each of its
// steps, the clean picture that the network's output implies is the one the pipeline saw.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <numbers>

#include "model/fixtures.h"

namespace stepwise {
namespace {

using torch::Tensor;

// Products of 1 - beta, by the names of the scheduler's config.
std::vector<double> alphas_cumprod(const nlohmann::json& config) {
  const int steps = config.value("num_train_timesteps", 1000);
  const double first = config.value("beta_start", 1e-4), last = config.value("beta_end", 0.02);
  const std::string schedule = config.value("beta_schedule", "linear");
  const auto cosine = [](double u) {
    return std::pow(std::cos((u + 0.008) / 1.008 * std::numbers::pi / 2), 2);
  };
  std::vector<double> products;
  double product = 1;
  for (int i = 0; i < steps; ++i) {
    const double u = double(i) / (steps - 1);
    double beta = first + u * (last - first);
    if (schedule == "scaled_linear")
      beta = std::pow(std::sqrt(first) + u * (std::sqrt(last) - std::sqrt(first)), 2);
    if (schedule == "squaredcos_cap_v2")
      beta = std::min(1 - cosine((i + 1.0) / steps) / cosine(double(i) / steps), 0.999);
    products.push_back(product *= 1 - beta);
  }
  if (!config.value("rescale_betas_zero_snr", false)) return products;
  const double from = std::sqrt(products.front()), to = std::sqrt(products.back());
  for (double& p : products) p = std::pow((std::sqrt(p) - to) * from / (from - to), 2);
  return products;
}

// Whether the clean picture is a function of input and output that is written out here.
bool is_plain(const nlohmann::json& config) {
  const std::string type = config.at("_class_name"),
                    schedule = config.value("beta_schedule", "linear");
  const auto is_null = [&](const char* key) {
    return !config.contains(key) || config[key].is_null();
  };
  return (type == "DDPMScheduler" || type == "DDIMScheduler") && is_null("trained_betas") &&
         !config.value("thresholding", false) &&
         (schedule == "linear" || schedule == "scaled_linear" || schedule == "squaredcos_cap_v2");
}

Tensor clean_picture(const nlohmann::json& config, const Tensor& x, const Tensor& output,
                     double product) {
  const double signal = std::sqrt(product), noise = std::sqrt(1 - product);
  const std::string type = config.value("prediction_type", "epsilon");
  const Tensor mean = output.narrow(1, 0, x.size(1));  // The variance may follow it.
  Tensor clean = type == "sample" ? mean : (x - noise * mean) / signal;
  if (type == "v_prediction") clean = signal * x - noise * mean;
  const double range = config.value("clip_sample_range", 1.0);
  return config.value("clip_sample", true) ? clean.clamp(-range, range) : clean;
}

TEST(Unet, PipelinesSeeTheSameCleanPicturesAtEveryStep) {
  for_each_fixture([](Opened& opened) {
    if (!opened.manifest.contains("pipeline")) return;
    const auto file =
        read_safetensors(opened.fixture.folder / "pipeline_expected.safetensors").tensors;
    const Tensor xs = tensor_of(file.at("x")), timesteps = tensor_of(file.at("timesteps"));
    const Tensor wanted = tensor_of(file.at("pred_original_sample"));
    const auto config = read_json(opened.fixture.folder / "scheduler" / "scheduler_config.json");
    if (!is_plain(config)) return;
    const std::vector<double> products = alphas_cumprod(config);
    const double tolerance = opened.manifest.at("pipeline").at("atol_x");

    const torch::NoGradGuard no_grad;
    for (std::int64_t k = 0; k < timesteps.size(0); ++k) {
      const Tensor output = opened.model.net(xs[k], timesteps[k]);
      const double product = products.at(timesteps[k].item<std::int64_t>());
      const bool divides = config.value("prediction_type", "epsilon") == "epsilon";
      const double grows = divides ? std::max(1.0, 1 / std::sqrt(product)) : 1;
      EXPECT_LE(largest_difference(clean_picture(config, xs[k], output, product), wanted[k]),
                tolerance * grows)
          << "step " << k;
    }
  });
}

}  // namespace
}  // namespace stepwise
