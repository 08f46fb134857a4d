#include "data/fonts.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <tuple>

#include "error.h"

namespace stepwise {
namespace {

template <class T, void (*destroy)(T*)>
struct Destroy {
  void operator()(T* object) const { destroy(object); }
};
using Pattern = std::unique_ptr<FcPattern, Destroy<FcPattern, FcPatternDestroy>>;
using Characters = std::unique_ptr<FcCharSet, Destroy<FcCharSet, FcCharSetDestroy>>;
using Properties = std::unique_ptr<FcObjectSet, Destroy<FcObjectSet, FcObjectSetDestroy>>;
using FoundFonts = std::unique_ptr<FcFontSet, Destroy<FcFontSet, FcFontSetDestroy>>;

std::string text_in(const FcPattern* font, const char* property) {
  FcChar8* text = nullptr;
  const bool is_there = FcPatternGetString(font, property, 0, &text) == FcResultMatch;
  return is_there ? reinterpret_cast<const char*>(text) : "";
}

// What is not said is not so.
bool is(const FcPattern* font, const char* property) {
  FcBool value = FcFalse;
  return FcPatternGetBool(font, property, 0, &value) == FcResultMatch && value == FcTrue;
}

FoundFonts outlines_with(const std::string& characters) {
  const Characters wanted(FcCharSetCreate());
  for (const char c : characters) FcCharSetAddChar(wanted.get(), FcChar32(c));
  const Pattern pattern(FcPatternCreate());
  FcPatternAddBool(pattern.get(), FC_OUTLINE, FcTrue);
  FcPatternAddCharSet(pattern.get(), FC_CHARSET, wanted.get());
  const Properties told(FcObjectSetBuild(FC_FAMILY, FC_STYLE, FC_FILE, FC_INDEX, FC_SYMBOL,
                                         FC_COLOR, FC_VARIABLE, nullptr));
  return FoundFonts(FcFontList(nullptr, pattern.get(), told.get()));
}

// Of a font whose weight and the like can be set, only those that have a name are taken.
bool is_wanted(const FcPattern* font) {
  return !is(font, FC_SYMBOL) && !is(font, FC_COLOR) && !is(font, FC_VARIABLE);
}

// In 64ths of a pixel.
FT_BBox bounds_of(const FT_Outline& outline) {
  FT_BBox bounds{};
  FT_Outline_Get_CBox(&outline, &bounds);
  return bounds;
}

constexpr FT_UInt kDrawnAt = 64;  // Pixels of an em, before the outlines are brought to size.

// The outline of a character; false where there is nothing to draw.
bool load(FT_Face face, char character) {
  return FT_Load_Char(face, FT_ULong(character), FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP) == 0 &&
         face->glyph->format == FT_GLYPH_FORMAT_OUTLINE && face->glyph->outline.n_points > 0;
}

// What brings all of the characters to size (16.16); 0 where one is blank.
FT_Fixed scale_for(FT_Face face, const std::string& characters, int size) {
  FT_Pos widest = 0, highest = 0;
  for (const char c : characters) {
    if (!load(face, c)) return 0;
    const FT_BBox bounds = bounds_of(face->glyph->outline);
    if (bounds.xMax <= bounds.xMin || bounds.yMax <= bounds.yMin) return 0;
    widest = std::max(widest, bounds.xMax - bounds.xMin);
    highest = std::max(highest, bounds.yMax - bounds.yMin);
  }
  const FT_Pos width = 64 * (size - 2), height = 64 * (size * 5 / 7);
  return std::min(FT_DivFix(width, widest), FT_DivFix(height, highest));
}

}  // namespace

std::vector<Font> fonts_with(const std::string& characters) {
  const FoundFonts found = outlines_with(characters);
  std::vector<Font> fonts;
  for (int i = 0; found && i < found->nfont; ++i) {
    const FcPattern* font = found->fonts[i];
    int index = 0;
    FcPatternGetInteger(font, FC_INDEX, 0, &index);
    if (is_wanted(font))
      fonts.push_back(
          {text_in(font, FC_FAMILY), text_in(font, FC_STYLE), text_in(font, FC_FILE), index});
  }
  const auto name = [](const Font& f) { return std::tie(f.family, f.style); };
  std::ranges::sort(fonts, {}, [](const Font& f) {
    return std::tie(f.family, f.style, f.file.native(), f.index);
  });
  fonts.erase(std::ranges::unique(fonts, {}, name).begin(), fonts.end());
  return fonts;
}

struct GlyphPainter::Library {
  FT_Library handle = nullptr;
  ~Library() { FT_Done_FreeType(handle); }
};

GlyphPainter::GlyphPainter() : library_(std::make_unique<Library>()) {
  require(FT_Init_FreeType(&library_->handle) == 0, "FreeType cannot be started to draw letters.");
}

GlyphPainter::~GlyphPainter() = default;

std::optional<std::vector<std::vector<std::uint8_t>>> GlyphPainter::draw(
    const Font& font, const std::string& characters, int size) {
  FT_Face opened = nullptr;
  if (FT_New_Face(library_->handle, font.file.c_str(), font.index, &opened) != 0) return {};
  const std::unique_ptr<FT_FaceRec, FT_Error (*)(FT_Face)> face(opened, FT_Done_Face);
  if (FT_Set_Pixel_Sizes(opened, 0, kDrawnAt) != 0) return {};
  const FT_Fixed scale = scale_for(opened, characters, size);
  if (scale == 0) return {};
  std::vector<std::vector<std::uint8_t>> pictures;
  for (const char c : characters) {
    if (!load(opened, c)) return {};
    FT_Outline& outline = opened->glyph->outline;
    const FT_Matrix matrix{scale, 0, 0, scale};
    FT_Outline_Transform(&outline, &matrix);
    const FT_BBox bounds = bounds_of(outline);
    FT_Outline_Translate(&outline, 32 * size - (bounds.xMin + bounds.xMax) / 2,
                         32 * size - (bounds.yMin + bounds.yMax) / 2);
    auto& picture = pictures.emplace_back(std::size_t(size) * std::size_t(size), std::uint8_t{0});
    FT_Bitmap bitmap{};
    bitmap.rows = bitmap.width = unsigned(size);
    bitmap.pitch = size;
    bitmap.buffer = picture.data();
    bitmap.num_grays = 256;
    bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
    if (FT_Outline_Get_Bitmap(library_->handle, &outline, &bitmap) != 0) return {};
  }
  return pictures;
}

}  // namespace stepwise
