#include "engine/enclosed_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "formats/layout.h"
#include "formats/weights_sha256.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

class EnclosedModels : public testing::Test {
 protected:
  void write(std::map<std::string, StoredTensor> tensors) {
    write_safetensors(file, {std::move(tensors), {}});
  }
  // Whatever lies below the folder of models.
  int count() const {
    int found = 0;
    if (fs::exists(into))
      for ([[maybe_unused]] const auto& entry : fs::directory_iterator(into)) ++found;
    return found;
  }

  const fs::path model = fs::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn";
  const TemporaryFolder folder;
  const fs::path file = folder / "a.stepwise", into = folder / "models";
};

TEST_F(EnclosedModels, AModelIsTakenOutWithTheSameWeightsAndOnlyOnce) {
  write(enclosed_model(model, 3));
  const auto folders = take_out_models(file, into);
  ASSERT_EQ(folders.size(), 1u);
  const fs::path taken = folders.at(3);
  EXPECT_EQ(weights_sha256(taken), weights_sha256(model));
  EXPECT_EQ(layout_of(taken).scheduler, taken / kScheduler);
  EXPECT_EQ(take_out_models(file, into), folders);
  EXPECT_EQ(count(), 1);
}

TEST_F(EnclosedModels, ASessionWithoutModelsNeedsNoPlaceForThem) {
  write({{"session", {DType::kU8, {2}, "{}"}}});
  EXPECT_TRUE(take_out_models(file, {}).empty());
}

TEST_F(EnclosedModels, NamesThatLeadElsewhereAreRefusedAndNothingIsLeftBehind) {
  for (const char* name : {"models/0/../../evil.json", "models/0/.bashrc", "models/0/a.sh",
                           "models/0/sub/a.json", "models/0/"}) {
    auto tensors = enclosed_model(model, 0);
    tensors[name] = {DType::kU8, {1}, "x"};
    write(tensors);
    EXPECT_THAT([&] { take_out_models(file, into); },
                ThrowsMessage<Error>(HasSubstr("none of a model")))
        << name;
    EXPECT_EQ(count(), 0) << name;
  }
}

TEST_F(EnclosedModels, WhatIsNoModelIsRefused) {
  write({{"models/0/config.json", {DType::kU8, {2}, "{}"}}});
  EXPECT_THROW(take_out_models(file, into), Error);
  EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace stepwise
