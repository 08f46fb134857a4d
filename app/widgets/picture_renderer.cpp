#include "widgets/picture_renderer.h"

#include "widgets/theme.h"

namespace stepwise::app {

void draw_or_blank(ImDrawList& list, PictureRenderer& pictures, const Shown& shown, ImVec2 min,
                   ImVec2 max, ImU32 blank) {
  if (shown)
    pictures.draw(list, shown, min, max);
  else
    list.AddRectFilled(min, max, blank, px(3));
}

}  // namespace stepwise::app
