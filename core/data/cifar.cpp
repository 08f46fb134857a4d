#include "data/cifar.h"

#include <algorithm>
#include <span>
#include <string>

#include "error.h"
#include "first_of.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kSide = 32, kColours = 3, kBatches = 5;
constexpr std::size_t kPlane = kSide * kSide, kPicture = kColours * kPlane;
constexpr std::uint64_t kMostRecords = 1'000'000;  // Of a file; CIFAR's have at most 50,000.

std::string batch_name(int number) { return text_of("data_batch_", number, ".bin"); }

fs::path file_in(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  return fs::is_regular_file(folder / name, ignored) ? folder / name : fs::path();
}

bool holds_records(const fs::path& file, int labels) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  return !error && size > 0 && size % (std::uint64_t(labels) + kPicture) == 0;
}

std::optional<CifarFiles> hundred_classes_in(const fs::path& folder) {
  CifarFiles files{{file_in(folder, "train.bin")},
                   file_in(folder, "test.bin"),
                   file_in(folder, "fine_label_names.txt"),
                   2};
  if (!holds_records(files.train[0], files.labels)) return {};
  if (!holds_records(files.test, files.labels)) files.test.clear();
  return files;
}

// A portion of records, whose pictures go behind `pixels`.
void append_records(std::span<const char> records, int labels, std::vector<std::uint8_t>& pixels,
                    std::vector<int>& fine) {
  const std::size_t record = std::size_t(labels) + kPicture;
  for (; !records.empty(); records = records.subspan(record)) {
    fine.push_back(std::uint8_t(records[std::size_t(labels) - 1]));
    const auto planes = records.subspan(std::size_t(labels));
    for (std::size_t i = 0; i < kPicture; ++i)
      pixels.push_back(std::uint8_t(planes[i % kColours * kPlane + i / kColours]));
  }
}

void append_file(const fs::path& path, int labels, std::vector<std::uint8_t>& pixels,
                 std::vector<int>& fine) {
  constexpr std::uint64_t kPortion = 1000;
  const InputFile file(path);
  const std::uint64_t record = std::uint64_t(labels) + kPicture, count = file.size() / record;
  require(count > 0 && count <= kMostRecords && file.size() % record == 0, "Cannot read '",
          file.name(), "': it holds ", file.size(), " bytes, but CIFAR's files are 1 to ",
          kMostRecords, " records of ", record, " bytes. Download it once more.");
  std::string portion;
  for (std::uint64_t done = 0; done < count; done += kPortion) {
    portion.resize(std::min(kPortion, count - done) * record);
    file.read(done * record, portion);
    append_records(portion, labels, pixels, fine);
  }
}

}  // namespace

std::optional<CifarFiles> cifar_files_in(const fs::path& folder) {
  CifarFiles files{{}, file_in(folder, "test_batch.bin"), file_in(folder, "batches.meta.txt")};
  for (int i = 1; i <= kBatches; ++i)
    if (const fs::path file = file_in(folder, batch_name(i)); !file.empty())
      files.train.push_back(file);
  return files.train.empty() ? hundred_classes_in(folder) : files;
}

std::string missing_batches(const CifarFiles& files) {
  std::vector<std::string> missing;
  if (files.labels > 1) return "";
  const fs::path folder = files.train[0].parent_path();
  for (int i = 1; i <= kBatches; ++i)
    if (std::ranges::find(files.train, folder / batch_name(i)) == files.train.end())
      missing.push_back(batch_name(i));
  return joined(missing);
}

IdxData read_cifar(const std::vector<fs::path>& files, int labels) {
  IdxData data;
  std::vector<std::uint8_t> pixels;
  for (const fs::path& file : files) append_file(file, labels, pixels, data.labels);
  data.pictures = {{int(data.labels.size()), kSide, kSide, kColours, std::move(pixels)}, {}};
  return data;
}

}  // namespace stepwise
