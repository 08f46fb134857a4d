#include "image/shared_bytes.h"

#include <gtest/gtest.h>

#include <fstream>

#include "../temporary_folder.h"
#include "error.h"

namespace stepwise {
namespace {

std::vector<std::uint8_t> counted(std::size_t count) {
  std::vector<std::uint8_t> bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = std::uint8_t(i * i / 7);
  return bytes;
}

std::filesystem::path file_of(const std::vector<std::uint8_t>& bytes,
                              const TemporaryFolder& folder) {
  std::ofstream(folder / "bytes", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
  return folder / "bytes";
}

TEST(SharedBytes, MappedFromAnywhereAreThoseOfTheFile) {
  const TemporaryFolder folder;
  const std::vector<std::uint8_t> all = counted(20000);
  const auto file = file_of(all, folder);
  for (const std::size_t from : {0, 1, 4095, 4096, 4097, 19999, 20000}) {
    const std::size_t size = std::min<std::size_t>(all.size() - from, 5000);
    const auto begin = all.begin() + std::ptrdiff_t(from);
    EXPECT_EQ(SharedBytes::mapped(file, from, size),
              std::vector(begin, begin + std::ptrdiff_t(size)))
        << from;
  }
}

TEST(SharedBytes, BeyondTheEndOfAFileAreRefused) {
  const TemporaryFolder folder;
  const auto file = file_of(counted(100), folder);
  EXPECT_THROW(SharedBytes::mapped(file, 50, 51), Error);
  EXPECT_THROW(SharedBytes::mapped(file, 101, 0), Error);
  EXPECT_THROW(SharedBytes::mapped(file, 1, ~std::uint64_t{0}), Error);
  EXPECT_THROW(SharedBytes::mapped(folder / "none", 0, 1), Error);
}

TEST(SharedBytes, StayAsLongAsSomebodyHasAPartOfThem) {
  const TemporaryFolder folder;
  SharedBytes part;
  {
    const SharedBytes all = SharedBytes::mapped(file_of(counted(10000), folder), 0, 10000);
    part = all.part(5000, 10);
  }
  std::filesystem::remove(folder / "bytes");
  const std::vector<std::uint8_t> expected = counted(10000);
  EXPECT_EQ(part, std::vector(expected.begin() + 5000, expected.begin() + 5010));
}

}  // namespace
}  // namespace stepwise
