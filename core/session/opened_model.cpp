#include "session/opened_model.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>

#include "diffusion/combine.h"
#include "diffusion/gaussian_file.h"
#include "diffusion/levels.h"
#include "diffusion/scheduler_settings.h"
#include "error.h"
#include "formats/layout.h"
#include "formats/safetensors_header.h"
#include "model/finite.h"
#include "model/placed.h"
#include "model/replayed_network.h"
#include "model/scheduler_config.h"
#include "session/few_steps.h"

namespace stepwise {
namespace {

void require_pictures(const ModelFolder& folder) {
  const UNet2DConfig& config = folder.net->config;
  const bool whole = config.out_channels == config.in_channels;
  require(whole || config.out_channels == 2 * config.in_channels, "Cannot sample from '",
          folder.path.string(), "': the network takes ", config.in_channels, " channels and gives ",
          config.out_channels, ". It should give as many, or twice as many with a variance.");
  require(config.sample_height && config.sample_width, "Cannot sample from '", folder.path.string(),
          "': its config.json does not say sample_size.");
  const std::string& classes = config.class_embed_type;
  require(classes != "timestep" && classes != "identity", "Cannot sample from '",
          folder.path.string(), "': its classes are given as '", classes,
          "', and only numbered classes are supported.");
}

Schedule schedule_of(const ModelFolder& folder) {
  if (has_severity(folder.info.degradation)) return Schedule(folder.info.degradation);
  return in_context("Cannot sample from '" + folder.path.string() + "': ", [&] {
    require(
        !folder.scheduler.class_name.empty() || folder.net->config.time_embedding_type != "fourier",
        "The model comes without a scheduler, and its times are noise levels, of which nothing "
        "can be guessed. Put its scheduler_config.json beside config.json.");
    return Schedule(scheduler_config_of(folder.scheduler));
  });
}

// Those of the model's scheduler, for as many pictures as are looked at together: ten small ones,
// but one of 256 x 256 pixels.
SampleSettings settings_for(const Schedule& schedule, std::int64_t pixels) {
  constexpr std::int64_t kPixels = 1 << 16;
  SampleSettings settings = settings_of(schedule);
  settings.count = int(std::clamp<std::int64_t>(kPixels / pixels, 1, settings.count));
  return settings;
}

// nullptr where there are none, or they cannot be read: then a note says why.
std::shared_ptr<const ClassGaussians> gaussians_in(ModelFolder& folder, Classes classes,
                                                   std::int64_t pixels) {
  const auto file = folder.path / kGaussians;
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return nullptr;
  try {
    return std::make_shared<ClassGaussians>(
        read_gaussians(file, classes.count, folder.net->config.in_channels * pixels));
  } catch (const Error& e) {
    folder.notes.push_back(e.what());
    return nullptr;
  }
}

// Ours have a null class behind the others, those of diffusers have none.
Classes classes_of(const ModelFolder& folder) {
  if (folder.info.null_class >= 0) return {int(folder.info.null_class), true};
  const UNet2DConfig& config = folder.net->config;
  const bool has_table = config.class_embed_type.empty();
  return {has_table ? int(config.num_class_embeds.value_or(0)) : 0, false};
}

std::vector<std::string> class_names_of(const ModelFolder& folder, Classes classes) {
  if (folder.info.null_class >= 0) return folder.info.class_names;
  std::vector<std::string> names;
  for (int i = 0; i < classes.count; ++i) names.push_back(text_of("class ", i));
  return names;
}

// Of all notes, those about them are not told yet.
void describe_few_steps(OpenedModel& model, ModelDescribed& told) {
  model.folder.notes.clear();
  Opening opening;
  while (add_few_steps(model, opening, [](const Event&) {})) continue;
  told.has_few_steps = model.announcement.has_few_steps;
  std::ranges::move(model.folder.notes, std::back_inserter(told.notes));
}

}  // namespace

Network network_of(UNet2DModel net) {
  const auto replayed = std::make_shared<ReplayedNetwork>(net);
  return [net, replayed](const torch::Tensor& x, const torch::Tensor& timestep,
                         const Conditioning& conditioning) mutable {
    const bool plays = !x.is_cpu() && !torch::GradMode::is_enabled();
    const torch::Tensor answer = plays ? (*replayed)(x, timestep, conditioning.labels)
                                       : net->forward(x, timestep, conditioning.labels);
    require_finite(net, x, timestep, conditioning.labels, answer);
    return answer;
  };
}

Opening opening_of(const std::filesystem::path& path, torch::Device device) {
  return [alone = opening_alone(path, device), model = std::optional<OpenedModel>(),
          few_steps = Opening()](const Emit& emit) mutable -> std::optional<OpenedModel> {
    if (!model) model = alone(emit);
    if (!model || add_few_steps(*model, few_steps, emit)) return {};
    return std::move(model);
  };
}

Opening opening_alone(const std::filesystem::path& path, torch::Device device) {
  constexpr std::uint64_t kPiece = 16 << 20;  // Bytes: small models are open at once.
  const auto reader = std::make_shared<ModelReader>(path);
  return [reader, device](const Emit& emit) -> std::optional<OpenedModel> {
    if (!reader->step(kPiece)) return open_model(reader->take(), device);
    emit(Progress{reader->fraction(), "opening " + reader->path().filename().string()});
    return {};
  };
}

OpenedModel open_model(ModelFolder folder, torch::Device device) {
  OpenedModel model;
  model.folder = std::move(folder);
  const std::filesystem::path& path = model.folder.path;
  require_pictures(model.folder);
  UNet2DModel net = placed(model.folder.net, device);
  net->eval();
  const auto& config = net->config;
  const StepwiseInfo& info = model.folder.info;
  const bool ours = model.folder.is_ours;
  const Schedule schedule = schedule_of(model.folder);
  const Classes classes = classes_of(model.folder);
  const std::int64_t height = *config.sample_height, width = *config.sample_width;
  model.model =
      model_of(network_of(net), {.schedule = schedule,
                                 .classes = classes,
                                 .shape = {config.in_channels, height, width},
                                 .device = device,
                                 .clamps = ours,
                                 .gaussians = gaussians_in(model.folder, classes, height * width)});
  model.announcement = {.folder = path,
                        .name = info.name.empty() ? path.filename().string() : info.name,
                        .class_names = class_names_of(model.folder, classes),
                        .height = int(height),
                        .width = int(width),
                        .channels = int(config.in_channels),
                        .parameters = parameter_count(config),
                        .data = info.data,
                        .source = info.data_set.source,
                        .defaults = ours ? info.defaults : settings_for(schedule, height * width),
                        .has_null_class = classes.has_null,
                        .has_gaussians = model.model->gaussians != nullptr,
                        .learned_up_to = info.learned_up_to,
                        .degradation = schedule.degradation(),
                        .stand_in = model.folder.scheduler.stand_in,
                        .left_over = listed(model.folder.scheduler.left_over),
                        .boundaries = {},
                        .survival = info.survival,
                        .trade_off = info.trade_off};
  return model;
}

OpenedModel combined(const std::vector<OpenedModel>& parts, const Combination& how) {
  require(!parts.empty(), "There is no model to combine. Choose two.");
  std::vector<SharedModel> models;
  std::int64_t parameters = 0;
  for (const OpenedModel& part : parts) {
    models.push_back(part.model);
    parameters += part.announcement.parameters;
  }
  // The largest pictures are those that come of it.
  OpenedModel whole = *std::ranges::max_element(parts, {}, [](const OpenedModel& part) {
    return part.announcement.height * part.announcement.width;
  });
  whole.folder.path.clear();
  whole.model = combined(models, how);
  whole.announcement.folder.clear();
  whole.announcement.parameters = parameters;
  whole.announcement.learned_up_to = parts.front().announcement.learned_up_to;
  whole.announcement.survival.clear();
  whole.announcement.trade_off.clear();
  whole.announcement.has_null_class = whole.model->classes.has_null;
  whole.announcement.has_gaussians = whole.model->gaussians != nullptr;
  whole.announcement.has_few_steps = false;
  if (const auto* apart = std::get_if<Experts>(&how))
    whole.announcement.boundaries = apart->boundaries;
  return whole;
}

ModelDescribed describe_model(const std::filesystem::path& path) {
  ModelFolder folder = read_model(path);
  const UNet2DConfig& config = folder.net->config;
  ModelDescribed told;
  told.folder = path;
  told.name = folder.info.name;
  told.data = folder.info.data;
  told.parameters = parameter_count(config);
  told.in_channels = config.in_channels;
  told.out_channels = config.out_channels;
  told.height = config.sample_height.value_or(0);
  told.width = config.sample_width.value_or(0);
  told.block_out_channels = config.block_out_channels;
  told.layers_per_block = config.layers_per_block;
  told.scheduler = folder.scheduler.class_name;
  if (folder.scheduler.obstacle.empty())
    told.prediction_type = folder.scheduler.config.prediction_type;
  told.left_over = listed(folder.scheduler.left_over);
  told.notes = folder.notes;
  if (const DegradationStack& undone = folder.info.degradation; has_severity(undone)) {
    told.prediction_type = "sample";
    told.notes.push_back(
        text_of("It undoes ", id_of(undone),
                ", not noise: its levels are severities from 1 to 0, and diffusers "
                "has no scheduler to draw with it."));
  }
  told.is_finite = folder.is_finite;
  try {
    OpenedModel model = open_model(std::move(folder), torch::kCPU);
    describe_few_steps(model, told);
    told.class_names = model.announcement.class_names;
    told.defaults = model.announcement.defaults;
    const Levels levels = levels_of(told.defaults, model.model->schedule);
    told.sigmas = levels.sigmas;
    told.times = levels.times;
  } catch (const Error& e) {
    told.obstacle = e.what();
  }
  return told;
}

}  // namespace stepwise
