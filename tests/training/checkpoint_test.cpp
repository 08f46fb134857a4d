// Folders of runs: what they know, and what is resumed from them.
#include "training/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include "image/file.h"
#include "model/folder.h"
#include "model/weights.h"
#include "safetensors_file.h"
#include "settings/json.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(RunFolder, IsNeverMadeOverAnotherOne) {
  const TemporaryFolder folder;
  make_run_folder(folder.path() / "a" / "b");
  EXPECT_NO_THROW(make_run_folder(folder.path() / "a" / "b"));
  write_file(folder.path() / "a" / "b" / "note.txt", "mine");
  EXPECT_THAT([&] { make_run_folder(folder.path() / "a" / "b"); },
              ThrowsMessage<Error>(HasSubstr("never overwritten")));
  EXPECT_THAT([&] { make_run_folder(folder.path() / "a" / "b" / "note.txt"); },
              ThrowsMessage<Error>(HasSubstr("note.txt")));
}

TEST(RunFolder, KnowsItsPicturesWhateverTheyAreCalledAndWhereverTheyLie) {
  const TemporaryFolder folder;
  Dataset data = toy_data();
  data.folder = "/some/where";
  Trainer(toy_recipe(3), data, torch::kCPU).save(folder.path());
  DataRecord record = read_model(folder.path()).info.data_set;
  EXPECT_EQ(value_of(record), value_of(record_of(data)));
  EXPECT_EQ(place_of(record), "/some/where");
  EXPECT_EQ(head_of(SafetensorsFile(run_file(folder.path()))).data, record);

  data.folder = "/else/where";
  data.name = "other";
  Trainer moved = Trainer::resume(folder.path(), data, torch::kCPU);
  moved.save(folder.path());
  EXPECT_EQ(place_of(read_model(folder.path()).info.data_set), "/else/where");

  Dataset other = data;
  other.train.pixels = changed(data.train.pixels);
  EXPECT_THAT([&] { Trainer::resume(folder.path(), other, torch::kCPU); },
              ThrowsMessage<Error>(HasSubstr("holds other pictures")));
}

TEST(RunFolder, WithAnOldIdentityIsResumedAndGetsTheNewOne) {
  const TemporaryFolder folder;
  Trainer(toy_recipe(3), toy_data(), torch::kCPU).save(folder.path());
  const auto write = [&](const std::string& identity) {
    Safetensors file = read_safetensors(folder / kTrainingFile);
    DataRecord record = record_of(toy_data());
    record.identity = identity;
    file.metadata["data_set"] = text_of_json(value_of(record));
    write_safetensors(folder / kTrainingFile, file);
  };
  write(record_of(toy_data()).old_identity);
  Trainer::resume(folder.path(), toy_data(), torch::kCPU).save(folder.path());
  EXPECT_EQ(head_of(SafetensorsFile(run_file(folder.path()))).data.identity,
            record_of(toy_data()).identity);
  write("0123456789abcdef");
  EXPECT_THAT([&] { Trainer::resume(folder.path(), toy_data(), torch::kCPU); },
              ThrowsMessage<Error>(HasSubstr("holds other pictures")));
}

TEST(RunFolder, KeepsWhatItsPicturesWereMeasuredAsAndWhatLookingTook) {
  const TemporaryFolder folder;
  Trainer run(toy_recipe(3), toy_data(), torch::kCPU);
  run.save(folder.path());
  EXPECT_FALSE(read_safetensors(folder / kTrainingFile).tensors.contains("history.measured"));
  run.step();
  run.evaluate_held_out();
  const MeasuredPoint point{1, run.seconds(), 200, 1.5f, 0.5f, 1.25f, 1.75f, 0.75f, 0.125f, 0.25f};
  run.keep_measured(point);
  run.save(folder.path());
  const Trainer again = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  EXPECT_EQ(again.history().measured, std::vector{point});
  EXPECT_GT(again.looked(), 0);
  EXPECT_EQ(again.looked(), run.looked());
}

TEST(RunFolder, OfARunWithManyHeldOutLossesGoesOnWithFewer) {
  const TemporaryFolder folder;
  Trainer(toy_recipe(3), toy_data(), torch::kCPU).save(folder.path());
  Safetensors file = read_safetensors(folder / kTrainingFile);
  const auto resume_with = [&](std::size_t losses) {
    file.tensors["history.held_out"] =
        stored(torch::zeros({std::int64_t(losses), 3}, torch::kDouble));
    write_safetensors(folder / kTrainingFile, file);
    return Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  };
  EXPECT_LT(resume_with(kMaxPoints).history().held_out.size(), kMaxPoints);
  Trainer full = resume_with(kMaxPoints - 1);
  ASSERT_EQ(full.history().held_out.size(), kMaxPoints - 1);
  full.evaluate_held_out();
  EXPECT_LT(full.history().held_out.size(), kMaxPoints - 1);
}

TEST(RunFolder, OfAnEarlierVersionIsResumedByWhatIsGiven) {
  const TemporaryFolder folder;
  Trainer run(toy_recipe(3), toy_data(), torch::kCPU);
  run.step();
  run.save(folder.path());
  Safetensors file = read_safetensors(folder / kTrainingFile);
  file.metadata.erase("data_set");
  StoredTensor& points = file.tensors["history.points"];  // Without the last column.
  points.shape = {1, 5};
  points.bytes.resize(5 * sizeof(double));
  write_safetensors(folder / kTrainingFile, file);
  EXPECT_EQ(head_of(SafetensorsFile(run_file(folder.path()))).data.name, "bars");
  Trainer resumed = Trainer::resume(folder.path(), toy_data(), torch::kCPU);
  ASSERT_EQ(resumed.history().curve.points.size(), 1u);
  EXPECT_EQ(resumed.history().curve.points[0].steps, 1);
}

TEST(RunFolder, WhatCannotBeResumedSaysWhy) {
  const TemporaryFolder folder;
  const auto resume = [&] { Trainer::resume(folder.path(), toy_data(), torch::kCPU); };
  EXPECT_THAT(resume, ThrowsMessage<Error>(HasSubstr("no run to resume")));
  Trainer(toy_recipe(1), toy_data(), torch::kCPU).save(folder.path());
  const auto path = folder.path() / kTrainingFile;
  Safetensors file = read_safetensors(path);
  const Safetensors whole = file;
  file.tensors.erase("averaged.conv_in.bias");
  write_safetensors(path, file);
  EXPECT_THAT(resume, ThrowsMessage<Error>(HasSubstr("lacks 'averaged.conv_in.bias'")));
  file = whole;
  StoredTensor& weight = file.tensors["weights.conv_in.weight"];
  weight.shape = {weight.numel()};
  write_safetensors(path, file);
  EXPECT_THAT(resume, ThrowsMessage<Error>(HasSubstr("weights.conv_in.weight")));
  file = whole;
  file.tensors["history.points"].shape = {0, 0};
  file.tensors["history.points"].bytes.clear();
  write_safetensors(path, file);
  EXPECT_THAT(resume, ThrowsMessage<Error>(HasSubstr("history.points")));
  file = whole;
  file.metadata["progress"] = "{}";
  write_safetensors(path, file);
  EXPECT_THAT(resume, ThrowsMessage<Error>(HasSubstr("progress")));
  write_file(path, encode_safetensors(whole).substr(0, 1000));
  EXPECT_THROW(resume(), Error);
}

}  // namespace
}  // namespace stepwise
