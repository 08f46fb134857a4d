// Wet paint dragged along: what a smudging finger does to pixels. Any thread.
#pragma once

#include "image/image.h"
#include "painting/stroke.h"

namespace stepwise {

inline constexpr float kSmudgeLength = 20000;  // Pixels that one stroke may go.

// Along the stroke, by a pixel at a time, each pixel under the brush takes on what was one move
// behind it: of its difference to that, `strength` times what the brush covers. Of one color all
// stays as it is to the bit; with a hard brush of strength 1, pixels are carried whole.
Image smudged(Image picture, const Stroke& stroke, float strength);

// Throws Error if it goes further than a stroke may.
void check_smudge(const Stroke& stroke);

}  // namespace stepwise
