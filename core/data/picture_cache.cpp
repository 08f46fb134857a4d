#include "data/picture_cache.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <cstring>

#include "data/identity.h"
#include "error.h"
#include "image/file.h"
#include "settings/data_home.h"
#include "settings/json.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::size_t kMostCompared = 512;  // Blocks.
constexpr std::uint64_t kLargestHead = std::uint64_t{1} << 28;
constexpr std::array<char, 8> kMark = {'s', 't', 'e', 'p', 'p', 'i', 'c', '1'};

struct Tail {
  std::uint64_t head_size;
  std::uint64_t head_check;
  std::array<char, 8> mark;
};
static_assert(sizeof(Tail) == 24);  // No gaps; little-endian, as sha256.cpp holds.

std::int64_t check_of(std::string_view bytes) {
  return std::int64_t(::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::uint64_t picture_size(const CacheHead& h) {
  return std::uint64_t(h.height) * std::uint64_t(h.width) * std::uint64_t(h.channels);
}

// Bytes before the head.
std::uint64_t content_size(const CacheHead& h) {
  return (picture_size(h) + 1) * (std::uint64_t(h.train) + std::uint64_t(h.test));
}

std::string bytes_of(const InputFile& file, std::uint64_t from, std::uint64_t size) {
  std::string bytes(std::size_t(size), '\0');
  file.read(from, bytes);
  return bytes;
}

// What is read here may be damaged: each require says no more than that.
constexpr const char* kDamaged = "The cache is damaged.";

CacheHead head_in(const InputFile& file) {
  require(file.size() >= sizeof(Tail), kDamaged);
  Tail tail;
  const std::uint64_t end = file.size() - sizeof tail;
  file.read(end, {reinterpret_cast<char*>(&tail), sizeof tail});
  require(tail.mark == kMark && tail.head_size <= std::min(end, kLargestHead), kDamaged);
  const std::string text = bytes_of(file, end - tail.head_size, tail.head_size);
  require(std::uint64_t(check_of(text)) == tail.head_check, kDamaged);
  const auto head = read_object<CacheHead>(text, file.name());
  for (const int side : {head.height, head.width}) kPictureSide.check("A side", side);
  require(head.train > 0 && head.test > 0 && (head.channels == 1 || head.channels == 3) &&
              content_size(head) == end - tail.head_size &&
              head.checks.size() == (content_size(head) + kBlock - 1) / kBlock,
          kDamaged);
  return head;
}

void compare_blocks(const InputFile& file, const CacheHead& head) {
  const std::size_t stride = (head.checks.size() + kMostCompared - 1) / kMostCompared;
  for (std::size_t i = 0; i < head.checks.size(); i += stride) {
    const std::uint64_t from = i * kBlock;
    const auto block =
        bytes_of(file, from, std::min<std::uint64_t>(kBlock, content_size(head) - from));
    require(check_of(block) == head.checks[i], kDamaged);
  }
}

Pictures part_of(const CacheHead& head, int count, const SharedBytes& all, std::uint64_t pixels,
                 std::uint64_t labels) {
  Pictures part{{count, head.height, head.width, head.channels,
                 all.part(pixels, std::size_t(count) * picture_size(head))},
                all.part(labels, std::size_t(count)).copy()};
  for (const std::uint8_t label : part.labels) require(label < head.class_names.size(), kDamaged);
  return part;
}

void read(const fs::path& path, const std::string& stamp, Dataset& data) {
  const InputFile file(path);
  CacheHead head = head_in(file);
  require(head.stamp == stamp, "The cache is of other files.");
  compare_blocks(file, head);
  const auto all = SharedBytes::mapped(path, 0, content_size(head));
  const std::uint64_t train = std::uint64_t(head.train), test = std::uint64_t(head.test);
  const std::uint64_t pixels = picture_size(head) * (train + test);
  Pictures train_part = part_of(head, head.train, all, 0, pixels);
  data.test = part_of(head, head.test, all, picture_size(head) * train, pixels + train);
  data.train = std::move(train_part);
  data.class_names = std::move(head.class_names);
  data.identity = std::move(head.identity);
  data.notes.insert(data.notes.end(), head.notes.begin(), head.notes.end());
}

}  // namespace

fs::path picture_cache(const fs::path& folder, int size) {
  require(!cache_home().empty(),
          "Neither HOME nor XDG_CACHE_HOME is set, so there is no place for the "
          "pictures of a data set. Set one of them.");
  const fs::path home = cache_home() / "stepwise", whole = fs::absolute(folder).lexically_normal();
  std::error_code error;
  fs::create_directories(home, error);
  require(!error, "Cannot make the folder '", home.string(), "': ", error.message(),
          ". Set XDG_CACHE_HOME to one that takes files.");
  return home / (sha256(text_of(whole.string(), '\0', size)).substr(0, 32) + ".pictures");
}

bool read_cache(const fs::path& file, const std::string& stamp, Dataset& data) {
  try {
    read(file, stamp, data);
    return true;
  } catch (const Error&) {  // It is made anew.
    return false;
  }
}

CacheWriter::CacheWriter(const fs::path& file, int height, int width, int channels) : file_(file) {
  head_.height = height;
  head_.width = width;
  head_.channels = channels;
}

void CacheWriter::add(std::span<const std::uint8_t> pixels, int label, bool test) {
  assert(pixels.size() == picture_size(head_) && (test || count(true) == 0));
  append(pixels);
  Part& part = parts_[test];
  part.pixels.add({reinterpret_cast<const char*>(pixels.data()), pixels.size()});
  part.labels.push_back(std::uint8_t(label));
}

void CacheWriter::append(std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const auto some = bytes.first(std::min(bytes.size(), kBlock - block_.size()));
    block_.append(some.begin(), some.end());
    if (block_.size() == kBlock) end_block();
    bytes = bytes.subspan(some.size());
  }
}

void CacheWriter::end_block() {
  if (block_.empty()) return;
  head_.checks.push_back(check_of(block_));
  file_.append(block_);
  block_.clear();
}

void CacheWriter::finish(const std::string& stamp, std::vector<std::string> class_names,
                         std::vector<std::string> notes) {
  const auto identity = [this](Part& part) {
    const std::string_view labels(reinterpret_cast<const char*>(part.labels.data()),
                                  part.labels.size());
    return PartIdentity{int(part.labels.size()), head_.height,   head_.width,
                        head_.channels,          sha256(labels), part.pixels.digest()};
  };
  for (const Part& part : parts_) append(part.labels);
  end_block();
  head_.stamp = stamp;
  head_.identity = identity_of(identity(parts_[0]), identity(parts_[1]));
  head_.train = count(false);
  head_.test = count(true);
  head_.class_names = std::move(class_names);
  head_.notes = std::move(notes);
  const std::string text = text_of_json(value_of(head_));
  const Tail tail{text.size(), std::uint64_t(check_of(text)), kMark};
  file_.append(text);
  file_.write({reinterpret_cast<const char*>(&tail), sizeof tail});
  file_.move();
}

}  // namespace stepwise
