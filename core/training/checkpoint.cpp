#include "training/checkpoint.h"

#include <nlohmann/json.hpp>

#include "diffusion/gaussian_file.h"
#include "formats/layout.h"
#include "model/folder.h"
#include "model/weights.h"
#include "settings/json.h"
#include "training/marks.h"
#include "training/network.h"
#include "training/run_gallery.h"
#include "training/run_head.h"
#include "training/run_log.h"

namespace stepwise {

namespace {

using Tensors = std::map<std::string, StoredTensor>;

// Bytes: more are not kept by a run that goes on.
constexpr std::uint64_t kMaxKeptGallery = 1 << 26;
constexpr std::int64_t kPointColumns = 6;  // The last is missing where each point is one step.
constexpr std::int64_t kMeasuredNumbers = 10;
constexpr std::string_view kExpected = "expected.";  // Of losses: runs of earlier versions lack it.

// Fills the tensor with the file's of that name, which must be of its shape and kind. Throws Error
// naming it otherwise.
void take(const SafetensorsFile& file, const std::string& name, const torch::Tensor& to) {
  const auto found = file.tensors().find(name);
  require(found != file.tensors().end(), "'", file.name(), "' lacks '", name,
          "'. It cannot be resumed.");
  const TensorSlice& place = found->second;
  require(to.sizes() == torch::IntArrayRef(place.shape) && fits(place.dtype, to), "'", file.name(),
          "': '", name, "' has the shape ", torch::IntArrayRef(place.shape), " and the type ",
          name_of(place.dtype), ", but should have ", to.sizes(), " and ",
          to.is_floating_point() ? "floats" : "whole numbers", ". It cannot be resumed.");
  read_into(to, place, [&](char* bytes) { file.read(place, bytes); });
}

torch::Tensor table_of(const std::vector<MeasuredPoint>& points) {
  auto table = torch::empty({std::int64_t(points.size()), kMeasuredNumbers}, torch::kDouble);
  auto* row = table.data_ptr<double>();
  for (const MeasuredPoint& p : points) {
    for (const double value : {double(p.step), p.seconds, double(p.count)}) *row++ = value;
    for (const float value :
         {p.distance, p.floor, p.low, p.high, p.agreement, p.nearest, p.real_nearest})
      *row++ = value;
  }
  return table;
}

void store_history(const RunHistory& history, Tensors& tensors) {
  const std::vector<TrainingPoint> points = history.curve.all();
  const auto held_out = std::int64_t(history.held_out.size());
  auto table = torch::empty({std::int64_t(points.size()), kPointColumns}, torch::kDouble);
  auto* row = table.data_ptr<double>();
  for (const TrainingPoint& p : points)
    for (const double value : {double(p.step), p.seconds, double(p.loss), double(p.gradient_norm),
                               double(p.learning_rate), double(p.steps)})
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
  if (!history.measured.empty()) tensors["history.measured"] = stored(table_of(history.measured));
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

// A number of steps or pictures from a table, where it is a double.
std::int64_t step_of(double number, const SafetensorsFile& file) {
  require(number >= 0 && number <= double(kTrainingSteps.max), "'", file.name(),
          "': its history tells of a step ", number, ". It cannot be resumed.");
  return std::int64_t(number);
}

// None of a run that was not measured.
std::vector<MeasuredPoint> measured_in(const SafetensorsFile& file) {
  const std::string name = "history.measured";
  std::vector<MeasuredPoint> points;
  if (!file.tensors().contains(name)) return points;
  const torch::Tensor rows = table(file, name, kMeasuredNumbers);
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    const double* row = rows.data_ptr<double>() + i * rows.size(1);
    add_measured(
        points, {step_of(row[0], file), row[1], step_of(row[2], file), float(row[3]), float(row[4]),
                 float(row[5]), float(row[6]), float(row[7]), float(row[8]), float(row[9])});
  }
  return points;
}

RunHistory history_of(const SafetensorsFile& file) {
  RunHistory history;
  const auto points = table(file, "history.points", kPointColumns - 1),
             held_out = table(file, "history.held_out", 3);
  for (std::int64_t i = 0; i < points.size(0); ++i) {
    const double* row = points.data_ptr<double>() + i * points.size(1);
    const double steps = points.size(1) < kPointColumns ? 1 : row[kPointColumns - 1];
    history.curve.add({step_of(row[0], file), row[1], float(row[2]), float(row[3]), float(row[4]),
                       std::max<std::int64_t>(1, step_of(steps, file))});
  }
  for (std::int64_t i = 0; i < held_out.size(0); ++i) {
    const double* row = held_out.data_ptr<double>() + i * held_out.size(1);
    HeldOutPoint point{step_of(row[0], file), float(row[1]), float(row[2]), {}};
    point.bins.assign(row + 3, row + held_out.size(1));
    add_held_out(history.held_out, std::move(point));
  }
  history.measured = measured_in(file);
  return history;
}

std::string blame(const SafetensorsFile& file) { return "Cannot resume '" + file.name() + "': "; }

// A recipe costs nothing to write, its network much to build: the weights must be there for it.
void check_size(const SafetensorsFile& file, const Recipe& recipe, const Dataset& data) {
  const std::int64_t wanted =
      in_context(blame(file), [&] { return parameter_count(config_of(recipe, data)); });
  std::int64_t elements = 0;
  for (const auto& [name, place] : file.tensors())
    if (name.starts_with("weights.") && is_float(place.dtype)) elements += place.numel();
  require(elements >= wanted, "Cannot resume '", file.name(), "': its recipe asks for ", wanted,
          " weights, but it holds ", elements, ".");
}

// Names decide nothing where more than the name is known.
void check_data(const RunHead& head, const std::string& file, const Dataset& data) {
  const DataRecord given = record_of(data);
  require(head.data.identity.empty() || same_pictures(head.data, given), "The run in '", file,
          "' was trained on ", words_for(head.data), ", but '", place_of(given),
          "' holds other pictures: ", words_for(given), ". Resume it with its own data set.");
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  require(!error, "Cannot make the folder '", folder.string(), "': ", error.message(), ".");
}

}  // namespace

namespace {

// Those that the run has written; nullptr where it has not, or they cannot be read: they can be
// fitted again.
std::shared_ptr<const ClassGaussians> gaussians_of(const std::filesystem::path& folder,
                                                   const Dataset& data) {
  const Pictures& like = data.train;
  const std::int64_t values = std::int64_t(like.height) * like.width * like.channels;
  try {
    return std::make_shared<ClassGaussians>(
        read_gaussians(folder / kGaussians, int(data.class_names.size()), values));
  } catch (const Error&) {
    return nullptr;
  }
}

Safetensors file_of(TrainerState& state) {
  Safetensors file;
  for (const auto& [name, tensor] : tensors_of(state)) file.tensors[name] = stored(tensor);
  store_history(state.history, file.tensors);
  if (state.gallery.count > 0) file.tensors[kGalleryTensor] = stored(state.gallery);
  file.metadata = metadata_of(head_of(state));
  return file;
}

// Of the folder itself, also where its path ends in a "/" or is ".".
std::string plain_name_of(const std::filesystem::path& folder) {
  std::error_code not_there;
  const auto whole = std::filesystem::weakly_canonical(folder, not_there);
  return (whole.empty() ? folder : whole).filename().string();
}

// Runs of earlier versions have one average: the longer one begins as that is.
void take_longer(const SafetensorsFile& file, TrainerState& state) {
  for (const auto& [name, tensor] : state.layout.named_views(state.longer)) {
    if (!file.tensors().contains(text_of(kLonger, name)))
      return void(state.longer.copy_(state.averages));
    take(file, text_of(kLonger, name), tensor);
  }
}

// What the file of a run holds of it, as the head says, which may be changed. `folder`: of the run.
std::unique_ptr<TrainerState> state_in(const SafetensorsFile& file, const RunHead& head,
                                       const std::filesystem::path& folder, const Dataset& data,
                                       torch::Device device) {
  check_data(head, file.name(), data);
  check_size(file, head.recipe, data);
  auto state = std::make_unique<TrainerState>(head.recipe, data, device);
  for (const auto& [name, tensor] : tensors_of(*state))
    if (!name.starts_with(kLonger) &&
        (!name.starts_with(kExpected) || file.tensors().contains(name)))
      take(file, name, tensor);
  take_longer(file, *state);
  state->history = history_of(file);
  state->gallery = gallery_in(file, kMaxKeptGallery);
  state->step = head.step;
  state->written();
  state->multiplier = head.multiplier;
  state->from = head.from;
  state->clock.set_seconds(head.seconds);
  state->clock.set_looked(head.looked);
  state->optimiser.set_steps(head.step);
  state->gaussians = gaussians_of(folder, data);
  return state;
}

}  // namespace

NamedTensors tensors_of(TrainerState& state) {
  NamedTensors tensors;
  for (const auto& [name, tensor] : state.layout.named_views(state.weights))
    tensors.emplace_back("weights." + name, tensor);
  for (const auto& [name, tensor] : state.layout.named_views(state.averages))
    tensors.emplace_back(text_of(kAveraged, name), tensor);
  for (const auto& [name, tensor] : state.layout.named_views(state.longer))
    tensors.emplace_back(text_of(kLonger, name), tensor);
  for (const auto& [name, tensor] : state.optimiser.state())
    tensors.emplace_back("optimiser." + name, tensor);
  for (const auto& [name, tensor] : state.expected.state())
    tensors.emplace_back(text_of(kExpected, name), tensor);
  return tensors;
}

RunHead head_of(const TrainerState& state) {
  return {state.recipe,     state.info.data_set,  state.step, state.clock.seconds(),
          state.multiplier, state.clock.looked(), state.from};
}

void save_run(TrainerState& state, const std::filesystem::path& folder) {
  make_folder(folder);
  write_safetensors(folder / kTrainingFile, file_of(state));

  std::error_code error;
  const auto gaussians = folder / kGaussians;
  if (state.gaussians && !std::filesystem::exists(gaussians, error))
    write_gaussians(gaussians, *state.gaussians);

  state.info.training = run_log(state.recipe, state.history, state.device.str());
  write_model(folder, state.averaged, scheduler_of(state.recipe), state.info,
              state.recipe.half_weights ? DType::kF16 : DType::kF32);
}

void save_mark(TrainerState& state, const std::filesystem::path& path, const std::string& change) {
  make_folder(path.parent_path());
  Safetensors file = file_of(state);
  file.metadata[kMarkKey] = change;
  write_safetensors(path, file);
}

void read_averages(const SafetensorsFile& file, std::string_view which, UNet2DModelImpl& net) {
  const torch::NoGradGuard no_gradients;
  for (const auto& parameter : net.named_parameters())
    take(file, text_of(which, parameter.key()), parameter.value());
}

std::unique_ptr<TrainerState> load_run(const std::filesystem::path& folder, const Dataset& data,
                                       torch::Device device) {
  const SafetensorsFile file(run_file(folder));
  return state_in(file, head_of(file), folder, data, device);
}

std::unique_ptr<TrainerState> load_mark(const std::filesystem::path& mark,
                                        const std::vector<FieldValue>& values, const Dataset& data,
                                        torch::Device device) {
  const SafetensorsFile file(mark);
  const std::filesystem::path folder = run_of_mark(mark);
  RunHead head = head_of(file);
  head.recipe = changed_at_mark(head.recipe, values);
  head.from = text_of(plain_name_of(folder), " at step ", head.step);
  return state_in(file, head, folder, data, device);
}

}  // namespace stepwise
