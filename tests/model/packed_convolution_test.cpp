// Weights that are put in another order once give what those of now give, whenever they change.
#include "model/packed_convolution.h"

#include <gtest/gtest.h>
#include <torch/nn/modules/conv.h>
#include <torch/utils.h>

#include <thread>

#include "model/weights.h"

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

class PackedConvolutionTest : public testing::Test {
 protected:
  PackedConvolutionTest() { torch::manual_seed(1); }

  void expect_up_to_date() {
    const torch::NoGradGuard no_grad;
    const Tensor got = packed(*conv, x);
    if (!got.defined()) GTEST_SKIP() << "this torch has no oneDNN";
    EXPECT_LE((got - conv(x)).abs().max().item<double>(), 1e-5);
  }

  nn::Conv2d conv = nn::Conv2d(nn::Conv2dOptions(8, 16, 3).padding(1).stride(2));
  Tensor x = torch::randn({2, 8, 12, 10}).contiguous(torch::MemoryFormat::ChannelsLast);
  PackedConvolution packed;
};

TEST_F(PackedConvolutionTest, GivesWhatTorchGivesInTheLayoutOfItsInput) {
  expect_up_to_date();
  const torch::NoGradGuard no_grad;
  const Tensor got = packed(*conv, x);
  EXPECT_TRUE(!got.defined() || got.is_contiguous(torch::MemoryFormat::ChannelsLast));
  x = x.contiguous();
  expect_up_to_date();
}

TEST_F(PackedConvolutionTest, ServesPicturesOfAnySizeAndNumber) {
  for (const int side : {12, 7, 32})
    for (const int count : {1, 3, 8}) {
      x = torch::randn({count, 8, side, side}).contiguous(torch::MemoryFormat::ChannelsLast);
      expect_up_to_date();
    }
}

TEST_F(PackedConvolutionTest, SeesWeightsThatAreWrittenOver) {
  const torch::NoGradGuard no_grad;
  expect_up_to_date();
  conv->weight.add_(1);
  expect_up_to_date();
  conv->bias.add_(1);
  expect_up_to_date();
  const std::vector<Tensor> averages{conv->weight.detach()};  // As training averages them.
  torch::_foreach_mul_(averages, 0.5);
  expect_up_to_date();
  {
    const torch::InferenceMode inference;
    conv->weight.mul_(3);
  }
  expect_up_to_date();
}

TEST_F(PackedConvolutionTest, SeesWeightsThatAreReadFromAFile) {
  expect_up_to_date();
  const Tensor others = torch::randn_like(conv->weight);
  read_into(conv->weight, {.dtype = DType::kF32, .shape = others.sizes().vec()}, [&](char* bytes) {
    std::memcpy(bytes, others.data_ptr(), std::size_t(others.numel()) * sizeof(float));
  });
  EXPECT_TRUE(conv->weight.equal(others));
  expect_up_to_date();
}

TEST_F(PackedConvolutionTest, LeavesGradientsAndOtherTypesToTorch) {
  EXPECT_FALSE(packed(*conv, x).defined());
  const torch::NoGradGuard no_grad;
  conv->to(torch::kDouble);
  EXPECT_FALSE(packed(*conv, x.to(torch::kDouble)).defined());
}

TEST_F(PackedConvolutionTest, AnswersSeveralThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::vector<Tensor> answers(4);
  for (Tensor& answer : answers)
    threads.emplace_back([&] {
      const torch::NoGradGuard no_grad;
      answer = packed(*conv, x);
    });
  for (std::thread& thread : threads) thread.join();
  expect_up_to_date();
  for (const Tensor& answer : answers) {
    if (answers[0].defined()) {
      EXPECT_TRUE(answer.equal(answers[0]));
    }
  }
}

}  // namespace
}  // namespace stepwise
