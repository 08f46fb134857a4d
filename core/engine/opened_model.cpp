#include "engine/opened_model.h"

#include "error.h"

namespace stepwise {
namespace {

void require_edm(const ModelFolder& folder) {
  const SchedulerInfo& scheduler = folder.scheduler;
  require(scheduler.class_name == "EDMEulerScheduler" && scheduler.prediction_type == "epsilon",
          "Cannot sample from '", folder.path.string(), "': its scheduler is ",
          scheduler.class_name.empty() ? "missing" : scheduler.class_name, " with prediction type ",
          scheduler.prediction_type, ". Supported is EDMEulerScheduler with epsilon.");
  require(folder.net->config.in_channels == folder.net->config.out_channels, "Cannot sample from '",
          folder.path.string(), "': the network takes ", folder.net->config.in_channels,
          " channels and gives ", folder.net->config.out_channels, ".");
  require(folder.net->config.sample_height && folder.net->config.sample_width,
          "Cannot sample from '", folder.path.string(),
          "': its config.json does not say sample_size.");
}

}  // namespace

Network network_of(UNet2DModel net) {
  return [net](const torch::Tensor& x, const torch::Tensor& timestep,
               const torch::Tensor& labels) mutable { return net->forward(x, timestep, labels); };
}

OpenedModel open_model(const std::filesystem::path& path, torch::Device device) {
  OpenedModel model;
  model.folder = read_model(path);
  require_edm(model.folder);
  UNet2DModel& net = model.folder.net;
  net->to(device);
  net->eval();
  const auto& config = net->config;
  const StepwiseInfo& info = model.folder.info;
  const bool conditional = info.null_class >= 0;
  model.source = {network_of(net),
                  model.folder.scheduler.sigma_data,
                  conditional ? int(info.null_class) : 0,
                  {config.in_channels, *config.sample_height, *config.sample_width},
                  device};
  model.announcement = {path,
                        info.name.empty() ? path.filename().string() : info.name,
                        conditional ? info.class_names : std::vector<std::string>{},
                        int(*config.sample_height),
                        int(*config.sample_width),
                        int(config.in_channels),
                        parameter_count(config),
                        info.data,
                        info.defaults};
  return model;
}

}  // namespace stepwise
