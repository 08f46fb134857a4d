// The fonts of this machine (fontconfig), and their characters as pictures (FreeType). Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stepwise {

struct Font {
  std::string family, style;  // "DejaVu Sans", "Bold Oblique".
  std::filesystem::path file;
  int index = 0;  // Of the font in its file, as FreeType counts.
};

// Fonts of outlines that have all of these characters (ASCII), by name: one for each family and
// style. Fonts of symbols and colored pictures are left out.
std::vector<Font> fonts_with(const std::string& characters);

// One thread at a time.
class GlyphPainter {
 public:
  GlyphPainter();  // Throws Error if FreeType cannot be started.
  ~GlyphPainter();

  // How much of each pixel every one of the characters covers, 0 to 255, in squares of that size,
  // row by row. All are drawn on one scale, the highest some 5/7 of the square, each in the middle.
  // Nothing where the font cannot be read or one of them is blank.
  std::optional<std::vector<std::vector<std::uint8_t>>> draw(const Font& font,
                                                             const std::string& characters,
                                                             int size);

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace stepwise
