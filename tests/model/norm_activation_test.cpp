// Loops of our own against torch's operations in double precision, on the processor and on a card.
#include "model/norm_activation.h"

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>
#include <torch/nn/modules/normalization.h>
#include <torch/utils.h>

#ifdef STEPWISE_HAS_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#endif

namespace stepwise {
namespace {

using torch::Tensor;
namespace nn = torch::nn;

constexpr auto kInnermost = torch::MemoryFormat::ChannelsLast;

struct Shape {
  std::int64_t pictures, channels, groups, height, width;
};

// Of wide groups and narrow ones, with channels in fours and not, of one pixel and many.
const std::vector<Shape> kShapes{{3, 16, 8, 28, 28}, {1, 48, 8, 14, 14}, {2, 64, 8, 14, 14},
                                 {3, 256, 8, 7, 7},  {2, 15, 5, 6, 7},   {2, 511, 1, 3, 2},
                                 {2, 24, 8, 1, 1},   {2, 68, 34, 5, 5},  {1, 64, 8, 64, 64}};

struct Kind {
  torch::DeviceType device;
  torch::ScalarType pictures, weights;
};

void PrintTo(const Kind& kind, std::ostream* out) {
  *out << kind.device << ' ' << kind.pictures << ' ' << kind.weights;
}

struct Inputs {
  // All that is asked for gradients: x, weight, bias and, [N, C], scale and shift.
  std::vector<Tensor> leaves(bool modulated) const {
    std::vector<Tensor> all{x, norm->weight, norm->bias};
    if (modulated) all.insert(all.end(), {scale, shift});
    return all;
  }

  // y, then the gradients.
  std::vector<Tensor> results(bool modulated) const {
    const Tensor y = norm_activation(*norm, Activation::kSilu, x, modulated ? scale : Tensor(),
                                     modulated ? shift : Tensor());
    std::vector<Tensor> all = torch::autograd::grad({y}, leaves(modulated), {dy});
    all.insert(all.begin(), y.detach());
    return all;
  }

  nn::GroupNorm norm{nullptr};
  Tensor x, dy, scale, shift;
};

class NormActivationTest : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam().device == torch::kCUDA && !torch::cuda::is_available())
      GTEST_SKIP() << "there is no card that torch can use";
    torch::manual_seed(1);
  }

  static Inputs inputs(const Shape& s, double mean = 0) {
    const Kind& kind = GetParam();
    const auto put = [&](const Tensor& t, torch::ScalarType type) {
      return t.to(kind.device, type).requires_grad_();
    };
    Inputs in;
    in.norm = nn::GroupNorm(nn::GroupNormOptions(s.groups, s.channels));
    in.norm->weight.set_data(torch::randn(s.channels) + 1);
    in.norm->bias.set_data(torch::randn(s.channels));
    in.norm->to(kind.device, kind.weights);
    const Tensor x = torch::randn({s.pictures, s.channels, s.height, s.width});
    in.x = put((x + mean).contiguous(kInnermost), kind.pictures);
    in.dy = torch::randn_like(x).to(kind.device, kind.pictures);
    in.scale = put(0.3 * torch::randn({s.pictures, s.channels}), kind.weights);
    in.shift = put(torch::randn({s.pictures, s.channels}), kind.weights);
    return in;
  }

  // The same numbers where torch's own operations are used.
  static Inputs in_double(const Inputs& in) {
    const auto put = [](const Tensor& t) {
      return t.detach().to(torch::kCPU, torch::kDouble).requires_grad_();
    };
    Inputs out{nn::GroupNorm(in.norm->options), put(in.x), put(in.dy), put(in.scale),
               put(in.shift)};
    out.norm->weight.set_data(put(in.norm->weight).detach());
    out.norm->bias.set_data(put(in.norm->bias).detach());
    return out;
  }

  // To the last digit or so of each result's type; `lost`: what else may be off, of the largest.
  static void expect_as_in_double(const Inputs& in, bool modulated, double lost) {
    const auto got = in.results(modulated), want = in_double(in).results(modulated);
    for (std::size_t i = 0; i < got.size(); ++i) {
      const double digit = got[i].scalar_type() == torch::kBFloat16 ? 1. / 128 : 1e-6;
      const Tensor error = (got[i].to(torch::kCPU, torch::kDouble) - want[i]).abs();
      const Tensor allowed = digit * want[i].abs() + lost * want[i].abs().max();
      EXPECT_TRUE(error.le(allowed).all().item<bool>())
          << "result " << i << " of " << in.x.sizes() << " is off by " << error.max();
    }
  }
};

