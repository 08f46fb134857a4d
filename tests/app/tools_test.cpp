#include <gtest/gtest.h>

#include <set>

#include "view/layers.h"
#include "view/settings.h"
#include "view/strokes.h"

namespace stepwise::app {
namespace {

TEST(Tools, StandInTheOrderOfTheirNumbersAndHaveKeysOfTheirOwn) {
  std::set<char> keys;
  for (std::size_t i = 0; i < kTools.size(); ++i) {
    EXPECT_EQ(std::size_t(kTools[i].tool), i);
    EXPECT_TRUE(keys.insert(kTools[i].key).second) << kTools[i].label;
  }
  for (std::size_t i = 0; i < kShapeTools.size(); ++i) {
    EXPECT_EQ(std::size_t(kShapeTools[i].shape), i);
    EXPECT_TRUE(keys.insert(kShapeTools[i].key).second) << kShapeTools[i].label;
  }
  for (const char taken : std::string("QFGLCR?")) EXPECT_FALSE(keys.contains(taken)) << taken;
}

TEST(Tools, ANewcomerHasTheBrushInHand) {
  const Hand hand;
  EXPECT_EQ(hand.tool, Tool::kPaint);
  EXPECT_EQ(hand.shape, ShapeTool::kBrush);
}

TEST(Tools, EachKeepsItsShapeWhereItCan) {
  Hand hand;
  take(hand, ShapeTool::kLasso);
  take(hand, Tool::kLock);
  EXPECT_EQ(hand.shape, ShapeTool::kLasso);
  take(hand, Tool::kSmudge);  // Along strokes alone.
  EXPECT_EQ(hand.shape, ShapeTool::kBrush);
  take(hand, ShapeTool::kFill);
  EXPECT_EQ(hand.tool, Tool::kPaint);
  take(hand, Tool::kHand);
  take(hand, ShapeTool::kLine);
  EXPECT_EQ(hand.tool, Tool::kPaint);
}

TEST(Tools, PaintAndMasksHaveBrushesOfTheirOwn) {
  Hand hand;
  brush_of(hand).size = 5;
  take(hand, Tool::kLock);
  brush_of(hand).size = 20;
  take(hand, Tool::kPaint);
  EXPECT_EQ(brush_of(hand).size, 5);
  take(hand, Tool::kLock);
  EXPECT_EQ(brush_of(hand).size, 20);
}

Shape dragged(ShapeTool tool, Point to, bool straight) {
  Hand hand;
  hand.shape = tool;
  Shape shape = begun_shape(hand, {2, 2}, {});
  drag_shape(tool, shape, to, straight);
  return shape;
}

TEST(Shaping, ARectangleHasFourCornersAndWithShiftFourEqualSides) {
  EXPECT_EQ(std::get<Polygon>(dragged(ShapeTool::kRectangle, {7, 4}, false)).corners,
            (std::vector<Point>{{2, 2}, {7, 2}, {7, 4}, {2, 4}}));
  EXPECT_EQ(std::get<Polygon>(dragged(ShapeTool::kRectangle, {7, 1}, true)).corners,
            (std::vector<Point>{{2, 2}, {7, 2}, {7, -3}, {2, -3}}));
}

TEST(Shaping, ALineIsLevelUprightOrDiagonalWithShift) {
  const auto end = [](Point to) {
    return std::get<Stroke>(dragged(ShapeTool::kLine, to, true)).path.back();
  };
  EXPECT_NEAR(end({9, 3}).y, 2, 1e-5);
  EXPECT_NEAR(end({9, 3}).x, 9, 1e-5);
  EXPECT_NEAR(end({8, 7}).x - 2, end({8, 7}).y - 2, 1e-5);
  EXPECT_EQ(std::get<Stroke>(dragged(ShapeTool::kLine, {9, 3}, false)).path,
            (std::vector<Point>{{2, 2}, {9, 3}}));
}

TEST(Shaping, ALassoTakesNoCornerTwice) {
  Shape shape = Polygon{{{2, 2}}};
  for (int i = 0; i < 10; ++i) drag_shape(ShapeTool::kLasso, shape, {5, 5}, false);
  EXPECT_EQ(std::get<Polygon>(shape).corners.size(), 2u);
}

TEST(Shaping, AFillCoversWhatIsLikeTheColorUnderThePress) {
  Hand hand;
  hand.shape = ShapeTool::kFill;
  hand.tolerance = 0.5f;
  Image under(2, 2, 1, -1.f);
  under.at(1, 1) = 1;
  const Shape shape = begun_shape(hand, {0.5f, 0.5f}, under);
  EXPECT_EQ(std::get<Mask>(shape).coverage.pixels, (std::vector<float>{1, 1, 1, 0}));
}

TEST(LayerLists, AreChangedOneLayerAtATime) {
  const Layers layers{{Everywhere{}, Lock{}}, {Everywhere{}, Erase{}}, {Gradient{}, Lock{}}};
  EXPECT_EQ(without(layers, 1), (Layers{layers[0], layers[2]}));
  EXPECT_EQ(with_moved(layers, 0, 2), (Layers{layers[1], layers[2], layers[0]}));
  EXPECT_EQ(with_moved(layers, 2, 0), (Layers{layers[2], layers[0], layers[1]}));
  EXPECT_TRUE(with_toggled(layers, 2)[2].hidden);
  EXPECT_EQ(with_toggled(with_toggled(layers, 2), 2), layers);
  EXPECT_EQ(name_of(layers[2]), "Lock, gradient");
}

}  // namespace
}  // namespace stepwise::app
