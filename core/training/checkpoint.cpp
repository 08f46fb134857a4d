#include "training/checkpoint.h"

#include <nlohmann/json.hpp>

#include "model/folder.h"
#include "model/safetensors.h"
#include "model/weights.h"
#include "training/network.h"
#include "training/run_log.h"

namespace stepwise {

namespace {

using Tensors = std::map<std::string, StoredTensor>;

// One tensor of the file, of the shape it must have. Throws Error naming it otherwise.
torch::Tensor take(const Safetensors& file, const std::string& name, at::IntArrayRef shape,
                   const std::string& path) {
  const auto found = file.tensors.find(name);
  require(found != file.tensors.end(), "'", path, "' lacks '", name, "'. It cannot be resumed.");
  const torch::Tensor tensor = tensor_of(found->second);
  require(tensor.sizes() == shape, "'", path, "': '", name, "' has the shape ", tensor.sizes(),
          " but should have ", shape, ". It cannot be resumed.");
  return tensor;
}

// Every tensor a run consists of, with its name in the file; they share storage with the state.
NamedTensors tensors_of(TrainerState& state) {
  NamedTensors tensors;
  std::size_t i = 0;
  for (const auto& item : state.net->named_parameters()) {
    tensors.emplace_back("weights." + item.key(), state.weights[i]);
    tensors.emplace_back("averaged." + item.key(), state.averages[i]);
    ++i;
  }
  for (const auto& [name, tensor] : state.optimiser.state())
    tensors.emplace_back("optimiser." + name, tensor);
  return tensors;
}

void store_history(const RunHistory& history, Tensors& tensors) {
  const auto points = std::int64_t(history.points.size()),
             held_out = std::int64_t(history.held_out.size());
  auto table = torch::empty({points, 5}, torch::kDouble);
  auto* row = table.data_ptr<double>();
  for (const TrainingPoint& p : history.points)
    for (const double value : {double(p.step), p.seconds, double(p.loss), double(p.gradient_norm),
                               double(p.learning_rate)})
      *row++ = value;
  std::int64_t bins = held_out > 0 ? std::int64_t(history.held_out[0].bins.size()) : 0;
  auto held_out_table = torch::empty({held_out, 3 + bins}, torch::kDouble);
  row = held_out_table.data_ptr<double>();
  for (const HeldOutPoint& p : history.held_out) {
    for (const double value : {double(p.step), double(p.train), double(p.held_out)}) *row++ = value;
    for (const float value : p.bins) *row++ = value;
  }
  tensors["history.points"] = stored(table);
  tensors["history.held_out"] = stored(held_out_table);
}

// A table of doubles with at least `columns` columns.
torch::Tensor table(const Safetensors& file, const std::string& name, std::int64_t columns,
                    const std::string& path) {
  const auto found = file.tensors.find(name);
  require(found != file.tensors.end() && found->second.dtype == DType::kF64 &&
              found->second.shape.size() == 2 && found->second.shape[1] >= columns,
          "'", path, "' lacks a table '", name, "'. It cannot be resumed.");
  return tensor_of(found->second).contiguous();
}

RunHistory history_of(const Safetensors& file, const std::string& path) {
  RunHistory history;
  const auto points = table(file, "history.points", 5, path),
             held_out = table(file, "history.held_out", 3, path);
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    const double* row = points.data_ptr<double>() + i * points.size(1);
    history.points.push_back(
        {std::int64_t(row[0]), row[1], float(row[2]), float(row[3]), float(row[4])});
  }
  for (std::int64_t i = 0; i < held_out.size(0); ++i) {
    const double* row = held_out.data_ptr<double>() + i * held_out.size(1);
    HeldOutPoint point{std::int64_t(row[0]), float(row[1]), float(row[2]), {}};
    point.bins.assign(row + 3, row + held_out.size(1));
    history.held_out.push_back(std::move(point));
  }
  return history;
}

// Numbers go through JSON, which keeps every bit of a double.
std::string progress_of(const TrainerState& state) {
  return nlohmann::json{
      {"step", state.step}, {"seconds", state.clock.seconds()}, {"multiplier", state.multiplier}}
      .dump();
}

std::string metadata(const Safetensors& file, const std::string& key, const std::string& path) {
  const auto found = file.metadata.find(key);
  require(found != file.metadata.end(), "'", path, "' says nothing of its ", key,
          ". It is not a training run.");
  return found->second;
}

void read_progress(TrainerState& state, const std::string& text, const std::string& path) {
  try {
    const auto json = nlohmann::json::parse(text);
    state.step = json.at("step").get<std::int64_t>();
    state.multiplier = json.at("multiplier").get<double>();
    state.clock.set_seconds(json.at("seconds").get<double>());
  } catch (const nlohmann::json::exception&) {
    throw Error(text_of("'", path, "': its progress cannot be read: ", text.substr(0, 80), "."));
  }
  require(state.step >= 0 && kMultiplier.holds(state.multiplier), "'", path,
          "': its progress is out of range: ", text, ".");
  state.optimiser.set_steps(state.step);
}

}  // namespace

void save_run(TrainerState& state, const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  require(!error, "Cannot make the folder '", folder.string(), "': ", error.message(), ".");
  Safetensors file;
  for (const auto& [name, tensor] : tensors_of(state)) file.tensors[name] = stored(tensor);
  file.tensors["generator"] = stored(state.batches.generator_state());
  store_history(state.history, file.tensors);
  file.metadata = {{"format", "pt"},
                   {"recipe", to_json(state.recipe)},
                   {"progress", progress_of(state)},
                   {"data", state.info.data}};
  write_safetensors(folder / kTrainingFile, file);

  state.info.training = run_log(state.recipe, state.history, state.device.str());
  write_model(folder, state.averaged, scheduler_of(state.recipe), state.info,
              state.recipe.half_weights ? DType::kF16 : DType::kF32);
}

std::unique_ptr<TrainerState> load_run(const std::filesystem::path& folder, const Dataset& data,
                                       torch::Device device) {
  const auto path = folder / kTrainingFile;
  require(std::filesystem::exists(path), "There is no run to resume in '", folder.string(),
          "': it has no ", kTrainingFile, ".");
  const Safetensors file = read_safetensors(path);
  const std::string trained_on = metadata(file, "data", path);
  require(trained_on == data.name, "The run in '", folder.string(), "' was trained on ", trained_on,
          ", not on ", data.name, ". Resume it with its own data set.");

  const Recipe recipe = recipe_from_json(metadata(file, "recipe", path));
  auto state = std::make_unique<TrainerState>(recipe, data, device);
  torch::NoGradGuard no_grad;
  for (auto& [name, tensor] : tensors_of(*state))
    tensor.copy_(take(file, name, tensor.sizes(), path));
  state->batches.set_generator_state(
      take(file, "generator", state->batches.generator_state().sizes(), path));
  state->history = history_of(file, path);
  read_progress(*state, metadata(file, "progress", path), path);
  return state;
}

}  // namespace stepwise
