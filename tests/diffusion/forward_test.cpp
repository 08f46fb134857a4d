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

// How many times the last bit of a table counts. Where the signal is made to end at 0, its last
// root is taken from all others: from those of nearly the same size next to nothing is left but
// rounding, which is not the same in all versions of torch.
Tensor amplification(SchedulerConfig config, const Tensor& left) {
  if (!config.rescale_betas_zero_snr) return torch::ones_like(left);
  config.rescale_betas_zero_snr = false;
  const Tensor taken = alphas_cumprod_of(config)[-1].sqrt();
  const Tensor times = 1 + taken / left.sqrt();
  return torch::where(left > 0, times, torch::ones_like(times));  // 0 itself is exact.
}

void expect_near(const Tensor& got, const Tensor& wanted, const Tensor& allowed) {
  const Tensor share = (got - wanted).abs() / allowed;
  EXPECT_LE(share.max().item<float>(), 1) << "at " << share.argmax().item<std::int64_t>();
}

TEST(Forward, BetasAndWhatTheyLeaveAreDiffusers) {
  for_each_case([](const std::string& name, const Schedule& schedule, const Tensors& tensors) {
    if (!tensors.has(name + "alphas_cumprod")) return;
    const Tensor left = tensors[name + "alphas_cumprod"], betas = tensors[name + "betas"];
    const Tensor allowed = kTolerance * amplification(schedule.config(), left);
    expect_near(betas_of(schedule.config()), betas, allowed * betas.max());
    expect_near(alphas_cumprod_of(schedule.config()), left, (allowed * left).clamp_min(1e-30));
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
