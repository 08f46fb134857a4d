// Pictures in rows, one of them chosen. Window thread only.
#pragma once

#include <functional>
#include <string>

#include "widgets/picture_renderer.h"

namespace stepwise::app {

struct ImageGrid {
  int count = 0;
  int columns = 1;
  float tile = 64;  // Side of a picture on screen.
  float gap = 6;
  int chosen = -1;
  std::function<Shown(int)> picture;        // Nothing: an empty tile.
  std::function<std::string(int)> caption;  // Below the picture, where it is given.
  std::function<std::string(int)> help;     // While the mouse is over it, where it is given.
  std::function<void(int, ImVec2)> more;    // Draws on it, from its corner, as the latest item.
};

// Draws the rows that are in view and returns the picture that was clicked, or -1.
int image_grid(const char* id, const ImageGrid& grid, PictureRenderer& pictures);

// As many columns as fit `width`, so that tiles are at least `least` and at most `most` wide, and,
// where it can be, all rows fit `height`. Sets columns and tile.
void fit_grid(ImageGrid& grid, float width, float height, float least, float most);

// So many columns over all the width that there is. Sets columns and tile.
void spread_grid(ImageGrid& grid, int columns);

// What image_grid adds to a tile's height for its caption.
float caption_height();

}  // namespace stepwise::app
