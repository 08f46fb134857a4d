// Hostile files of pictures: data sets in the IDX format, packed or not.
#include <gtest/gtest.h>

#include "corpus.h"
#include "data/dataset.h"
#include "data/idx.h"
#include "data/idx_files.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

constexpr std::uint32_t kMost = 0xffffffff;

// A header with this magic number and these dimensions, and so many bytes of data.
std::string idx(std::uint32_t magic, const std::vector<std::uint32_t>& dimensions,
                std::size_t data = 0) {
  return idx_header(magic, dimensions) + std::string(data, '\1');
}

Files hostile_idx() {
  const std::string good = idx(0x803, {3, 2, 3}, 18), packed = gzipped(good);
  std::string damaged = packed;
  damaged[damaged.size() - 6] = char(damaged[damaged.size() - 6] + 1);
  return {
      hostile("nothing", "", "empty"),
      hostile("half a header", good.substr(0, 10), "ends within its header"),
      hostile("half the data", good.substr(0, 25), "cut short"),
      hostile("more data", good + "more", "goes on after"),
      hostile("bytes of labels", idx(0x801, {3}, 3), "as labels are"),
      hostile("fewer floats than promised", idx(0xd03, {3, 2, 3}, 18), "72 bytes"),
      hostile("sides of all ones", idx(0x803, {kMost, kMost, kMost}), "4294967295"),
      hostile("a product that overflows", idx(0x803, {3, 0x80000000, 0x80000000}), "2147483648"),
      hostile("the largest sides", idx(0x803, {3, 1024, 1024}), "cut short"),
      hostile("no pictures", idx(0x803, {0, 2, 3}), "0 pictures"),
      hostile("no pixels", idx(0x803, {3, 0, 3}), "3 x 0"),
      hostile("pictures without labels", idx(0x803, {4, 2, 3}, 24), "4 pictures"),
      hostile("gzip without a stream", packed.substr(0, 10), "cut short"),
      hostile("gzip cut short", packed.substr(0, packed.size() - 9), "cut short"),
      hostile("gzip with a wrong checksum", damaged, "damaged"),
      hostile("gzip of noise", packed.substr(0, 10) + std::string(1000, '\xff'), "damaged"),
      hostile("a bomb behind good data", gzipped(good + std::string(200'000'000, '\0')),
              "goes on after"),
      hostile("a bomb before any data", gzipped(std::string(200'000'000, '\0')), "as an IDX file"),
      hostile("a bomb in a bomb", gzipped(gzipped(std::string(200'000'000, '\0'))),
              "as an IDX file"),
  };
}

TEST(HostileData, Pictures) {
  const TemporaryFolder folder;
  put(folder / "labels", idx_labels({1, 2, 3}));
  expect_refusals(no_files() + hostile_idx(), folder / "images",
                  [&] { read_idx(folder / "images", folder / "labels"); });
}

TEST(HostileData, Labels) {
  const TemporaryFolder folder;
  put(folder / "images", idx_images(3));
  expect_refusals(no_files() +
                      Files{
                          hostile("nothing", "", "empty"),
                          hostile("a gigantic number", idx(0x801, {kMost}), "4294967295 labels"),
                          hostile("too few", idx(0x801, {2}, 2), "2 labels"),
                          hostile("cut short", idx(0x801, {3}, 2), "cut short"),
                          hostile("a bomb", gzipped(idx(0x801, {3}, 100'000'000)), "goes on after"),
                      },
                  folder / "labels", [&] { read_idx(folder / "images", folder / "labels"); });
}

TEST(HostileData, ClassNames) {
  const TemporaryFolder folder;
  for (const std::string part : {"train", "t10k"}) {
    put(folder / (part + "-images-idx3-ubyte"), idx_images(3));
    put(folder / (part + "-labels-idx1-ubyte"), idx_labels({0, 1, 0}));
  }
  expect_refusals(no_files() +
                      Files{
                          hostile("nothing", "", "names no class"),
                          hostile("lines of nothing", "\n \n\t\n", "names no class"),
                          hostile("a hundred thousand lines", std::string(100'000, '\n'),
                                  "expected of such a file"),
                      },
                  folder / "classes.txt", [&] { open_dataset(folder.path().string()); });
}

}  // namespace
}  // namespace stepwise
