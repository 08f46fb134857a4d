// Checkpoints with inputs and outputs that diffusers itself computed. STEPWISE_FIXTURES may point
// at another folder of the same form: unets/manifest.json lists what is there.
#pragma once

#include <gtest/gtest.h>
#include <torch/types.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "error.h"
#include "formats/safetensors.h"
#include "model/folder.h"
#include "model/weights.h"
#include "safetensors_file.h"
#include "temporary_folder.h"

namespace stepwise {

inline std::filesystem::path shipped_unets() {
  return std::filesystem::path(STEPWISE_TEST_DATA) / "unets";
}
inline std::filesystem::path chosen_unets() {
  const char* chosen = std::getenv("STEPWISE_FIXTURES");
  return chosen && *chosen ? std::filesystem::path(chosen) / "unets" : shipped_unets();
}

inline nlohmann::json read_json(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("No fixture file '" + path.string() + "'.");
  return nlohmann::json::parse(file);
}

struct Fixture {
  std::filesystem::path root;  // Of all checkpoints.
  std::string name;
  std::filesystem::path folder;
  nlohmann::json manifest;  // Its entry.
};

inline std::vector<Fixture> fixtures(const std::filesystem::path& root) {
  std::vector<Fixture> all;
  const nlohmann::json manifest = read_json(root / "manifest.json");
  for (const auto& entry : manifest.at("entries")) {
    const std::string name = entry.at("name");
    all.push_back({root, name, root / name, entry});
  }
  return all;
}

// In the type that it is stored in.
inline torch::Tensor tensor_of(const StoredTensor& stored) {
  static const std::map<DType, torch::ScalarType> kTypes = {
      {DType::kF64, torch::kDouble},    {DType::kF32, torch::kFloat}, {DType::kF16, torch::kHalf},
      {DType::kBF16, torch::kBFloat16}, {DType::kI64, torch::kLong},  {DType::kI32, torch::kInt},
      {DType::kI16, torch::kShort},     {DType::kI8, torch::kChar},   {DType::kU8, torch::kByte},
      {DType::kBool, torch::kBool}};
  const torch::Tensor tensor = torch::empty(stored.shape, kTypes.at(stored.dtype));
  read_into(tensor, {stored.dtype, stored.shape, 0, stored.bytes.size()},
            [&](char* to) { stored.bytes.copy(to, stored.bytes.size()); });
  return tensor;
}

// The inputs and expected outputs, as tensors.
class Expected {
 public:
  explicit Expected(const Fixture& fixture)
      : file_(read_safetensors(fixture.folder / "expected.safetensors")) {}

  bool has(const std::string& name) const { return file_.tensors.contains(name); }
  torch::Tensor operator[](const std::string& name) const {
    return tensor_of(file_.tensors.at(name));
  }
  torch::Tensor classes() const {
    return has("class_labels") ? (*this)["class_labels"] : torch::Tensor();
  }

 private:
  Safetensors file_;
};

inline double largest_difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a.to(torch::kDouble) - b.to(torch::kDouble)).abs().max().item<double>();
}

// A checkpoint that has been opened, with what it should compute.
struct Opened {
  explicit Opened(const Fixture& f)
      : fixture(f), manifest(f.manifest), expected(f), model(read_model(f.folder)) {}

  torch::Tensor forward() {
    return model.net(expected["sample_in"], expected["timestep"], expected.classes());
  }

  // The loss, with its gradients where they go.
  torch::Tensor backward(const torch::Tensor& sample) {
    model.net->train();
    const torch::Tensor out = model.net(sample, expected["timestep"], expected.classes());
    const torch::Tensor loss = torch::mse_loss(out, expected["loss_target"]);
    loss.backward();
    return loss.detach();
  }

  void expect_items_match(const torch::Tensor& out, const torch::Tensor& wanted) const {
    ASSERT_EQ(out.sizes(), wanted.sizes());
    for (std::int64_t i = 0; i < out.size(0); ++i)
      EXPECT_LE(largest_difference(out[i], wanted[i]),
                manifest.at("atol_per_item")[i].get<double>())
          << "item " << i;
  }

  const Fixture fixture;
  const nlohmann::json manifest;
  const Expected expected;
  ModelFolder model;
};

// One test runs over all checkpoints, so that the names of tests do not depend on the folder. Those
// the manifest calls optional may be refused.
inline void for_each_in(const std::filesystem::path& root,
                        const std::function<void(Opened&)>& claim) {
  const std::vector<Fixture> all = fixtures(root);
  ASSERT_FALSE(all.empty()) << "no checkpoints in " << root;
  for (const Fixture& fixture : all) {
    SCOPED_TRACE(fixture.name);
    try {
      Opened opened(fixture);
      claim(opened);
    } catch (const Error& error) {
      if (fixture.manifest.value("optional", false))
        std::cout << fixture.name << " is refused: " << error.what() << "\n";
      else
        ADD_FAILURE() << error.what();
    }
  }
}

inline void for_each_fixture(const std::function<void(Opened&)>& claim) {
  for_each_in(chosen_unets(), claim);
}

// The checkpoints beside the tests, whatever STEPWISE_FIXTURES says: for claims about files as they
// were written.
inline void for_each_shipped(const std::function<void(Opened&)>& claim) {
  for_each_in(shipped_unets(), claim);
}

}  // namespace stepwise
