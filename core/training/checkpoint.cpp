#include "training/checkpoint.h"

#include <nlohmann/json.hpp>

#include "model/folder.h"
#include "model/json.h"
#include "model/layout.h"
#include "model/safetensors_header.h"
#include "model/weights.h"
#include "training/network.h"
#include "training/run_log.h"

namespace stepwise {

namespace {

using Tensors = std::map<std::string, StoredTensor>;

constexpr double kMostSeconds = 60 * kMinutes.max;

// Fills the tensor with the file's of that name, which must be of its shape and kind. Throws Error
// naming it otherwise.
void take(const SafetensorsFile& file, const std::string& name, const torch::Tensor& to) {
  const auto found = file.tensors().find(name);
  require(found != file.tensors().end(), "'", file.name(), "' lacks '", name,
          "'. It cannot be resumed.");
  const TensorPlace& place = found->second;
  require(to.sizes() == torch::IntArrayRef(place.shape) && fits(place.dtype, to), "'", file.name(),
          "': '", name, "' has the shape ", torch::IntArrayRef(place.shape), " and the type ",
          name_of(place.dtype), ", but should have ", to.sizes(), " and ",
          to.is_floating_point() ? "floats" : "whole numbers", ". It cannot be resumed.");
  read_into(to, place, [&](char* bytes) { file.read(place, bytes); });
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
torch::Tensor table(const SafetensorsFile& file, const std::string& name, std::int64_t columns) {
  const auto found = file.tensors().find(name);
  require(found != file.tensors().end() && found->second.dtype == DType::kF64 &&
              found->second.shape.size() == 2 && found->second.shape[1] >= columns,
          "'", file.name(), "' lacks a table '", name, "'. It cannot be resumed.");
  const torch::Tensor to = torch::empty(found->second.shape, torch::kDouble);
  take(file, name, to);
  return to;
}

// A step from a table, where it is a double.
std::int64_t step_of(double number, const SafetensorsFile& file) {
  require(number >= 0 && number <= double(kTrainingSteps.max), "'", file.name(),
          "': its history tells of a step ", number, ". It cannot be resumed.");
  return std::int64_t(number);
}

RunHistory history_of(const SafetensorsFile& file) {
  RunHistory history;
  const auto points = table(file, "history.points", 5),
             held_out = table(file, "history.held_out", 3);
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    const double* row = points.data_ptr<double>() + i * points.size(1);
    history.points.push_back(
        {step_of(row[0], file), row[1], float(row[2]), float(row[3]), float(row[4])});
  }
  for (std::int64_t i = 0; i < held_out.size(0); ++i) {
    const double* row = held_out.data_ptr<double>() + i * held_out.size(1);
    HeldOutPoint point{step_of(row[0], file), float(row[1]), float(row[2]), {}};
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

std::string metadata(const SafetensorsFile& file, const std::string& key) {
  const auto found = file.metadata().find(key);
  require(found != file.metadata().end(), "'", file.name(), "' says nothing of its ", key,
          ". It is not a training run.");
  return found->second;
}

// Runs `work`; an Error that it throws gets the file's name in front.
template <class Work>
auto naming(const SafetensorsFile& file, Work work) {
  try {
    return work();
  } catch (const Error& e) {
    throw Error(text_of("Cannot resume '", file.name(), "': ", e.what()));
  }
}

// A recipe costs nothing to write, its network much to build: the weights must be there for it.
Recipe recipe_in(const SafetensorsFile& file, const Dataset& data) {
  const std::string text = metadata(file, "recipe");
  const Recipe recipe = naming(file, [&] { return recipe_from_json(text); });
  const std::int64_t wanted =
      naming(file, [&] { return parameter_count(config_of(recipe, data)); });
  std::int64_t elements = 0;
  for (const auto& [name, place] : file.tensors())
    if (name.starts_with("weights.") && is_float(place.dtype)) elements += place.numel();
  require(elements >= wanted, "Cannot resume '", file.name(), "': its recipe asks for ", wanted,
          " weights, but it holds ", elements, ".");
  return recipe;
}

void read_progress(TrainerState& state, const SafetensorsFile& file) {
  const nlohmann::json object = parse_object(metadata(file, "progress"), file.name());
  ObjectReader reader(object, file.name());
  double seconds = -1;
  state.step = -1;
  reader.read("step", state.step);
  reader.read("multiplier", state.multiplier);
  reader.read("seconds", seconds);
  require(state.step >= 0 && state.step <= kTrainingSteps.max &&
              kMultiplier.holds(state.multiplier) && seconds >= 0 && seconds <= kMostSeconds,
          "'", file.name(), "': its progress is out of range: step ", state.step, ", multiplier ",
          state.multiplier, ", ", seconds, " seconds.");
  state.clock.set_seconds(seconds);
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
  require(is_there(path), "There is no run to resume in '", folder.string(), "': it has no ",
          kTrainingFile, ".");
  const SafetensorsFile file(path);
  const std::string trained_on = metadata(file, "data");
  require(trained_on == data.name, "The run in '", folder.string(), "' was trained on ",
          shown(trained_on), ", not on ", data.name, ". Resume it with its own data set.");

  auto state = std::make_unique<TrainerState>(recipe_in(file, data), data, device);
  for (const auto& [name, tensor] : tensors_of(*state)) take(file, name, tensor);
  const torch::Tensor generator = state->batches.generator_state();
  take(file, "generator", generator);
  naming(file, [&] { state->batches.set_generator_state(generator); });
  state->history = history_of(file);
  read_progress(*state, file);
  return state;
}

}  // namespace stepwise
