// More rows like those of controls.h, for what sliders alone do not say. Window thread only.
#pragma once

#include <string>

#include "widgets/controls.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// A ruler of equal ratios with two thumbs for lo <= hi: none passes the other. Their numbers stand
// above them and can be typed.
bool range_row(const char* label, double& lo, double& hi, Range<double> range, const char* help);

// A line of text; `hint` stands there while it is empty. True when Enter is pressed.
bool text_row(const char* label, std::string& value, const char* hint, const char* help);

// Something to read: the value at the right, where the controls end. `color` for what it means.
void value_row(const char* label, const std::string& value, const char* help,
               ImU32 color = colors.text);

// A line to press that folds and unfolds what stands below it; `note` at its right. Whether it is
// unfolded.
bool fold_row(const char* label, bool& open, const std::string& note);

// A picture of `size` pixels as one item, above it a caption at the left and a note at the right;
// without a picture, an empty frame of the same size. `help` shows while the mouse is over it.
void picture_tile(PictureRenderer& pictures, const Shown& shown, float size,
                  const std::string& caption, const std::string& note, const char* help = nullptr);

}  // namespace stepwise::app
