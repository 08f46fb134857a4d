#include "diffusion/tensor_image.h"

#include <gtest/gtest.h>

#include "error.h"

namespace stepwise {
namespace {

// Values that say where they stand: 100 y + 10 x + c.
Image numbered() {
  Image image(2, 3, 2);
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 3; ++x)
      for (int c = 0; c < 2; ++c) image.at(y, x, c) = float(100 * y + 10 * x + c);
  return image;
}

TEST(TensorImage, PutsChannelsFirst) {
  const torch::Tensor t = to_tensor(numbered());
  ASSERT_EQ(t.sizes(), torch::IntArrayRef({2, 2, 3}));
  EXPECT_EQ(t[1][0][2].item<float>(), 21);
  EXPECT_EQ(t[0][1][0].item<float>(), 100);
}

TEST(TensorImage, ComesBackUnchanged) {
  EXPECT_EQ(to_image(to_tensor(numbered())), numbered());
  const torch::Tensor batch = torch::randn({3, 2, 4, 5});
  const ImageBatch images = to_image_batch(batch);
  EXPECT_EQ(images.count, 3);
  EXPECT_EQ(images.height, 4);
  EXPECT_EQ(images.width, 5);
  EXPECT_EQ(images.channels, 2);
  EXPECT_TRUE(torch::equal(to_tensor(images), batch));
  const auto second = images.picture(1);
  EXPECT_EQ(to_image(batch[1]).pixels, std::vector<float>(second.begin(), second.end()));
}

TEST(TensorImage, TakesDoublesAndViews) {
  const torch::Tensor t = torch::arange(12, torch::kDouble).view({1, 3, 4}).flip(2);
  EXPECT_EQ(to_image(t).at(0, 0), 3);
  EXPECT_EQ(to_image(t).at(2, 3), 8);
}

TEST(TensorImage, AnImageThatLiesAboutItsSizeIsRefused) {
  Image image(2, 3, 1);
  image.height = 200;
  EXPECT_THROW(to_tensor(image), Error);
  EXPECT_EQ(to_tensor(ImageBatch{}).numel(), 0);
}

}  // namespace
}  // namespace stepwise
