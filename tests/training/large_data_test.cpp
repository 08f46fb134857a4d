// A data set that would not fit if it were read.
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "data/dataset.h"
#include "temporary_folder.h"
#include "toy_data.h"
#include "training/batches.h"
#include "training/network.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// A line of /proc/self/status, in bytes: VmRSS is all that is in memory, RssAnon what could not be
// read again from a file.
std::int64_t memory(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key + ":")) return 1024 * std::stoll(line.substr(key.size() + 1));
  return 0;
}

std::string header(std::uint32_t magic, std::initializer_list<std::uint32_t> dimensions) {
  std::string bytes;
  const auto append = [&](std::uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += char(n >> shift & 255);
  };
  append(magic);
  for (const std::uint32_t d : dimensions) append(d);
  return bytes;
}

// Grey pictures of 32 x 32 pixels: those of the first class are white, the others a hole in the
// file, and only every thousandth is of the first.
void write_pictures(const fs::path& folder, const std::string& part, std::uint32_t count) {
  constexpr std::uint32_t kSide = 32, kWhite = 1000;
  const std::string head = header(0x803, {count, kSide, kSide});
  const fs::path path = folder / (part + "-images-idx3-ubyte");
  std::ofstream images(path, std::ios::binary);
  images << head;
  std::string labels = header(0x801, {count}) + std::string(count, '\1');
  for (std::uint32_t i = 0; i < count; i += kWhite) {
    images.seekp(std::streamoff(head.size()) + std::streamoff(i) * kSide * kSide);
    images << std::string(kSide * kSide, '\xff');
    labels[8 + i] = '\0';
  }
  images.close();
  fs::resize_file(path, head.size() + std::uintmax_t(count) * kSide * kSide);
  std::ofstream(folder / (part + "-labels-idx1-ubyte"), std::ios::binary) << labels;
}

TEST(LargeData, OfAMillionPicturesIsTrainedOnInTheMemoryOfAFew) {
  constexpr std::int64_t kAll = std::int64_t{1'000'000} * 32 * 32;
  const TemporaryFolder folder;
  write_pictures(folder.path(), "train", 1'000'000);
  write_pictures(folder.path(), "t10k", 1000);
  const std::int64_t all_before = memory("VmRSS"), own_before = memory("RssAnon");

  const Dataset data = open_dataset(folder.path().string());
  ASSERT_EQ(data.train.count, 1'000'000);
  Recipe recipe = toy_recipe(1);
  recipe.class_dropout = 0;
  recipe.flip = false;
  Batches batches(recipe, data, regressor_of(recipe, torch::kCPU));
  std::int64_t white = 0;
  for (std::int64_t step = 0; step < 200; ++step) {
    const Batch batch = batches.of(step);
    const auto bright = batch.clean.flatten(1).mean(1).gt(0);
    EXPECT_TRUE(bright.equal(batch.labels.eq(0))) << step;
    white += bright.sum().item<std::int64_t>();
  }
  EXPECT_GT(white, 0);
  EXPECT_LT(memory("RssAnon") - own_before, kAll / 10);
  EXPECT_LT(memory("VmRSS") - all_before, kAll / 2);
}

}  // namespace
}  // namespace stepwise
