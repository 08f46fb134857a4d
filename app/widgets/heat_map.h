// A plot of colors: x rises to the right, y to the top, and a picture says what is at each place.
// Beside it how often each place of y is met. Knows nothing of what it shows. Window thread; sizes
// in pixels.
#pragma once

#include <imgui.h>

#include <optional>
#include <span>
#include <string>

#include "widgets/picture_renderer.h"
#include "widgets/plot_frame.h"

namespace stepwise::app {

struct HeatMap {
  std::string title;
  std::string x_name;
  std::string (*format_x)(double) = format_number;
  Axis x, y;
  Shown picture;                  // Fills the plot; in the colors of its scale from the middle up.
  float lowest = 0, highest = 0;  // What the ends of that scale stand for.
  // At even distances from the lower end of y to the upper one, as a share of the most; and what
  // that is called, and means. Empty: it is not shown.
  std::span<const float> shares;
  const char *shares_name = "", *shares_help = "";
  PlotSwitch face = {};   // As of bars.
  bool* large = nullptr;  // As of a Plot.
};

// How many pixels wide the plot itself is in a rectangle of that size: as many columns as its
// picture can show. `id`, `size` and `map` as for draw_heat_map(); the picture is not looked at.
int columns_of(ImVec2 size, const HeatMap& map);

// Draws the map; a width of 0 takes all there is. The place under the mouse, where it is over the
// plot.
struct HeatPlace {
  double x = 0, y = 0;
};
std::optional<HeatPlace> draw_heat_map(const char* id, ImVec2 size, const HeatMap& map,
                                       PictureRenderer& pictures);

}  // namespace stepwise::app
