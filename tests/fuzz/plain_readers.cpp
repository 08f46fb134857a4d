#include <fstream>
#include <nlohmann/json.hpp>

#include "data/idx.h"
#include "data/idx_files.h"
#include "engine/picture_recipe.h"
#include "engine/session_json.h"
#include "first_of.h"
#include "formats/info.h"
#include "formats/layout.h"
#include "formats/safetensors.h"
#include "formats/tensorboard.h"
#include "formats/tfrecord.h"
#include "formats/unet_config.h"
#include "formats/weight_files.h"
#include "image/file.h"
#include "image/fit.h"
#include "image/picture_file.h"
#include "image/png.h"
#include "model/scheduler_config.h"
#include "picture_bytes.h"
#include "readers.h"
#include "safetensors_file.h"
#include "settings/json.h"
#include "settings/recipe_book.h"
#include "training/history_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

void read_tensor_file(const fs::path& folder, const std::string& bytes) {
  put(folder / "a.safetensors", bytes);
  read_safetensors(folder / "a.safetensors");
}

void read_weights_index(const fs::path& folder, const std::string& bytes) {
  put(folder / kWeightsIndex, bytes);
  WeightFiles(folder / kWeightsIndex).tensors();
}

void read_pipeline_index(const fs::path& folder, const std::string& bytes) {
  put(folder / kIndex, bytes);
  layout_of(folder);
}

void read_config(const fs::path&, const std::string& bytes) {
  json_of(unet_config_of(bytes, "fuzz"));
}

void read_info(const fs::path&, const std::string& bytes) {
  json_of(stepwise_info_of(bytes, "fuzz"));
}

void read_scheduler(const fs::path&, const std::string& bytes) {
  json_of(scheduler_info_of(bytes, "fuzz"));
}

void read_recipe_of_run(const fs::path&, const std::string& bytes) {
  text_of_json(value_of(read_object<Recipe>(bytes, "fuzz")));
}

void read_recipe_file(const fs::path&, const std::string& bytes) {
  read_recipe({"fuzz.json", bytes}, {});
}

void read_session_file(const fs::path& folder, const std::string& bytes) {
  put(folder / "a.stepwise", bytes);
  encode_session(value_of(read_session(folder / "a.stepwise")));
}

// A tree, and a fork with a layer of each kind.
std::string session_file() {
  SavedSession session;
  session.models = {{"a", "/a", "0", {}}, {"b", {}, {}, {0, 0}, Autoguidance{2}}};
  SampleSettings settings;
  settings.count = 2;
  Edit edit;
  edit.layers = {{Stroke{{{1, 2}, {3, 4}}, 3, 0}, Paint{}},
                 {Mask{Image(2, 2, 1)}, Stamp{Image(2, 3, 1), {}}},
                 {Stroke{{{1, 2}, {3, 4}}, 3, 0}, Smudge{}},
                 {Gradient{{0, 0}, {1, 1}}, Rewind{}},
                 {Everywhere{}, Region{}},
                 {Everywhere{}, Wish{}},
                 {Everywhere{}, Lock{}},
                 {Polygon{{{0, 0}, {1, 0}, {0, 1}}}, Erase{}}};
  session.branches = {{0, Sample{1, settings, {{0}, {}}}, "ab"},
                      {3, Resample{{2, edit, settings, {1}}}, {}}};
  return encode_session(value_of(session));
}

void read_pictures(const fs::path& folder, const std::string& bytes) {
  put(folder / "images", bytes);
  read_idx(folder / "images", folder / "labels");
}

void read_labels(const fs::path& folder, const std::string& bytes) {
  put(folder / "labels-of", bytes);
  read_idx(folder / "images-of", folder / "labels-of");
}

// As a model would take it.
void read_picture_file(const fs::path&, const std::string& bytes) {
  fitted(decode_picture(bytes, "fuzz").pixels, 28, 28, 1, {});
}

void read_picture_recipe(const fs::path&, const std::string& bytes) {
  text_of_recipe(recipe_of_text(bytes, "fuzz"));
}

PictureRecipe small_recipe() {
  PictureRecipe recipe;
  recipe.models = {{7, "model", "/models/7", "00ff"}};
  SampleSettings settings;
  settings.count = 1;
  Fork fork{7, {}, settings, {}};
  fork.edit.layers = {{.shape = Stroke{{{1, 2}}, 3, 0}, .what = Paint{}},
                      {.shape = Everywhere{}, .what = Lock{}}};
  recipe.branches = {{0, Sample{7, settings, {Condition{3}}}}, {1, Resample{fork}}};
  recipe.pictures = {0};
  return recipe;
}

