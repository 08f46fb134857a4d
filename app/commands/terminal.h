// Pictures on a terminal, for work over SSH: in pixels where it can show them (kitty's protocol,
// iTerm's, sixels), else in half blocks of colour, two pixels to a letter.
#pragma once

#include <string>

#include "image/image.h"

namespace stepwise {

// What a terminal is made to print, at most so many letters wide; its lines end in newlines. A
// small picture is enlarged where the terminal shows pixels, each of its own as a square. What the
// terminal can do is read from the environment (TERM, COLORTERM and its own variables).
std::string on_terminal(const ByteImage& image, int columns);

// The same of several, side by side as far as there is room.
std::string on_terminal(const ImageBatch& pictures, int columns);

// How many letters the terminal of stdout is wide; 80 where there is none.
int terminal_columns();

}  // namespace stepwise
