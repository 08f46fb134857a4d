// Runs that diffusers' schedulers took with closed formulas for networks, and the same runs here.
// STEPWISE_FIXTURES may point at another folder of the same form (see model/fixtures.h).
#pragma once

#include <algorithm>
#include <map>

#include "diffusion/sampler.h"
#include "diffusion/scheduler_settings.h"
#include "image/file.h"
#include "model/fixtures.h"

namespace stepwise {

inline std::filesystem::path chosen_folder(const char* name) {
  return chosen_unets().parent_path() / name;
}

// Named tensors of a file.
class Tensors {
 public:
  explicit Tensors(const std::filesystem::path& path) : file_(read_safetensors(path)) {}
  bool has(const std::string& name) const { return file_.tensors.contains(name); }
  Tensor operator[](const std::string& name) const { return tensor_of(file_.tensors.at(name)); }

 private:
  Safetensors file_;
};

inline Schedule schedule_in(const std::filesystem::path& file) {
  return Schedule(scheduler_config_of(scheduler_info_of(read_file(file, 1 << 20), file.string())));
}

// Noise answered from a list, in order; after its end there is none.
inline StepNoise stored_noise(const Tensor& draws) {
  auto next = std::make_shared<std::int64_t>(0);
  return [=](const Tensor& x) {
    if (!draws.defined() || *next >= draws.size(0)) return torch::zeros_like(x);
    return draws[(*next)++].to(x.dtype());
  };
}

// What the settings of a run add to its scheduler's.
inline SampleSettings settings_in(const nlohmann::json& entry, const Schedule& schedule) {
  SampleSettings s = settings_of(schedule);
  if (entry.at("steps").is_number()) s.steps = entry["steps"];
  const auto& grid = entry.at("set_timesteps_kwargs");
  if (grid.contains("timesteps")) s.options.timesteps = grid["timesteps"].get<std::vector<int>>();
  if (grid.contains("mu")) s.options.mu = grid["mu"].get<double>();
  const auto& step = entry.at("step_kwargs");
  s.eta = step.value("eta", s.eta);
  s.options.noise_of_clipped = step.value("use_clipped_model_output", false);
  s.options.churn = step.value("s_churn", 0.);
  s.options.churn_min = step.value("s_tmin", 0.);
  s.options.churn_max = step.value("s_tmax", s.options.churn_max);
  s.options.churn_noise = step.value("s_noise", 1.);
  return s;
}

// out = a tanh(b x + c t) + d x + e, and the same with other numbers for a variance.
inline Network formula(const nlohmann::json& model) {
  return [=](const Tensor& x, const Tensor& timestep, const Conditioning&) {
    const Tensor t = timestep.view({-1, 1, 1, 1});
    const auto number = [&](const char* key) { return model.at(key).get<double>(); };
    const Tensor out = number("a") * torch::tanh(number("b") * x + number("c") * t) +
                       number("d") * x + number("e");
    if (!model.contains("var")) return out;
    const auto& v = model["var"];
    return torch::cat({out, v.at("va").get<double>() * torch::tanh(v.at("vb").get<double>() * x +
                                                                   v.at("vc").get<double>() * t)},
                      1);
  };
}

// What happened in a run, call by call of the network. x and the inputs are in the scheduler's own
// units.
struct Run {
  Levels levels;
  std::vector<Tensor> x, input, output, guess, noise;  // x: and where it ended.
  std::vector<double> times;
};

// The noise that a solver makes of an answer, in double precision: single precision loses much of
// it in the difference of x and the guess.
inline Tensor implied_noise(const SampleSettings& settings, const Coefficients& c, const Tensor& x,
                            const Tensor& answer, double sigma) {
  const Tensor wide = x.to(torch::kDouble);
  const Tensor clean = answer.slice(1, 0, x.size(1)).to(torch::kDouble);  // Without a variance.
  const Tensor guess = c.skip * wide + c.out * clean;
  return (wide - clipped(settings.options, guess)) / sigma;
}

// The ordinary way to sample, with everything written down.
inline Run run_of(const SampleSettings& settings, const Schedule& schedule, const Network& network,
                  const Tensor& init_noise, const StepNoise& noise) {
  Run run{levels_of(settings, schedule), {}, {}, {}, {}, {}, {}};
  const Network watched = [&](const Tensor& in, const Tensor& timestep,
                              const Conditioning& conditioning) {
    run.input.push_back(in);
    run.times.push_back(timestep[0].item<double>());
    run.output.push_back(network(in, timestep, conditioning));
    return run.output.back();
  };
  const Denoise inner = network_denoiser(watched, run.levels);
  const Denoise denoise = [&](const Tensor& x, double sigma) {
    run.x.push_back(x * schedule.own(sigma));
    const Guess guess = inner(x, sigma);
    run.guess.push_back(clipped(settings.options, guess));
    run.noise.push_back(implied_noise(settings, run.levels.at(sigma), x, run.output.back(), sigma));
    return guess;
  };
  Tensor x = run.levels.start * init_noise;
  History history;
  for (int step = 0; step < run.levels.steps(); ++step)
    x = sampler_step(settings, run.levels, step, denoise, x, history, noise).x;
  run.x.push_back(x);
  return run;
}

// Largest deviation from what was wanted, in units of the tolerance; kept by name.
class Deviations {
 public:
  void add(const std::string& what, const Tensor& got, const Tensor& wanted, double tolerance) {
    ASSERT_EQ(got.sizes(), wanted.sizes()) << what;
    const double size = wanted.abs().max().item<double>();
    add(what, largest_difference(got, wanted), tolerance * size);
  }
  void add(const std::string& what, double difference, double allowed) {
    const double share = difference == 0 ? 0 : difference / allowed;
    EXPECT_LE(share, 1) << what << " is off by " << difference << ", " << allowed << " is allowed";
    worst_[what] = std::isnan(share) ? share : std::max(worst_[what], share);
  }
  const std::map<std::string, double>& worst() const { return worst_; }

 private:
  std::map<std::string, double> worst_;
};

}  // namespace stepwise
