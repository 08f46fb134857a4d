#include "diffusion/degradation.h"

#include <torch/utils.h>

#include <array>
#include <cmath>

#include "diffusion/writing.h"
#include "error.h"

namespace stepwise {
namespace {

using torch::Tensor;

Tensor per_picture(const Tensor& value) { return value.view({-1, 1, 1, 1}); }

// Rows and columns of each picture mixed by its own matrices, [N, H, H] and [N, W, W].
Tensor mixed(const Tensor& x, const Tensor& rows, const Tensor& columns) {
  return torch::matmul(torch::matmul(rows.unsqueeze(1), x), columns.transpose(1, 2).unsqueeze(1));
}

Tensor numbers_to(std::int64_t count, const Tensor& like) {
  return torch::arange(count, like.options());
}

// The weights of a Gaussian around each of so many pixels, which sum to 1 at the edges too. Its
// width grows faster than the severity: small widths are those that can be told apart.
Tensor blurring(std::int64_t side, const Tensor& severity) {
  constexpr double kWidest = 0.25;  // Standard deviation at severity 1, as a share of the side.
  constexpr double kNone = 1e-12;   // Leaves each pixel alone, where 0 would divide by 0.
  const Tensor width = severity.pow(1.5) * (kWidest * double(side));
  const Tensor at = numbers_to(side, severity);
  const Tensor apart = (at.view({-1, 1}) - at).square();
  const Tensor weights = (-apart / (2 * width.square() + kNone).view({-1, 1, 1})).exp();
  return weights / weights.sum(2, /*keepdim=*/true);
}

Tensor blurred(const Tensor& clean, const Tensor& severity) {
  return mixed(clean, blurring(clean.size(2), severity), blurring(clean.size(3), severity));
}

// The mean of the cell that a pixel lies in, where ever fewer cells divide the side; a pixel
// between two has a share of both.
Tensor pooling(std::int64_t side, const Tensor& severity) {
  constexpr double kFewest = 4;  // Cells along a side, at severity 1.
  const double fewest = std::min(kFewest, double(side));
  const Tensor cells =
      (double(side) * (severity * std::log(fewest / double(side))).exp()).round().view({-1, 1, 1});
  const Tensor at = numbers_to(side, severity), pixel = at.view({1, -1, 1});
  const Tensor begin = at.view({1, 1, -1}) * double(side) / cells;
  const Tensor end = (at.view({1, 1, -1}) + 1) * double(side) / cells;
  const Tensor shared =
      (torch::minimum(pixel + 1, end) - torch::maximum(pixel, begin)).clamp_min(0);
  return torch::bmm(shared, shared.transpose(1, 2)) * cells / double(side);
}

Tensor coarse(const Tensor& clean, const Tensor& severity) {
  return mixed(clean, pooling(clean.size(2), severity), pooling(clean.size(3), severity));
}

// Squares, seven along the longer side, each with its turn: a number of its own, even in [0, 1].
// An eighth stays at severity 1, for something must be left that one picture differs by from
// others.
Tensor with_holes(const Tensor& clean, const Tensor& severity, const Tensor& noise) {
  constexpr std::int64_t kAcross = 7;
  constexpr double kMost = 0.875;
  const std::int64_t height = clean.size(2), width = clean.size(3);
  const std::int64_t side = std::max<std::int64_t>(1, std::max(height, width) / kAcross);
  const Tensor turn = torch::erfc(noise.slice(1, 0, 1) / -std::sqrt(2.)) / 2;
  const auto first = [&](std::int64_t size) {  // In the square of each row or column.
    return numbers_to(size, severity).div(double(side)).floor().mul(double(side)).to(torch::kLong);
  };
  const Tensor of_pixel = turn.index_select(2, first(height)).index_select(3, first(width));
  return torch::where(of_pixel < per_picture(kMost * severity), torch::full_like(clean, -1), clean);
}

// What JPEG divides the waves in squares of 8 x 8 pixels by, at its quality 50 (ITU-T T.81, Table
// K.1), where pixels are bytes.
constexpr std::int64_t kSquare = 8;
constexpr std::array<float, kSquare* kSquare> kQuanta = {
    16, 11, 10, 16, 24,  40,  51,  61,  12, 12, 14, 19, 26,  58,  60,  55,  //
    14, 13, 16, 24, 40,  57,  69,  56,  14, 17, 22, 29, 51,  87,  80,  62,  //
    18, 22, 37, 56, 68,  109, 103, 77,  24, 35, 55, 64, 81,  104, 113, 92,  //
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

// Orthonormal cosines, a row each: the transform that JPEG makes of rows and of columns.
Tensor cosines(const Tensor& like) {
  const Tensor at = numbers_to(kSquare, like);
  const Tensor waves = (at.view({-1, 1}) * (2 * at + 1) * (M_PI / (2 * kSquare))).cos();
  const Tensor first = torch::full_like(at, std::sqrt(2. / kSquare));
  return waves * torch::where(at == 0, first / std::sqrt(2.), first).view({-1, 1});
}

// As JPEG loses, but each channel by itself, and continuous in the severity: the quality falls from
// the best there is.
Tensor rounded_waves(const Tensor& clean, const Tensor& severity) {
  constexpr double kCoarsest = 40;  // Times the table, at severity 1.
  constexpr double kByte = 2 / 255.;
  const std::int64_t height = clean.size(2), width = clean.size(3);
  const auto missing = [](std::int64_t side) { return (kSquare - side % kSquare) % kSquare; };
  const Tensor whole = torch::replication_pad2d(clean, {0, missing(width), 0, missing(height)});
  const Tensor squares = whole.unflatten(3, {-1, kSquare}).unflatten(2, {-1, kSquare});
  const Tensor dct = cosines(clean);  // [N, C, rows, 8, columns, 8] in, as in out.
  const Tensor waves = torch::einsum("ui,ncaibj,vj->ncaubv", {dct, squares, dct});
  const Tensor table = torch::tensor(at::ArrayRef<float>(kQuanta)).to(clean.options());
  const Tensor quanta = table.view({1, 1, 1, kSquare, 1, kSquare}) *
                        (severity.square() * (kCoarsest * kByte)).view({-1, 1, 1, 1, 1, 1});
  const Tensor left = (waves / quanta.clamp_min(1e-9)).round() * quanta;
  const Tensor again = torch::einsum("ui,ncaubv,vj->ncaibj", {dct, left, dct});
  const Tensor picture = again.flatten(4, 5).flatten(2, 3);
  const Tensor cut = picture.narrow(2, 0, height).narrow(3, 0, width).clamp(-1, 1);
  return torch::where(per_picture(severity) > 0, cut, clean);
}

Tensor mixture(const Tensor& clean, const Tensor& severity, const Tensor& noise) {
  const Tensor share = per_picture(severity);
  return (1 - share) * clean + share * noise;
}

}  // namespace

Tensor degraded(Degradation family, const Tensor& clean, const Tensor& severity,
                const Tensor& noise) {
  switch (family) {
    case Degradation::kNoise:
      return mixture(clean, severity, noise);
    case Degradation::kBlur:
      return blurred(clean, severity);
    case Degradation::kLowResolution:
      return coarse(clean, severity);
    case Degradation::kBlocks:
      return with_holes(clean, severity, noise);
    case Degradation::kJpeg:
      return rounded_waves(clean, severity);
    case Degradation::kText:
      return written_over(clean, severity, noise);
  }
  throw Error(text_of("There is no degradation number ", int(family), "."));
}

Tensor degraded(const DegradationStack& stack, const Tensor& clean, const Tensor& severity,
                const Tensor& noise) {
  Tensor x = clean;
  for (const Degradation family : stack.families()) x = degraded(family, x, severity, noise);
  return x;
}

}  // namespace stepwise
