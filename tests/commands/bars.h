// A small data set as files, for the program to train on: bars, lying (class 0) or standing
// (class 1).
#pragma once

#include "data/idx_files.h"

namespace stepwise {

// The four files of MNIST in a new folder. `phase`: other pictures for another one.
inline void write_bars(const std::filesystem::path& folder, int side = 8, int phase = 0) {
  std::filesystem::create_directories(folder);
  constexpr std::uint32_t kPictures = 32;
  for (const std::string part : {"train", "t10k"}) {
    std::string images = idx_header(0x803, {kPictures, unsigned(side), unsigned(side)});
    std::vector<int> labels;
    for (std::uint32_t i = 0; i < kPictures; ++i) {
      labels.push_back(int(i % 2));
      const int position = int(i / 2 + unsigned(phase)) % (side - 1);
      for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
          const int across = i % 2 == 0 ? y : x;
          images += char(across == position || across == position + 1 ? 230 : 10);
        }
    }
    put(folder / (part + "-images-idx3-ubyte"), images);
    put(folder / (part + "-labels-idx1-ubyte"), idx_labels(labels));
  }
}

}  // namespace stepwise
