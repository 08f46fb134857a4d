#include "data/glyphs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <random>
#include <set>

#include "data/dataset.h"
#include "data/fonts.h"
#include "data/parts.h"
#include "error.h"

namespace stepwise {
namespace {

using Square = std::vector<std::uint8_t>;  // How much of each pixel is covered.
using Color = std::array<int, 3>;

constexpr const char* kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr const char* kDigits = "0123456789";

// All characters of one font.
struct DrawnFont {
  Font font;
  std::vector<Square> squares;
};

bool all_differ(const std::vector<Square>& squares) {
  return std::set(squares.begin(), squares.end()).size() == squares.size();
}

double luma(const Color& c) { return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]; }

// Two colors that can be told apart.
std::pair<Color, Color> colors(std::mt19937_64& random) {
  constexpr double kLeast = 96;  // Of 255.
  for (;;) {
    const std::uint64_t bits = random();
    const auto byte = [&](int i) { return int(bits >> 8 * i & 255); };
    const Color ground{byte(0), byte(1), byte(2)}, letter{byte(3), byte(4), byte(5)};
    if (std::abs(luma(ground) - luma(letter)) >= kLeast) return {ground, letter};
  }
}

Square colored(const Square& square, std::mt19937_64& random) {
  const auto [ground, letter] = colors(random);
  Square pixels;
  for (const int covered : square)
    for (std::size_t c = 0; c < ground.size(); ++c)
      pixels.push_back(
          std::uint8_t((ground[c] * (255 - covered) + letter[c] * covered + 127) / 255));
  return pixels;
}

// Which fonts are to test with: whole families or, where there is but one, some of its styles.
std::vector<bool> tested(const std::vector<DrawnFont>& fonts) {
  const bool one_family = std::ranges::all_of(
      fonts, [&](const DrawnFont& drawn) { return drawn.font.family == fonts[0].font.family; });
  const auto group_of = [&](const DrawnFont& drawn) {
    return one_family ? drawn.font.style : drawn.font.family;
  };
  std::set<std::string> groups;
  for (const DrawnFont& drawn : fonts) groups.insert(group_of(drawn));
  const std::vector<int> held = held_back(int(groups.size()));
  std::vector<bool> test;
  for (const DrawnFont& drawn : fonts) {
    const auto number = std::distance(groups.begin(), groups.find(group_of(drawn)));
    test.push_back(std::ranges::binary_search(held, int(number)));
  }
  return test;
}

class GlyphReader : public DataReader {
 public:
  GlyphReader(GlyphKind kind, int size) : kind_(std::move(kind)), size_(size) {}

  bool step(Dataset& data) override {
    if (!painter_) {
      painter_ = std::make_unique<GlyphPainter>();
      fonts_ = fonts_with(kind_.characters);
      return true;
    }
    constexpr std::chrono::milliseconds kWhile{20};
    const auto end = std::chrono::steady_clock::now() + kWhile;
    while (next_ < fonts_.size() && std::chrono::steady_clock::now() < end) draw(fonts_[next_++]);
    if (next_ < fonts_.size()) return true;
    finish(data);
    return false;
  }

  double fraction() const override {
    return fonts_.empty() ? 0 : double(next_) / double(fonts_.size());
  }

 private:
  void draw(const Font& font) {
    auto squares = painter_->draw(font, kind_.characters, size_);
    if (squares && all_differ(*squares) && known_.insert(*squares).second)
      drawn_.push_back({font, std::move(*squares)});
  }

  void finish(Dataset& data) {
    require(drawn_.size() >= 2, "Of the fonts that are installed ", drawn_.size(),
            drawn_.size() == 1 ? " has" : " have",
            " the characters of this data set; at least 2 are needed. Install some, such as the "
            "packages fonts-inter and fonts-dejavu.");
    for (const char c : kind_.characters) data.class_names.push_back(std::string(1, c));
    const std::vector<bool> test = tested(drawn_);
    std::mt19937_64 random(7);
    Square train_pixels, test_pixels;
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
      Square& pixels = test[i] ? test_pixels : train_pixels;
      Pictures& part = test[i] ? data.test : data.train;
      for (std::size_t k = 0; k < kind_.characters.size(); ++k) {
        const Square& square = drawn_[i].squares[k];
        const Square picture = kind_.color ? colored(square, random) : square;
        pixels.insert(pixels.end(), picture.begin(), picture.end());
        part.labels.push_back(std::uint8_t(k));
      }
    }
    complete(data.train, std::move(train_pixels));
    complete(data.test, std::move(test_pixels));
  }

  void complete(Pictures& part, Square pixels) const {
    part.count = int(part.labels.size());
    part.height = part.width = size_;
    part.channels = kind_.color ? 3 : 1;
    part.pixels = std::move(pixels);
  }

  GlyphKind kind_;
  int size_;
  std::unique_ptr<GlyphPainter> painter_;
  std::vector<Font> fonts_;
  std::size_t next_ = 0;  // Of them.
  std::set<std::vector<Square>> known_;
  std::vector<DrawnFont> drawn_;
};

}  // namespace

std::optional<GlyphKind> glyphs_called(const std::string& name) {
  for (const bool color : {false, true}) {
    const std::string ending = color ? "-color" : "";
    if (name == "glyphs" + ending) return GlyphKind{kLetters, color};
    if (name == "glyphs-digits" + ending) return GlyphKind{kDigits, color};
  }
  return {};
}

std::unique_ptr<DataReader> glyph_reader(const GlyphKind& kind, const DataSource& source) {
  require(!source.transpose && source.height == 0,
          "Glyphs are drawn upright and in their shape. Leave out --transpose and --reshape (in "
          "the window: Transposed), which are for IDX files.");
  return std::make_unique<GlyphReader>(kind, source.size > 0 ? source.size : kind.color ? 32 : 28);
}

}  // namespace stepwise
