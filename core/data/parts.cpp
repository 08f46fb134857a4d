#include "data/parts.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>

#include "data/idx_file.h"
#include "error.h"

namespace stepwise {
namespace {

// Numbers of one type mean the same in both files.
bool alike(const DataFiles& files) {
  return !files.test_images.empty() &&
         IdxFile(files.train_images).type().code == IdxFile(files.test_images).type().code;
}

// The pictures with these numbers, and their labels.
IdxData picked(const IdxData& from, const std::vector<int>& numbers) {
  IdxData some;
  some.pictures = {
      {int(numbers.size()), from.pictures.height, from.pictures.width, from.pictures.channels, {}},
      {}};
  std::vector<std::uint8_t> pixels;
  pixels.reserve(numbers.size() * from.pictures.picture_size());
  for (const int i : numbers) {
    const auto picture = from.pictures.picture(i);
    pixels.insert(pixels.end(), picture.begin(), picture.end());
    some.labels.push_back(from.labels[std::size_t(i)]);
  }
  some.pictures.pixels = std::move(pixels);
  return some;
}

// Makes a test set of training pictures. What is left of these is copied.
void hold_back(DataParts& parts, const DataFiles& files) {
  constexpr std::size_t kLargestCopy = std::size_t{1} << 31;
  const int count = parts.train.pictures.count;
  require(count >= 2, "'", files.folder.string(),
          "' holds one picture and no test set; at least 2 pictures are needed.");
  require(parts.train.pictures.pixels.size() <= kLargestCopy, "'", files.folder.string(),
          "' holds too many pictures to take a test set out of them. Put one beside them.");
  const std::vector<int> held = held_back(count);
  std::vector<int> all(std::size_t(count), 0), left;
  std::iota(all.begin(), all.end(), 0);
  std::ranges::set_difference(all, held, std::back_inserter(left));
  parts.test = picked(parts.train, held);
  std::vector<std::string> notes = std::move(parts.train.notes);
  parts.train = picked(parts.train, left);
  parts.train.notes = std::move(notes);
  parts.train.notes.push_back(text_of("There is no test set in '", files.folder.string(),
                                      "': ", held.size(), " of the ", count,
                                      " training pictures, always the same, take its place."));
}

}  // namespace

std::vector<int> held_back(int count) {
  constexpr int kOneOf = 7, kMost = 10000;
  const int held = std::clamp(count / kOneOf, 1, kMost);
  std::vector<int> order(std::size_t(count), 0);
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 random(7);
  for (int i = 0; i < held; ++i)
    std::swap(order[std::size_t(i)], order[std::size_t(i) + random() % std::uint64_t(count - i)]);
  order.resize(std::size_t(held));
  std::ranges::sort(order);
  return order;
}

void read_train(const DataFiles& files, DataParts& parts) {
  if (files.kind == DataKind::kCifar) {
    parts.train = read_cifar(files.cifar.train, files.cifar.labels);
    return;
  }
  parts.brightness = alike(files) ? brightness_of({files.train_images, files.test_images})
                                  : brightness_of({files.train_images});
  parts.train = read_idx(files.train_images, files.train_labels, parts.brightness);
}

void read_test(const DataFiles& files, DataParts& parts) {
  if (files.kind == DataKind::kCifar && !files.cifar.test.empty()) {
    parts.test = read_cifar({files.cifar.test}, files.cifar.labels);
    return;
  }
  if (files.test_images.empty()) return hold_back(parts, files);
  parts.test = read_idx(files.test_images, files.test_labels,
                        alike(files) ? parts.brightness : brightness_of({files.test_images}));
}

}  // namespace stepwise
