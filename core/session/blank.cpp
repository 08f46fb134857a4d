#include "session/blank.h"

#include "error.h"

namespace stepwise {
namespace {

constexpr double kShade = 2. / 255;  // From one to the next, in pictures of bytes.

}  // namespace

void BlankPictures::add(const torch::Tensor& pictures) {
  if (pictures.size(2) * pictures.size(3) < 2) return;  // A pixel is of one colour.
  const torch::Tensor seen = pictures.clamp(-1, 1);
  const torch::Tensor lowest = seen.amin({2, 3}), highest = seen.amax({2, 3});  // [N, C]
  const torch::Tensor blank = (highest - lowest < kShade / 2).all(1);
  const torch::Tensor black = (highest < -1 + kShade / 2).all(1);
  all_ += pictures.size(0);
  blank_ += blank.sum().item<std::int64_t>();
  black_ += black.sum().item<std::int64_t>();
}

std::string BlankPictures::warning() const {
  if (blank_ == 0) return "";
  const bool only_black = black_ == blank_;
  return text_of(blank_, " of ", all_, all_ == 1 ? " picture is " : " pictures are ",
                 only_black ? "all black" : "of one colour throughout",
                 ". The model may be untrained or damaged, or the settings may not suit it.");
}

void BlankPictures::tell(const Emit& emit) const {
  if (const std::string words = warning(); !words.empty()) emit(Warning{words});
}

}  // namespace stepwise
