// A small data set to train on in tests: 8 x 8 pictures of bars, lying (class 0) or standing (class
// 1).
#pragma once

#include "data/dataset.h"
#include "settings/recipe.h"

namespace stepwise {

inline Pictures toy_pictures(int count, int shift) {
  Pictures pictures;
  pictures.count = count;
  pictures.height = pictures.width = 8;
  std::vector<std::uint8_t> pixels;
  for (int i = 0; i < count; ++i) {
    const int label = i % 2, position = (i / 2 + shift) % 7;
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x) {
        const int across = label == 0 ? y : x;
        pixels.push_back(across == position || across == position + 1 ? 230 : 10);
      }
    pictures.labels.push_back(std::uint8_t(label));
  }
  pictures.pixels = std::move(pixels);
  return pictures;
}

// The same with one pixel changed.
inline SharedBytes changed(const SharedBytes& pixels) {
  std::vector<std::uint8_t> bytes = pixels.copy();
  bytes[0] ^= 1;
  return bytes;
}

inline Dataset toy_data() {
  Dataset data;
  data.name = "bars";
  data.class_names = {"lying", "standing"};
  data.train = toy_pictures(60, 0);
  data.test = toy_pictures(20, 3);
  return data;
}

inline Recipe toy_recipe(std::int64_t steps) {
  Recipe recipe;
  recipe.name = "toy";
  recipe.budget = {0, steps};
  recipe.channels = {8, 16};
  recipe.batch = 16;
  return recipe;
}

}  // namespace stepwise
