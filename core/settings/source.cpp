#include "settings/source.h"

#include "error.h"

namespace stepwise {

DataSource uncorrected(DataSource source) {
  source.corrections = {};
  source.by_hand = false;
  return source;
}

void check(const DataSource& source) {
  require(!source.place.empty(),
          "Name a data set: fashion-mnist, glyphs, or a folder of IDX files or pictures.");
  kMoreShare.check("The share of the pictures that are learned from beside the others",
                   source.more_share);
  check(source.corrections);
  kShrink.check("How many pixels become one along each side", source.shrink);
  if (source.size != 0) kResizedSide.check("The size of the pictures", source.size);
  if (source.height == 0 && source.width == 0) return;
  kPictureSide.check("The height of reshaped pictures", source.height);
  kPictureSide.check("The width of reshaped pictures", source.width);
}

}  // namespace stepwise
