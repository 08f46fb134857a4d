// Pictures one after the other, as one file. Any thread.
#pragma once

#include <string>
#include <vector>

#include "image/image.h"

namespace stepwise {

struct AnimationFrame {
  ByteImage pixels;  // Of 1 to 4 channels; all of one size.
  int milliseconds = 100;
};

// The bytes of an animated WebP file that begins anew after its end. No pixel is changed: WebP's
// lossless kind, which keeps colors that GIF's palette of 256 would not, in a fraction of its size,
// and which browsers and chats play as they play GIFs. Throws Error for no frames, for sides above
// 16383 and for frames of different sizes.
std::string webp_of(const std::vector<AnimationFrame>& frames);

// Each pixel as a square of scale x scale.
ByteImage enlarged(const ByteImage& image, int scale);

}  // namespace stepwise
