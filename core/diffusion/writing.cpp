#include "diffusion/writing.h"

#include <torch/utils.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace stepwise {
namespace {

using torch::Tensor;

// Letters of 5 x 7 dots, a row a number of 5 bits.
constexpr std::int64_t kLetterWidth = 5, kLetterHeight = 7;
using Letter = std::array<int, kLetterHeight>;
constexpr std::array kLetters = {
    Letter{0x0e, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11},  // A
    Letter{0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f},  // E
    Letter{0x11, 0x11, 0x11, 0x1f, 0x11, 0x11, 0x11},  // H
    Letter{0x11, 0x11, 0x19, 0x15, 0x13, 0x11, 0x11},  // N
    Letter{0x0e, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0e},  // O
    Letter{0x1e, 0x11, 0x11, 0x1e, 0x14, 0x12, 0x11},  // R
    Letter{0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e},  // S
    Letter{0x1f, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04},  // T
};

// The place of a letter has a dot more, on the right and below.
constexpr std::int64_t kWidth = kLetterWidth + 1, kHeight = kLetterHeight + 1;

constexpr auto dots_of_letters() {
  std::array<float, kLetters.size() * kHeight * kWidth> dots{};
  for (std::size_t letter = 0; letter < kLetters.size(); ++letter)
    for (std::int64_t row = 0; row < kLetterHeight; ++row)
      for (std::int64_t column = 0; column < kLetterWidth; ++column)
        if (kLetters[letter][std::size_t(row)] >> (kLetterWidth - 1 - column) & 1)
          dots[std::size_t((std::int64_t(letter) * kHeight + row) * kWidth + column)] = 1;
  return dots;
}
constexpr auto kDots = dots_of_letters();

// Texts on top of one another, each a little further on: of one alone, gaps would be most of it.
constexpr std::int64_t kTexts = 3;

// Of each row or column of pixels: which letter it crosses, and which of that letter's dots.
struct Crossed {
  Tensor letter, dot;
};
Crossed crossed(std::int64_t side, std::int64_t pixels_of_dot, std::int64_t shift,
                std::int64_t dots_of_letter, const Tensor& like) {
  const Tensor pixel = torch::arange(side, like.options().dtype(torch::kLong));
  const Tensor at = pixel.div(pixels_of_dot, "floor") + shift;
  return {at.div(dots_of_letter, "floor"), at.remainder(dots_of_letter)};
}

// Where the pictures have the dots of one of the texts, [N, 1, H, W]. `numbers`: theirs, even in
// [0, 1], [N, H W].
Tensor dots_of_text(std::int64_t text, const Tensor& clean, const Tensor& severity,
                    const Tensor& numbers) {
  constexpr std::int64_t kDotsAlong = 28;  // The longer side, about.
  const std::int64_t height = clean.size(2), width = clean.size(3);
  const std::int64_t dot = std::max<std::int64_t>(1, std::max(height, width) / kDotsAlong);
  const Crossed row = crossed(height, dot, 3 * text, kHeight, clean);
  const Crossed column = crossed(width, dot, text, kWidth, clean);
  const std::int64_t rows = height / dot / kHeight + 2, columns = width / dot / kWidth + 2;
  const Tensor place = ((text * rows + row.letter).view({-1, 1}) * columns + column.letter) * 2;
  // From the last on, for other degradations begin with the first.
  const auto number = [&](std::int64_t nth) {
    const Tensor from = (height * width - 1 - nth - place).remainder(height * width);
    return numbers.index_select(1, from.flatten()).view({-1, 1, height, width});
  };
  constexpr auto kLast = std::int64_t(kLetters.size()) - 1;
  const Tensor letter =
      (number(0) * double(kLetters.size())).floor().clamp_max(kLast).to(torch::kLong);
  const Tensor dots = torch::tensor(at::ArrayRef<float>(kDots)).to(clean.device());
  const Tensor of_letter = row.dot.view({-1, 1}) * kWidth + column.dot;
  const Tensor is_dot =
      dots.index_select(0, (letter * (kHeight * kWidth) + of_letter).flatten()).view_as(letter) > 0;
  return is_dot & (number(1) < severity.view({-1, 1, 1, 1}));
}

}  // namespace

Tensor written_over(const Tensor& clean, const Tensor& severity, const Tensor& noise) {
  const Tensor numbers = torch::erfc(noise.select(1, 0).flatten(1) / -std::sqrt(2.)) / 2;
  Tensor written = dots_of_text(0, clean, severity, numbers);
  for (std::int64_t text = 1; text < kTexts; ++text)
    written = written | dots_of_text(text, clean, severity, numbers);
  return torch::where(written, torch::ones_like(clean), clean);
}

}  // namespace stepwise
