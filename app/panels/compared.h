// The picture under the playhead held against another: beside the canvas and on it. Window thread
// only.
#pragma once

#include "panels/panels.h"
#include "view/compare.h"

namespace stepwise::app {

// "Parent", and "This is the branch it was forked from: Edit 2."
const char* title_of(const Other& other);
std::string sentence_of(const Other& other);

// One image of the other.
Shown shown_other(const View& view, const Other& other, Quantity quantity);

// What the other ended as, small; over it the mouse brings the other onto the canvas.
void draw_other_end(const View& view, const Other& other, Ui& ui, float side,
                    PictureRenderer& pictures);

// The same with words; but for one of before how far the picture is from it instead, as a picture,
// a number and a curve.
void draw_compared(const View& view, const Other& other, Ui& ui, PictureRenderer& pictures);
inline constexpr float kSmallShare = 0.4f;  // Of the width: how large that picture is.

// Over a picture on the canvas, of which `area` is seen, from its left edge as far as `edge`.
void draw_wiped(const Shown& other, const Rect& picture, const Rect& area, float edge,
                PictureRenderer& pictures);

// In the corner of a picture that is not the one under the playhead.
void draw_tag(ImVec2 corner, const char* words);

}  // namespace stepwise::app
