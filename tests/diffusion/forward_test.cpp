// Noise as models were trained with it, held to diffusers' own.
#include <gtest/gtest.h>

#include "diffusion/betas.h"
#include "traces.h"

namespace stepwise {
namespace {

constexpr double kTolerance = 1e-6;

Schedule schedule_of(const nlohmann::json& entry) {
  nlohmann::json config = entry.at("config");
  config["_class_name"] = entry.at("scheduler");
  return Schedule(scheduler_config_of(scheduler_info_of(config.dump(), entry.at("name"))));
}

void for_each_case(
    const std::function<void(const std::string&, const Schedule&, const Tensors&)>& claim) {
  const auto folder = chosen_folder("forward");
  const Tensors tensors(folder / "forward.safetensors");
  const auto manifest = read_json(folder / "manifest.json");
  for (const auto& entry : manifest.at("entries")) {
    SCOPED_TRACE(entry.at("name").get<std::string>());
    claim(entry.at("name").get<std::string>() + ".", schedule_of(entry), tensors);
  }
}

TEST(Forward, BetasAndWhatTheyLeaveAreDiffusers) {
  for_each_case([](const std::string& name, const Schedule& schedule, const Tensors& tensors) {
    Deviations all;
    if (tensors.has(name + "betas"))
      all.add("betas", betas_of(schedule.config()), tensors[name + "betas"], kTolerance);
    if (!tensors.has(name + "alphas_cumprod")) return;
    const Tensor wanted = tensors[name + "alphas_cumprod"];
    const Tensor off = (alphas_cumprod_of(schedule.config()) - wanted).abs();
    EXPECT_TRUE((off <= kTolerance * wanted).all().item<bool>());
  });
}

TEST(Forward, NoisyPicturesAndVelocitiesAreDiffusers) {
  for_each_case([](const std::string& name, const Schedule& schedule, const Tensors& tensors) {
    Deviations all;
    const Tensor times = tensors[name + "timesteps"].to(torch::kDouble);
    for (std::int64_t i = 0; i < times.size(0); ++i) {
      const double sigma = schedule.sigma_at(times[i].item<double>()), own = schedule.own(sigma);
      const Tensor clean = tensors["x0"][i], noise = tensors["noise"][i];
      all.add("noisy", own * (clean + sigma * noise), tensors[name + "noisy"][i], kTolerance);
      if (tensors.has(name + "velocity"))
        all.add("velocity", own * (noise - sigma * clean), tensors[name + "velocity"][i],
                kTolerance);
    }
  });
}

TEST(Forward, LevelsAreDiffusers) {
  const auto manifest = read_json(chosen_folder("forward") / "manifest.json");
  const Tensors tensors(chosen_folder("forward") / "forward.safetensors");
  for (const auto& entry : manifest.at("entries")) {
    const std::string name = entry.at("name").get<std::string>() + ".sigmas";
    if (!tensors.has(name)) continue;
    const Schedule schedule = schedule_of(entry);
    SampleSettings settings = settings_of(schedule);
    settings.steps = entry.at("steps");
    std::vector<double> sigmas = levels_of(settings, schedule).sigmas;
    if (is_flow(schedule.config()))
      for (double& sigma : sigmas) sigma = sigma / (1 + sigma);
    Deviations all;
    all.add(name, torch::tensor(sigmas, torch::kDouble), tensors[name], 1e-5);
  }
}

}  // namespace
}  // namespace stepwise
