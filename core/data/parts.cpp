#include "data/parts.h"

#include <algorithm>
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

// Takes the pictures with these numbers, which rise, out of `from`.
IdxData taken_out(IdxData& from, const std::vector<int>& numbers) {
  IdxData taken, left;
  taken.pictures = left.pictures = {
      {0, from.pictures.height, from.pictures.width, from.pictures.channels, {}}, {}};
  auto next = numbers.begin();
  for (int i = 0; i < from.pictures.count; ++i) {
    const bool take = next != numbers.end() && *next == i;
    if (take) ++next;
    IdxData& to = take ? taken : left;
    const auto pixels = from.pictures.picture(i);
    to.pictures.pixels.insert(to.pictures.pixels.end(), pixels.begin(), pixels.end());
    to.labels.push_back(from.labels[std::size_t(i)]);
    ++to.pictures.count;
  }
  left.notes = std::move(from.notes);
  from = std::move(left);
  return taken;
}

// Without a test set, one training picture in seven, as in MNIST, becomes one: always the same.
void hold_back(DataParts& parts, const DataFiles& files) {
  constexpr int kOneOf = 7, kMost = 10000;
  const int count = parts.train.pictures.count;
  require(count >= 2, "'", files.train_images.string(),
          "' holds one picture and there is no test set; at least 2 pictures are needed.");
  const int held = std::clamp(count / kOneOf, 1, kMost);
  std::vector<int> order(std::size_t(count), 0);
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 random(7);
  for (int i = 0; i < held; ++i)
    std::swap(order[std::size_t(i)], order[std::size_t(i) + random() % std::uint64_t(count - i)]);
  order.resize(std::size_t(held));
  std::ranges::sort(order);
  parts.test = taken_out(parts.train, order);
  parts.train.notes.push_back(text_of("There is no test set in '", files.folder.string(),
                                      "': ", held, " of the ", count,
                                      " training pictures, always the same, take its place."));
}

}  // namespace

void read_train(const DataFiles& files, DataParts& parts) {
  parts.brightness = alike(files) ? brightness_of({files.train_images, files.test_images})
                                  : brightness_of({files.train_images});
  parts.train = read_idx(files.train_images, files.train_labels, parts.brightness);
}

void read_test(const DataFiles& files, DataParts& parts) {
  if (files.test_images.empty()) return hold_back(parts, files);
  parts.test = read_idx(files.test_images, files.test_labels,
                        alike(files) ? parts.brightness : brightness_of({files.test_images}));
}

}  // namespace stepwise
