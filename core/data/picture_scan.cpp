#include "data/picture_scan.h"

#include <chrono>

#include "error.h"
#include "first_of.h"
#include "image/fit.h"
#include "image/output.h"
#include "image/picture_file.h"
#include "settings/source.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kUsualSize = 32;
constexpr std::size_t kFilesTold = 5;  // Names in a note.

bool is_grey(const ByteImage& rgba) {
  for (std::size_t i = 0; i < rgba.pixels.size(); i += 4)
    if (rgba.pixels[i] != rgba.pixels[i + 1] || rgba.pixels[i] != rgba.pixels[i + 2]) return false;
  return true;
}

}  // namespace

PictureScan::PictureScan(const fs::path& root, PictureList list, int size, const fs::path& cache)
    : root_(root), list_(std::move(list)), size_(size), cache_(cache) {}

bool PictureScan::step() {
  constexpr std::chrono::milliseconds kWhile{20};
  const auto end = std::chrono::steady_clock::now() + kWhile;
  while (next_ < list_.pictures.size() && std::chrono::steady_clock::now() < end) take_next();
  if (next_ < list_.pictures.size()) return true;
  finish();
  return false;
}

void PictureScan::take_next() {
  const ListedPicture& listed = list_.pictures[next_];
  const std::optional<ByteImage> picture = read(listed.path);
  if (!picture) {
    left_out_.push_back("'" + listed.path + "'");
  } else if (const Shape shape = shape_with(*picture); shape != shape_) {
    return begin_again(shape);
  } else {
    const PictureFit fit{.background = usual_background(shape.channels)};
    const Image small = fitted(*picture, shape.height, shape.width, shape.channels, fit);
    writer_->add(to_bytes(small).pixels, listed.label, listed.test);
    resized_ |= picture->height != shape.height || picture->width != shape.width;
  }
  ++next_;
}

// Nothing where there is no whole picture.
std::optional<ByteImage> PictureScan::read(const std::string& path) {
  std::string trouble;
  try {
    PictureFile file = open_picture(root_ / path);
    if (file.note.empty()) return std::move(file.pixels);
    trouble = text_of("'", path, "': ", file.note);
  } catch (const Error& e) {
    trouble = e.what();
  }
  if (left_out_.empty()) why_ = trouble;
  return std::nullopt;
}

PictureScan::Shape PictureScan::shape_with(const ByteImage& picture) const {
  Shape shape{picture.height, picture.width, shape_.channels};
  const bool is_first = shape_.height == 0;
  const bool is_alike = shape.height == shape_.height && shape.width == shape_.width;
  if (size_ > 0)
    shape.height = shape.width = size_;
  else if ((!is_first && !is_alike) || !kResizedSide.holds(shape.height) ||
           !kResizedSide.holds(shape.width))
    shape.height = shape.width = kUsualSize;
  if (!is_grey(picture)) shape.channels = 3;
  return shape;
}

void PictureScan::begin_again(const Shape& shape) {
  shape_ = shape;
  next_ = 0;
  resized_ = false;
  left_out_.clear();
  writer_.reset();
  check_space(cache_, std::uint64_t(shape.height) * std::uint64_t(shape.width) *
                          std::uint64_t(shape.channels) * list_.pictures.size());
  writer_.emplace(cache_, shape.height, shape.width, shape.channels);
}

std::string PictureScan::what_was_left_out() const {
  return text_of(left_out_.size(), left_out_.size() == 1 ? " file in '" : " files in '",
                 root_.string(), "' cannot be read as ",
                 left_out_.size() == 1 ? "a picture and was" : "pictures and were",
                 " left out: ", first_of(left_out_, kFilesTold), ". ",
                 left_out_.size() == 1 ? "" : "The first: ", why_);
}

void PictureScan::finish() {
  std::vector<std::string> notes = list_.notes;
  if (!left_out_.empty()) notes.push_back(what_was_left_out());
  for (const bool test : {false, true})
    require(writer_ && writer_->count(test) > 0, "No picture to ", test ? "test with" : "train on",
            " is left in '", root_.string(), "'. ", joined(notes, {}, " "));
  if (resized_)
    notes.push_back(text_of("The pictures in '", root_.string(), "' were brought to ", shape_.width,
                            " x ", shape_.height,
                            " pixels. --size (in the window: Size) asks for another size."));
  writer_->finish(list_.stamp, list_.class_names, std::move(notes));
}

}  // namespace stepwise
