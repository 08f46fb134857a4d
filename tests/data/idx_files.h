// IDX files as the tests want them, also broken ones.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace stepwise {

// The magic number and the dimensions, big-endian.
inline std::string idx_header(std::uint32_t magic, const std::vector<std::uint32_t>& dimensions) {
  std::string bytes;
  const auto append = [&](std::uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += char(n >> shift & 255);
  };
  append(magic);
  for (std::uint32_t d : dimensions) append(d);
  return bytes;
}

// `count` pictures of 2 x 3 pixels, whose pixels count upwards.
inline std::string idx_images(std::uint32_t count) {
  std::string bytes = idx_header(0x803, {count, 2, 3});
  for (std::uint32_t i = 0; i < count * 6; ++i) bytes += char(i);
  return bytes;
}

inline std::string idx_labels(const std::vector<int>& labels) {
  std::string bytes = idx_header(0x801, {std::uint32_t(labels.size())});
  for (int label : labels) bytes += char(label);
  return bytes;
}

// A number as IDX files have it, most significant byte first.
template <class T>
std::string big_endian(T number) {
  const auto* first = reinterpret_cast<const char*>(&number);
  std::string bytes(first, first + sizeof number);
  return {bytes.rbegin(), bytes.rend()};
}

// A whole file of numbers of this IDX type (0x0d: floats).
template <class T>
std::string idx_of(std::uint32_t type, const std::vector<std::uint32_t>& dimensions,
                   const std::vector<T>& numbers) {
  std::string bytes = idx_header(type << 8 | std::uint32_t(dimensions.size()), dimensions);
  for (const T number : numbers) bytes += big_endian(number);
  return bytes;
}

// Without waiting for the disk, unlike write_file: the tests write hundreds.
inline void put(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Square pictures, one after the other, as the four files of MNIST: the same to train and to test.
inline void put_data(const std::filesystem::path& folder, int side, const std::vector<int>& labels,
                     const std::string& pixels) {
  std::filesystem::create_directories(folder);
  const auto count = std::uint32_t(labels.size()), across = std::uint32_t(side);
  for (const std::string part : {"train", "t10k"}) {
    put(folder / (part + "-images-idx3-ubyte"),
        idx_header(0x803, {count, across, across}) + pixels);
    put(folder / (part + "-labels-idx1-ubyte"), idx_labels(labels));
  }
}

// The four files of a small data set, which differ from folder to folder only in what a test wants:
// three training pictures, two test pictures.
struct SmallData {
  explicit SmallData(const std::filesystem::path& folder, const std::string& prefix = "")
      : path(folder) {
    std::filesystem::create_directories(folder);
    write(prefix + "train-images-idx3-ubyte", idx_images(3));
    write(prefix + "train-labels-idx1-ubyte", idx_labels({0, 1, 2}));
    write(prefix + "t10k-images-idx3-ubyte", idx_images(2));
    write(prefix + "t10k-labels-idx1-ubyte", idx_labels({1, 0}));
  }
  void write(const std::string& name, const std::string& bytes) const { put(path / name, bytes); }
  void remove(const std::string& name) const { std::filesystem::remove(path / name); }

  std::filesystem::path path;
};

inline std::string gzipped(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = uInt(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace stepwise
