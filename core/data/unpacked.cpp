#include "data/unpacked.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "error.h"
#include "image/file.h"

namespace stepwise {
namespace {

constexpr int kMaxLayers = 3;
constexpr std::size_t kBuffer = std::size_t{1} << 16;

using Read = std::function<std::size_t(std::span<char>)>;

Read bytes_of(std::shared_ptr<const InputFile> file) {
  return [file = std::move(file), at = std::uint64_t{0}](std::span<char> to) mutable {
    const auto taken = std::size_t(std::min<std::uint64_t>(to.size(), file->size() - at));
    file->read(at, to.first(taken));
    at += taken;
    return taken;
  };
}

// The bytes that were read already, and then the others.
Read put_back(std::string head, Read others) {
  return [head = std::move(head), others = std::move(others)](std::span<char> to) mutable {
    const std::size_t had = std::min(head.size(), to.size());
    std::copy_n(head.begin(), had, to.begin());
    head.erase(0, had);
    return had == to.size() ? had : had + others(to.subspan(had));
  };
}

// Takes one layer of gzip off what `packed` reads: members one behind the other, each compared with
// its own checksum.
class Inflater {
 public:
  Inflater(Read packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), buffer_(kBuffer) {
    constexpr int kGzipOnly = 15 + 16;
    require(::inflateInit2(&stream_, kGzipOnly) == Z_OK, "Cannot read '", name_,
            "': no memory is left to unpack it.");
  }
  ~Inflater() { ::inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::size_t read(std::span<char> to) {
    stream_.next_out = reinterpret_cast<Bytef*>(to.data());
    stream_.avail_out = uInt(to.size());
    while (stream_.avail_out > 0 && !ended_) inflate_more();
    return to.size() - stream_.avail_out;
  }

 private:
  void inflate_more() {
    require(fill(), "Cannot read '", name_, "': it is cut short, within its gzip stream.");
    const int result = ::inflate(&stream_, Z_NO_FLUSH);
    require(result == Z_OK || result == Z_STREAM_END, "Cannot read '", name_,
            "': its compressed data is damaged (", stream_.msg ? stream_.msg : "no reason given",
            ").");
    if (result != Z_STREAM_END) return;
    ended_ = !fill() || *stream_.next_in != 0x1f;  // Else another member begins.
    if (!ended_) ::inflateReset(&stream_);
  }

  // False where nothing is left.
  bool fill() {
    if (stream_.avail_in > 0) return true;
    stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_in = uInt(packed_(buffer_));
    return stream_.avail_in > 0;
  }

  Read packed_;
  std::string name_;
  std::vector<char> buffer_;
  z_stream stream_{};
  bool ended_ = false;
};

}  // namespace

UnpackedFile::UnpackedFile(const std::filesystem::path& path)
    : name_(path.string()), read_(bytes_of(std::make_shared<InputFile>(path))) {
  for (;; ++layers_) {
    std::string head(2, '\0');
    head.resize(read_(head));
    const bool packed = head == "\x1f\x8b";
    read_ = put_back(std::move(head), std::move(read_));
    if (!packed) return;
    require(layers_ < kMaxLayers, "Cannot read '", name_, "': it is packed with gzip more than ",
            kMaxLayers, " times. Unpack it with gunzip.");
    auto inflater = std::make_shared<Inflater>(std::move(read_), name_);
    read_ = [inflater](std::span<char> to) { return inflater->read(to); };
  }
}

std::string first_bytes(const std::filesystem::path& path, std::size_t count) {
  UnpackedFile file(path);
  std::string first(count, '\0');
  first.resize(file.read(first));
  return first;
}

}  // namespace stepwise
