// Letters and digits as the fonts of this machine draw them: a data set that needs no download, and
// in which everything is known. Any thread, one at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "data/reader.h"

namespace stepwise {

struct GlyphKind {
  std::string characters;  // The classes: A to Z, or 0 to 9.
  bool color = false;
};

// What these names ask for: "glyphs", "glyphs-digits", and both with "-color".
std::optional<GlyphKind> glyphs_called(const std::string& name);

// One picture of each character and font, bright on black and 28 pixels high and wide, or in two
// colors of its own and 32, unless `source` asks for another size. One family of fonts in seven is
// the test set, so that a model is tested on letters that it has seen in no weight and no slant.
// The same fonts give the same pictures. A font that draws two of the characters alike, as those
// for bars and boxes do, is left out, and so is one that draws all of them as another one does.
std::unique_ptr<DataReader> glyph_reader(const GlyphKind& kind, const DataSource& source);

}  // namespace stepwise
