// What a picture itself says of where something is. Any thread.
#pragma once

#include "image/image.h"

namespace stepwise {

// A flood from that pixel: 1 at all pixels that are reached from it, step by step to the sides,
// and differ from it by at most `tolerance` in every channel; one channel. Outside the picture
// there is nothing to reach.
Image flooded(const Image& picture, int y, int x, float tolerance);

// The picture with what the mask covers filled in from around it, as smooth as can be: there each
// pixel is the mean of its four neighbours (the harmonic function of the rim), to 1e-4. What
// reaches the edge of the picture has no rim there. All covered: it stays as it is.
Image filled_in(const Image& picture, const Image& mask);

}  // namespace stepwise
