#include <torch/types.h>
#include <torch/utils.h>

#include "data/idx_files.h"
#include "evaluation/classifier.h"
#include "formats/layout.h"
#include "image/file.h"
#include "model/folder.h"
#include "model/small_net.h"
#include "readers.h"
#include "training/checkpoint.h"
#include "training/toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// Reads the model in which this file has these bytes, and puts the file back.
void read_model_with(const fs::path& model, const fs::path& file, const std::string& bytes) {
  const std::string good = read_file(model / file);
  put(model / file, bytes);
  try {
    read_model(model);
  } catch (...) {
    put(model / file, good);
    throw;
  }
  put(model / file, good);
}

void read_model_config(const fs::path& folder, const std::string& bytes) {
  read_model_with(folder / "model", "unet/config.json", bytes);
}

void read_weights(const fs::path& folder, const std::string& bytes) {
  read_model_with(folder / "model", fs::path("unet") / kWeights, bytes);
}

void read_run(const fs::path& folder, const std::string& bytes) {
  put(folder / "run" / kTrainingFile, bytes);
  load_run(folder / "run", toy_data(), torch::kCPU);
}

void read_classifier(const fs::path& folder, const std::string& bytes) {
  put(folder / "c.safetensors", bytes);
  load_classifier(folder / "c.safetensors");
}

}  // namespace

std::vector<Reader> network_readers(const fs::path& folder) {
  torch::set_num_threads(1);
  write_model(folder / "model", UNet2DModel(attentive_config()), SchedulerInfo{}, StepwiseInfo{});
  Trainer trainer(toy_recipe(10), toy_data(), torch::kCPU);
  trainer.step();
  trainer.save(folder / "run");
  Classifier classifier;
  classifier.net = ClassifierNet(1, 2);
  classifier.class_names = {"a", "b"};
  write_file(folder / "c.safetensors", encode(classifier));
  return {
      {"network-config", read_model_config, {read_file(folder / "model/unet/config.json")}},
      {"network-weights", read_weights, {read_file(folder / "model/unet" / kWeights)}},
      {"run", read_run, {read_file(folder / "run" / kTrainingFile)}},
      {"classifier", read_classifier, {read_file(folder / "c.safetensors")}},
  };
}

}  // namespace stepwise
