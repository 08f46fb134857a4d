// A small data set as files, for the program to train on: bars, lying (class 0) or standing
// (class 1).
#pragma once

#include "data/idx_files.h"

namespace stepwise {

// The four files of MNIST in a new folder. `phase`: other pictures for another one.
inline void write_bars(const std::filesystem::path& folder, int side = 8, int phase = 0) {
  std::vector<int> labels;
  std::string pixels;
  for (int i = 0; i < 32; ++i) {
    labels.push_back(i % 2);
    const int position = (i / 2 + phase) % (side - 1);
    for (int y = 0; y < side; ++y)
      for (int x = 0; x < side; ++x) {
        const int across = i % 2 == 0 ? y : x;
        pixels += char(across == position || across == position + 1 ? 230 : 10);
      }
  }
  put_data(folder, side, labels, pixels);
}

}  // namespace stepwise
