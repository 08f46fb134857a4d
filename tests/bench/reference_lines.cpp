// The same U-Net as diffusers builds it, here and in Python, on the same torch and the same cores,
// which Python may keep busy waiting: it is faster so.
#include <torch/optim/adamw.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "bench/table.h"
#include "diffusion/denoiser.h"
#include "diffusion/draw_all.h"
#include "diffusion/scheduler_settings.h"
#include "error.h"
#include "model/unet.h"
#include "session/opened_model.h"
#include "training/gradients.h"

namespace stepwise {
namespace {

constexpr std::int64_t kSide = 32, kTrainingBatch = 64;
constexpr int kDdimSteps = 10;

UNet2DConfig config() {
  UNet2DConfig c;
  c.in_channels = c.out_channels = 1;
  c.block_out_channels = {32, 64, 128};
  c.down_block_types = {"DownBlock2D", "DownBlock2D", "DownBlock2D"};
  c.up_block_types = {"UpBlock2D", "UpBlock2D", "UpBlock2D"};
  return c;
}

// Seconds by task, as reference.py prints them. Throws Error where Python or its torch is missing.
const std::map<std::string, double>& python_seconds() {
  static const std::map<std::string, double> figures = [] {
    std::string printed;
    std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(STEPWISE_REFERENCE, "r"), pclose);
    char buffer[1024];
    while (pipe && std::fgets(buffer, sizeof buffer, pipe.get())) printed += buffer;
    const auto json = nlohmann::json::parse(printed, nullptr, false);
    require(json.is_object(), "there is no Python with torch to compare with (python3-torch)");
    return json.get<std::map<std::string, double>>();
  }();
  return figures;
}

UNet2DModel reference_net() {
  torch::manual_seed(1);
  UNet2DModel net(config());
  require(parameter_count(net->config) == std::int64_t(python_seconds().at("parameters")),
          "the network in Python is another one");
  return net;
}

double forward_seconds(std::int64_t batch) {
  const torch::NoGradGuard no_gradients;
  UNet2DModel net = reference_net();
  net->eval();
  const Tensor x = torch::randn({batch, 1, kSide, kSide});
  const Tensor time = torch::randint(1000, {batch}, torch::kLong);
  return median_seconds([&] { net(x, time); }, 7);
}

double ddim_seconds() {
  UNet2DModel net = reference_net();
  net->eval();
  const Schedule schedule(scheduler_config_of(scheduler_info_of(
      R"({"_class_name": "DDIMScheduler", "timestep_spacing": "leading"})", "the benchmark")));
  SampleSettings settings = settings_of(schedule);
  settings.count = 1;
  settings.steps = kDdimSteps;
  Model rest;
  rest.schedule = schedule;
  rest.shape = {1, kSide, kSide};
  rest.clamps = false;
  const SharedModel model = model_of(network_of(net), std::move(rest));
  return median_seconds([&] { draw(Drawing(settings, {{}}, model, 1)); });
}

double training_step_seconds() {
  UNet2DModel net = reference_net();
  std::vector<Tensor> parameters = net->parameters();
  torch::optim::AdamW optimiser(parameters, torch::optim::AdamWOptions(1e-4));
  return median_seconds(
      [&] {
        const Tensor clean = torch::randn({kTrainingBatch, 1, kSide, kSide});
        const Tensor noise = torch::randn_like(clean);
        const Tensor time = torch::randint(1000, {kTrainingBatch}, torch::kLong);
        const Gradients gradients = gradients_of(
            net, parameters, {clean + noise, time, noise, torch::ones({kTrainingBatch})}, Tensor(),
            false);
        for (std::size_t i = 0; i < parameters.size(); ++i)
          parameters[i].mutable_grad() = gradients.of_parameters[i];
        optimiser.step();
      },
      3);
}

void add_reference_line(const std::string& what, const std::string& task, double at_least,
                        const std::function<double()>& seconds) {
  add_line(what, "times as fast as in Python", [=] {
    return Figure{python_seconds().at(task) / seconds(), {.at_least = at_least}};
  });
}

}  // namespace

void add_reference_lines() {
  const std::string net = "U-Net of 32/64/128 channels, 32 x 32 pixels: ";
  add_reference_line(net + "forward, batch 1", "forward 1", 1.5, [] { return forward_seconds(1); });
  add_reference_line(net + "forward, batch 16", "forward 16", 1.15,
                     [] { return forward_seconds(16); });
  add_reference_line(net + "forward, batch 64", "forward 64", 1.15,
                     [] { return forward_seconds(64); });
  add_reference_line(net + "10 steps of DDIM, one picture", "ddim", 1.5, ddim_seconds);
  add_reference_line(net + "training step, batch 64", "training step", 1.15, training_step_seconds);
}

}  // namespace stepwise