std::vector<std::string> history_columns() { return HistoryTable(16, {0.1, 1, 10}).columns(); }

void read_json_lines(const fs::path& folder, const std::string& bytes) {
  put(folder / "history.jsonl", bytes);
  json_lines_in(folder, history_columns())->cut_back(1);
}

void read_table(const fs::path& folder, const std::string& bytes) {
  put(folder / "history.csv", bytes);
  csv_in(folder, history_columns())->cut_back(1);
}

void read_events(const fs::path& folder, const std::string& bytes) {
  put(folder / "events.out.tfevents.1.host.stepwise", bytes);
  events_in(folder, history_columns())->cut_back(1);
}

void read_event(const fs::path&, const std::string& bytes) { topic_of(bytes); }

Safetensors small_tensors() {
  return {{{"weight", stored({2, 3}, std::vector<float>(6))},
           {"scalar", stored({}, std::vector<std::int64_t>{1})},
           {"bytes", stored({3}, std::vector<std::uint8_t>(3))}},
          {{"format", "pt"}}};
}

std::string recipe_file() {
  Recipe recipe;
  recipe.channels = {8, 16};
  recipe.optimiser = OptimiserKind::kAdamW;
  recipe.flip = true;
  recipe.learning_rate = 0.5;
  return text_of_recipe_file(recipe, parent_of({}, recipe));
}

std::string csv_table() {
  return joined(history_columns(), {}, ",") + "\n1,0.5,16,0.5,,,,,,,\n2,1,32,,,,,0.5,,,\n";
}

std::string loss_event() {
  return scalars_event({1, 300}, std::vector<Scalar>{{"loss", 1}, {"train", 2}});
}

std::string weights_index() {
  nlohmann::json map;
  for (const auto& [name, tensor] : small_tensors().tensors) map[name] = "a.safetensors";
  return nlohmann::json{{"metadata", {{"total_size", 35}}}, {"weight_map", map}}.dump();
}

std::string repository_file(const std::string& name) {
  return read_file(fs::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn" / name);
}

}  // namespace

std::vector<Reader> plain_readers(const fs::path& folder) {
  fs::create_directory(folder / "unet");
  put(folder / "unet" / kConfig, "{}");
  put(folder / "labels", idx_labels({1, 2, 3}));
  put(folder / "images-of", idx_images(3));
  const std::string tensors = encode_safetensors(small_tensors());
  put(folder / "a.safetensors", tensors);
  return {
      {"weights-index", read_weights_index, {weights_index()}},
      {"safetensors", read_tensor_file, {tensors}},
      {"model-index", read_pipeline_index, {repository_file("model_index.json")}},
      {"config", read_config, {repository_file("unet/config.json"), json_of(UNet2DConfig{})}},
      {"stepwise-json", read_info, {json_of(StepwiseInfo{})}},
      {"scheduler",
       read_scheduler,
       {repository_file("scheduler/scheduler_config.json"), json_of(SchedulerInfo{})}},
      {"session", read_session_file, {session_file()}},
      {"recipe", read_recipe_of_run, {text_of_json(value_of(Recipe{}))}},
      {"recipe-file", read_recipe_file, {recipe_file()}},
      {"idx-pictures", read_pictures, {idx_images(3), gzipped(idx_images(3))}},
      {"png",
       read_picture_file,
       {png_of(odd_picture(9, 7, 3), "{}"), png_of(odd_picture(9, 7, 1))}},
      {"jpeg",
       read_picture_file,
       {jpeg_of(odd_picture(9, 7, 3), 6), jpeg_of(odd_picture(9, 7, 1))}},
      {"webp", read_picture_file, {webp_of(odd_picture(9, 7, 4))}},
      {"picture-recipe", read_picture_recipe, {text_of_recipe(small_recipe())}},
      {"history-jsonl",
       read_json_lines,
       {"{\"step\": 1, \"loss\": 0.5}\n{\"step\": 2, \"held_out\": 0.5}\n"}},
      {"history-csv", read_table, {csv_table()}},
      {"events", read_events, {tf_record(version_event(1)) + tf_record(loss_event())}},
      {"event", read_event, {loss_event()}},
      {"idx-labels", read_labels, {idx_labels({1, 2, 3}), gzipped(idx_labels({1, 2, 3}))}},
  };
}

}  // namespace stepwise
