#include "engine/opened_model.h"

#include "error.h"
#include "model/shards.h"

namespace stepwise {
namespace {

// Fewer pictures than this are not worth a thread of their own.
constexpr std::int64_t kSmallestShard = 4;

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
               const torch::Tensor& labels) mutable {
    const std::int64_t shards = x.is_cpu() ? shards_of(x.size(0), kSmallestShard) : 1;
    if (shards == 1) return net->forward(x, timestep, labels);
    std::vector<torch::Tensor> answers;
    answers.resize(std::size_t(shards));
    for_each_shard(
        x.size(0), shards, [&](std::int64_t shard, std::int64_t first, std::int64_t count) {
          const torch::NoGradGuard no_grad;
          answers[std::size_t(shard)] =
              net->forward(x.narrow(0, first, count),
                           timestep.numel() == 1 ? timestep : timestep.narrow(0, first, count),
                           labels.defined() ? labels.narrow(0, first, count) : labels);
        });
    return torch::cat(answers);
  };
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
