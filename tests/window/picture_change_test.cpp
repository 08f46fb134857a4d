#include "gl/picture_change.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace stepwise::app {
namespace {

constexpr int kSide = 8;

// All of one value, but for one pixel.
Picture picture_with(int x, int y, float value, int channels = 1) {
  Image image(kSide, kSide, channels);
  std::ranges::fill(image.pixels, 0.25f);
  image.at(y, x, channels - 1) = value;
  return picture_of(image);
}
Picture plain() { return picture_with(0, 0, 0.25f); }

TEST(ChangedTexels, AreThoseThatDifferAndThoseBesideThem) {
  EXPECT_EQ(changed_texels({plain()}, {plain()}), Texels{});
  EXPECT_EQ(changed_texels({plain()}, {picture_with(3, 5, 1)}), (Texels{2, 4, 5, 7}));
  EXPECT_EQ(changed_texels({picture_with(1, 2, 1)}, {picture_with(3, 5, 1)}), (Texels{0, 1, 5, 7}));
}

TEST(ChangedTexels, AreThoseThatBecomePaintedEvenWhereTheirValueStays) {
  const Shown bare{picture_with(3, 5, 1)};
  Shown painted = bare;
  painted.minus = plain();
  painted.edited = true;
  EXPECT_EQ(changed_texels(bare, painted), (Texels{2, 4, 5, 7}));
  EXPECT_EQ(changed_texels(painted, bare), (Texels{2, 4, 5, 7}));
  EXPECT_EQ(changed_texels(painted, painted), Texels{});
}

TEST(ChangedTexels, OfADifferenceAreThoseOfWhatIsTakenAwayToo) {
  Shown then{plain(), plain()}, now{plain(), picture_with(6, 1, -1)};
  then.diverging = now.diverging = true;
  EXPECT_EQ(changed_texels(then, now), (Texels{5, 0, 8, 3}));
}

TEST(ChangedTexels, OfColorsAreThoseOfAnyChannelThatIsShown) {
  const Picture grey = picture_with(0, 0, 0.25f, 3);
  EXPECT_EQ(changed_texels({grey}, {picture_with(3, 5, 1, 3)}), (Texels{2, 4, 5, 7}));
  const Picture two = picture_with(0, 0, 0.25f, 2);
  EXPECT_EQ(changed_texels({two}, {picture_with(3, 5, 1, 2)}), Texels{});  // The first alone is.
}

TEST(ChangedTexels, CannotBeToldOfPicturesShownInDifferentWays) {
  const Shown then{plain()};
  Shown wider{picture_of(Image(kSide, kSide + 1, 1))}, brighter = then, ruled = then, blue = then;
  brighter.scale = 2;
  ruled.grid = true;
  blue.diverging = true;
  for (const Shown& now : {wider, brighter, ruled, blue, Shown{}})
    EXPECT_FALSE(changed_texels(then, now));
}

}  // namespace
}  // namespace stepwise::app
