// Work told behind other work of a device.
#include "model/behind.h"

#include <gtest/gtest.h>
#include <torch/cuda.h>
#include <torch/utils.h>

#include "model/ahead.h"

namespace stepwise {
namespace {

TEST(Behind, LongWorkIsStillGoingOnWhenWhatWasToldAfterItIsDone) {
  if (!torch::cuda::is_available()) GTEST_SKIP() << "needs a CUDA device";
  const torch::Device device(torch::kCUDA, 0);
  go_first(device);
  Ahead ahead(device);
  const auto matrix = torch::eye(8192, torch::TensorOptions(device));
  auto product = matrix;
  {
    const Behind behind(device);
    for (int i = 0; i < 50; ++i) product = product.mm(matrix);
    ahead.told();
  }
  EXPECT_EQ((torch::ones({8}, torch::TensorOptions(device)) + 1).sum().item<float>(), 16);
  EXPECT_EQ(ahead.left(), 1);
  ahead.settle();
  EXPECT_EQ(ahead.left(), 0);
  EXPECT_TRUE(product.equal(matrix));
}

TEST(Ahead, AProcessorHasDoneWhatItWasTold) {
  Ahead ahead(torch::kCPU);
  for (int i = 0; i < 2 * Ahead::kPieces; ++i) {
    EXPECT_TRUE(ahead.has_room([] { return true; }));
    ahead.told();
    EXPECT_EQ(ahead.left(), 0);
  }
}

}  // namespace
}  // namespace stepwise