TEST_P(NormActivationTest, GivesWhatTorchGivesInDoublePrecision) {
  for (const Shape& shape : kShapes)
    for (const bool modulated : {false, true}) expect_as_in_double(inputs(shape), modulated, 2e-5);
}

TEST_P(NormActivationTest, ALargeMeanCostsNoMoreThanItsOwnLastDigit) {
  expect_as_in_double(inputs({2, 64, 8, 14, 14}, 100), true, 1e-4);
}

TEST_P(NormActivationTest, KeepsTypeAndLayoutAndNeedsNeitherInItsGradient) {
  const auto results = inputs({2, 64, 8, 14, 14}).results(true);
  for (const int of_x : {0, 1}) {
    EXPECT_EQ(results[of_x].scalar_type(), GetParam().pictures);
    EXPECT_TRUE(results[of_x].is_contiguous(kInnermost));
  }
  for (const int of_weights : {2, 3, 4, 5})
    EXPECT_EQ(results[of_weights].scalar_type(), GetParam().weights);
}

TEST_P(NormActivationTest, GivesTheSameBitsEveryTime) {
  const Inputs in = inputs({3, 64, 8, 28, 28});
  const auto once = in.results(true), again = in.results(true);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_TRUE(once[i].equal(again[i])) << i;
}

TEST_P(NormActivationTest, TakesPicturesThatBeginAnywhereInMemory) {
  Inputs in = inputs({2, 16, 8, 7, 7});
  const Tensor memory = torch::empty(in.x.numel() + 1, in.x.options());
  Tensor odd = memory.slice(0, 1).view({2, 7, 7, 16}).permute({0, 3, 1, 2});
  odd.copy_(in.x.detach());
  in.x = odd.requires_grad_();
  expect_as_in_double(in, true, 2e-5);
}

#ifdef STEPWISE_HAS_CUDA
TEST_P(NormActivationTest, ACudaGraphRepeatsItForOtherNumbers) {
  if (GetParam().device != torch::kCUDA) GTEST_SKIP() << "the processor has no graphs";
  const Inputs in = inputs({2, 64, 8, 14, 14});
  const c10::cuda::CUDAStreamGuard stream(c10::cuda::getStreamFromPool());
  in.results(true);  // What is set up once is no part of a graph.
  at::cuda::CUDAGraph graph;
  graph.capture_begin();
  const auto recorded = in.results(true);
  graph.capture_end();
  const torch::NoGradGuard no_grad;
  in.x.mul_(-1.5);
  in.dy.add_(1);
  graph.replay();
  torch::cuda::synchronize();
  const torch::AutoGradMode grad(true);
  const auto now = in.results(true);
  for (std::size_t i = 0; i < now.size(); ++i) EXPECT_TRUE(now[i].equal(recorded[i])) << i;
}
#endif

INSTANTIATE_TEST_SUITE_P(Everywhere, NormActivationTest,
                         testing::Values(Kind{torch::kCPU, torch::kFloat, torch::kFloat},
                                         Kind{torch::kCUDA, torch::kFloat, torch::kFloat},
                                         Kind{torch::kCUDA, torch::kBFloat16, torch::kFloat},
                                         Kind{torch::kCUDA, torch::kBFloat16, torch::kBFloat16}));

}  // namespace
}  // namespace stepwise
