#include "view/levels_seen.h"

#include <gtest/gtest.h>

namespace stepwise::app {
namespace {

TEST(LevelsSeen, APatchIsTheGeometricMeanOfItsPixels) {
  Image levels(4, 4, 1, 1.f);
  for (int x = 0; x < 4; ++x) levels.at(0, x) = 16;  // A quarter of them.
  const auto patches = patches_of(levels);
  ASSERT_EQ(patches.size(), 1u);
  EXPECT_FLOAT_EQ(patches[0].level, 2);
  EXPECT_TRUE(patches[0].too_noisy());
}

TEST(LevelsSeen, AtTheEdgesPatchesAreSmaller) {
  const auto patches = patches_of(Image(5, 6, 1, 1.f));
  ASSERT_EQ(patches.size(), 4u);
  EXPECT_EQ(patches[1].width, 2);
  EXPECT_EQ(patches[3].height, 1);
}

TEST(LevelsSeen, SharesAreOfThePatchesThatAreOff) {
  Image levels(4, 16, 1, 1.f);
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 4; ++x)
      levels.at(y, x) = 0, levels.at(y, 4 + x) = 0.5f, levels.at(y, 8 + x) = 2;
  const OffLevel off = off_level(patches_of(levels));
  EXPECT_DOUBLE_EQ(off.too_clean, 0.5);
  EXPECT_DOUBLE_EQ(off.too_noisy, 0.25);
  EXPECT_DOUBLE_EQ(off_level({}).too_clean, 0);
}

}  // namespace
}  // namespace stepwise::app
