// Hostile files of runs and classifiers: safetensors that say more of themselves than weights.
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <cmath>

#include "corpus.h"
#include "evaluation/classifier.h"
#include "image/file.h"
#include "model/weights.h"
#include "safetensors_file.h"
#include "temporary_folder.h"
#include "training/checkpoint.h"
#include "training/toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using Change = std::function<void(Safetensors&)>;

const std::string kDeep =
    "{\"channels\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";

class HostileRun : public testing::Test {
 protected:
  HostileRun() {
    torch::set_num_threads(1);
    Trainer trainer(toy_recipe(10), toy_data(), torch::kCPU);
    trainer.step();
    trainer.evaluate_held_out();
    trainer.save(folder.path());
    good = read_safetensors(file);
    load_run(folder.path(), toy_data(), torch::kCPU);  // What torch sets up once is not counted.
  }

  // The run, but for one change.
  HostileFile changed(const std::string& name, const Change& change, const std::string& words) {
    return {name,
            [this, change](const fs::path& path) {
              Safetensors bad = good;
              change(bad);
              write_safetensors(path, bad);
            },
            words};
  }
  HostileFile recipe(const std::string& text, const std::string& words) {
    return changed(
        "recipe " + text.substr(0, 60), [text](auto& f) { f.metadata["recipe"] = text; }, words);
  }
  HostileFile progress(const std::string& text, const std::string& words) {
    return changed(
        "progress " + text.substr(0, 60), [text](auto& f) { f.metadata["progress"] = text; },
        words);
  }
  HostileFile data_set(const std::string& text, const std::string& words) {
    return changed(
        "data set " + text.substr(0, 60), [text](auto& f) { f.metadata["data_set"] = text; },
        words);
  }
  HostileFile tensor(const std::string& name, const StoredTensor& value, const std::string& words) {
    return changed(
        name + " of another kind", [=](auto& f) { f.tensors[name] = value; }, words);
  }

  const TemporaryFolder folder;
  const fs::path file = folder / kTrainingFile;
  Safetensors good;
};

TEST_F(HostileRun, TrainingFile) {
  const double nan = std::nan("");
  const auto table = [](std::vector<double> row) {
    return stored(torch::tensor(row, torch::kDouble).view({1, -1}));
  };
  expect_refusals(
      no_files() +
          Files{
              hostile("nothing", "", "it is empty"),
              hostile("a pickle", "\x80\x02}q\x00." + std::string(100, 'x'), "run any code"),
              recipe("", "it is empty"),
              recipe("[]", "not an object"),
              recipe(kDeep, "nested more than"),
              recipe(R"({"channels": [[8]]})", "channels"),
              recipe(R"({"channels": [1e300]})", "channels"),
              recipe(R"({"channels": [2048, 2048, 2048], "layers_per_block": 8})",
                     "more than the 2000000000"),
              recipe(R"({"channels": [512, 512]})", "asks for"),
              recipe(R"({"channels": [8, 8, 8, 8, 8, 8]})", "cannot be halved"),
              recipe(R"({"layers_per_block": 1e300})", "layers_per_block"),
              recipe(R"({"batch": 1000000000})", "batch"),
              recipe(R"({"learning_rate": NaN, "momentum": -1})", "momentum"),
              recipe(R"({"seed": -1})", "seed"),
              recipe(R"({"optimiser": "rm -rf"})", "rm -rf"),
              progress("{", "not valid JSON"),
              progress("{}", "out of range"),
              progress(R"({"step": -1, "seconds": 1, "multiplier": 1})", "out of range"),
              progress(R"({"step": 9e18, "seconds": 1, "multiplier": 1})", "step"),
              progress(R"({"step": 1, "seconds": -1, "multiplier": 1})", "out of range"),
              progress(R"({"step": 1, "seconds": 1, "multiplier": 1e9})", "out of range"),
              progress(R"({"step": 1, "seconds": 1, "looked": -1})", "out of range"),
              changed(
                  "no data", [](auto& f) { f.metadata.erase("data"); }, "says nothing"),
              data_set("{", "not valid JSON"),
              data_set(R"({"train": 1e300})", "train"),
              data_set(R"({"class_names": [1]})", "class_names"),
              data_set(R"({"source": {"place": 3}})", "place"),
              data_set(R"({"source": {"height": -1}})", "height"),
              data_set(R"({"identity": "0123456789abcdef"})", "other pictures"),
              tensor("weights.conv_in.weight", stored({3}, std::vector<float>(3)), "it holds"),
              tensor("weights.conv_in.bias", stored({3, 3, 1, 8}, std::vector<float>(72)),
                     "'weights.conv_in.bias' has the shape"),
              changed(
                  "no average", [](auto& f) { f.tensors.erase("averaged.conv_in.bias"); },
                  "lacks 'averaged.conv_in.bias'"),
              tensor("history.points", stored({3}, std::vector<float>(3)), "history.points"),
              tensor("history.points", table({nan, 0, 0, 0, 0}), "a step nan"),
              tensor("history.points", table({1e300, 0, 0, 0, 0}), "a step 1e+300"),
              tensor("history.points", table({1, 2}), "history.points"),
              tensor("history.held_out", table({-1, 0, 0}), "a step -1"),
              tensor("history.measured", table({1, 2}), "history.measured"),
              tensor("history.measured", table({-1, 0, 9, 0, 0, 0, 0, 0, 0, 0}), "a step -1"),
          },
      file, [&] { load_run(folder.path(), toy_data(), torch::kCPU); });
}

TEST(HostileClassifier, File) {
  const TemporaryFolder folder;
  const fs::path file = folder / "c.safetensors";
  Classifier classifier;
  classifier.net = ClassifierNet(1, 2);
  classifier.class_names = {"a", "b"};
  write_file(file, encode(classifier));
  const Safetensors good = read_safetensors(file);
  load_classifier(file);
  const auto says = [&](const std::string& text, const std::string& words) {
    return HostileFile{text.substr(0, 60),
                       [=](const fs::path& path) {
                         Safetensors bad = good;
                         bad.metadata["classifier"] = text;
                         write_safetensors(path, bad);
                       },
                       words};
  };
  expect_refusals(no_files() +
                      Files{
                          hostile("nothing", "", "it is empty"),
                          says("", "it is empty"),
                          says(kDeep, "nested more than"),
                          says(R"({"class_names": []})", "claims to tell 0 classes"),
                          says(R"({"class_names": [1]})", "class_names"),
                          says(R"({"class_names": ["a", "b"], "channels": 1000000})", "1000000"),
                          says(R"({"class_names": ["a", "b"], "height": -1})", "-1"),
                          says(R"({"class_names": ["a", "b"], "width": 1e300})", "width"),
                          says(R"({"class_names": ["a", "b", "c"]})", "do not fit"),
                      },
                  file, [&] { load_classifier(file); });
}

}  // namespace
}  // namespace stepwise
