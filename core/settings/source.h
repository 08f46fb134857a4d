// How a data set is found and read: what people choose, as plain values. No torch here; any thread.
#pragma once

#include <string>

#include "fields.h"
#include "range.h"
#include "settings/corrections.h"

namespace stepwise {

inline constexpr Range<int> kPictureSide{1, 1024};  // Of pictures in a data set, in pixels.
// Of the squares that pictures in files of their own become.
inline constexpr Range<int> kResizedSide{16, 64};
inline constexpr Range<int> kShrink{1, 16};  // Along each side.
inline constexpr Range<double> kMoreShare{0.001, 0.9};

struct DataSource {
  std::string place = "fashion-mnist";  // A name, a folder, or a file of the data set.
  bool transpose = false;               // Rows of the files' pictures are columns, as in EMNIST.
  int height = 0, width = 0;  // Pictures are cut into so many rows anew; 0: as the files say.
  int size = 0;  // Pictures in files of their own, and glyphs, are this high and wide; 0: as suits.
  int shrink = 1;  // So many pixels along each side become one, their mean: see data/shape.h.
  // A folder of pictures that are learned from beside those, see data/more_pictures.h; empty: none.
  std::string more = {};
  double more_share = 0.2;  // So much of what is trained on is theirs.
  // What is set right of it before anybody sees it: see data/corrections.h. By hand: what people
  // have corrected so far, which stands here in its place once the data set is open.
  Corrections corrections = {};
  bool by_hand = false;

  bool operator==(const DataSource&) const = default;
};
STEPWISE_FIELDS(DataSource, place, transpose, height, width, size, shrink, more, more_share,
                corrections, by_hand)

DataSource uncorrected(DataSource source);  // The same files as they are.

void check(const DataSource& source);  // Throws Error naming the first field out of range.

}  // namespace stepwise
