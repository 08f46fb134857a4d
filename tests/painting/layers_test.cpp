#include <gtest/gtest.h>

#include "painting/edit.h"
#include "strokes.h"

namespace stepwise {
namespace {

Layer with_strength(Layer layer, float strength) {
  layer.strength = strength;
  return layer;
}

TEST(Layers, AHiddenOneDoesNothing) {
  Layer hidden = flood(1);
  hidden.hidden = true;
  const Image picture(2, 2, 1);
  EXPECT_EQ(painted(picture, {hidden}, Surface::kGuess), picture);
  EXPECT_FALSE(paints_on({hidden}, Surface::kGuess));
  Layer lock{Everywhere{}, Lock{}};
  lock.hidden = true;
  EXPECT_TRUE(locked_by({lock}, 2, 2).empty());
}

TEST(Layers, StrengthIsTheShareOfWhatALayerDoes) {
  const Image picture(2, 2, 1, -1.f);
  EXPECT_EQ(painted(picture, {with_strength(flood(1), 0.25f)}, Surface::kGuess),
            Image(2, 2, 1, -0.5f));
  EXPECT_EQ(locked_by({with_strength({Everywhere{}, Lock{}}, 0.5f)}, 2, 2), Image(2, 2, 1, 0.5f));
  const Layers erased{flood(1), with_strength({Everywhere{}, Erase{}}, 0.5f)};
  EXPECT_EQ(painted(picture, erased, Surface::kGuess), Image(2, 2, 1, 0.f));
}

TEST(Layers, OneAfterTheOtherTheyMakeWhatAllDo) {
  const Image picture(3, 3, 1, 0.5f);
  Image one_by_one = picture;
  const Layers layers{{dot(1, 1), Paint{Surface::kGuess, -1}},
                      {Everywhere{}, Stamp{Image(1, 1, 1, 1.f), {{0.5f, 0.5f}}}},
                      {Stroke{{{0.5f, 0.5f}, {2.5f, 0.5f}}, 1, 0}, Smudge{}},
                      {dot(1, 1), Erase{}}};
  for (const Layer& layer : layers)
    one_by_one = painted(one_by_one, picture, layer, Surface::kGuess);
  EXPECT_EQ(painted(picture, layers, Surface::kGuess), one_by_one);
  EXPECT_EQ(one_by_one.pixels, (std::vector<float>{1, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f}));
}

TEST(Layers, StampAndSmudgeActOnTheGuessAlone) {
  const Layers layers{{Everywhere{}, Stamp{Image(3, 3, 1, 1.f), {{1.5f, 1.5f}}}}};
  EXPECT_TRUE(paints_on(layers, Surface::kGuess));
  EXPECT_FALSE(paints_on(layers, Surface::kNoisy));
  EXPECT_EQ(painted(Image(3, 3, 1), layers, Surface::kNoisy), Image(3, 3, 1));
}

TEST(Layers, ALockIsOfAnyShape) {
  const Image mask = locked_by({{Gradient{{0, 0}, {4, 0}}, Lock{}}, {dot(0, 0), Erase{}}}, 1, 4);
  EXPECT_EQ(mask.pixels, (std::vector<float>{0, 0.625f, 0.375f, 0.125f}));
}

TEST(Layers, AStrengthBeyondOneIsRefused) {
  EXPECT_THROW(check(Layers{with_strength(flood(1), 1.5f)}), Error);
}

}  // namespace
}  // namespace stepwise
