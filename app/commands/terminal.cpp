#include "commands/terminal.h"

#include <chafa.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "image/animation.h"
#include "image/picture_file.h"
#include "image/sheet.h"

namespace stepwise {
namespace {

template <auto free>
struct Free {
  void operator()(auto* held) const { free(held); }
};
using Config = std::unique_ptr<ChafaCanvasConfig, Free<chafa_canvas_config_unref>>;
using Canvas = std::unique_ptr<ChafaCanvas, Free<chafa_canvas_unref>>;
using Symbols = std::unique_ptr<ChafaSymbolMap, Free<chafa_symbol_map_unref>>;
using Terminal = std::unique_ptr<ChafaTermInfo, Free<chafa_term_info_unref>>;

constexpr int kCellWidth = 10, kCellHeight = 20;  // Pixels of a letter, where nobody tells.
constexpr int kMostScale = 12;                    // Of a picture's pixels.

Terminal this_terminal() {
  char** environment = g_get_environ();
  Terminal terminal(chafa_term_db_detect(chafa_term_db_get_default(), environment));
  g_strfreev(environment);
  return terminal;
}

ChafaPixelMode pixel_mode_of(ChafaTermInfo* terminal) {
  const auto has = [&](ChafaTermSeq what) { return chafa_term_info_have_seq(terminal, what); };
  if (has(CHAFA_TERM_SEQ_BEGIN_KITTY_IMMEDIATE_IMAGE_V1)) return CHAFA_PIXEL_MODE_KITTY;
  if (has(CHAFA_TERM_SEQ_BEGIN_ITERM2_IMAGE)) return CHAFA_PIXEL_MODE_ITERM2;
  return has(CHAFA_TERM_SEQ_BEGIN_SIXELS) ? CHAFA_PIXEL_MODE_SIXELS : CHAFA_PIXEL_MODE_SYMBOLS;
}

ChafaCanvasMode color_mode_of(ChafaTermInfo* terminal) {
  const auto has = [&](ChafaTermSeq what) { return chafa_term_info_have_seq(terminal, what); };
  if (has(CHAFA_TERM_SEQ_SET_COLOR_FGBG_DIRECT)) return CHAFA_CANVAS_MODE_TRUECOLOR;
  if (has(CHAFA_TERM_SEQ_SET_COLOR_FGBG_256)) return CHAFA_CANVAS_MODE_INDEXED_240;
  return has(CHAFA_TERM_SEQ_SET_COLOR_FGBG_16) ? CHAFA_CANVAS_MODE_INDEXED_16
                                               : CHAFA_CANVAS_MODE_FGBG;
}

Config config_for(ChafaTermInfo* terminal, int columns, int rows) {
  Config config(chafa_canvas_config_new());
  chafa_canvas_config_set_geometry(config.get(), columns, rows);
  chafa_canvas_config_set_cell_geometry(config.get(), kCellWidth, kCellHeight);
  chafa_canvas_config_set_pixel_mode(config.get(), pixel_mode_of(terminal));
  chafa_canvas_config_set_canvas_mode(config.get(), color_mode_of(terminal));
  const Symbols symbols(chafa_symbol_map_new());
  chafa_symbol_map_add_by_tags(symbols.get(), CHAFA_SYMBOL_TAG_VHALF);
  chafa_symbol_map_add_by_tags(symbols.get(), CHAFA_SYMBOL_TAG_SPACE);
  chafa_canvas_config_set_symbol_map(config.get(), symbols.get());
  return config;
}

bool shows_pixels(ChafaTermInfo* terminal) {
  return pixel_mode_of(terminal) != CHAFA_PIXEL_MODE_SYMBOLS;
}

int rounded_up(int number, int by) { return (number + by - 1) / by; }

}  // namespace

std::string on_terminal(const ByteImage& image, int columns) {
  const Terminal terminal = this_terminal();
  const bool in_pixels = shows_pixels(terminal.get());
  const int scale = in_pixels ? std::clamp(columns * kCellWidth / image.width, 1, kMostScale) : 1;
  const ByteImage picture = rgba_of(enlarged(image, scale));
  // In half blocks a letter has two pixels, as long as there is room: then nothing is interpolated.
  int width = rounded_up(picture.width, in_pixels ? kCellWidth : 1);
  int height = rounded_up(picture.height, in_pixels ? kCellHeight : 2);
  if (width > columns) {
    height = std::max(1, int(std::int64_t(height) * columns / width));
    width = columns;
  }
  const Config config = config_for(terminal.get(), width, height);
  const Canvas canvas(chafa_canvas_new(config.get()));
  chafa_canvas_draw_all_pixels(canvas.get(), CHAFA_PIXEL_RGBA8_UNASSOCIATED, picture.pixels.data(),
                               picture.width, picture.height, picture.width * 4);
  GString* printed = chafa_canvas_print(canvas.get(), terminal.get());
  std::string text(printed->str, printed->len);
  g_string_free(printed, TRUE);
  if (!text.ends_with('\n')) text += '\n';
  return text;
}

std::string on_terminal(const ImageBatch& pictures, int columns) {
  constexpr int kGap = 1, kLeastScale = 3;
  const int pixels =
      shows_pixels(this_terminal().get()) ? columns * kCellWidth / kLeastScale : columns;
  const int side_by_side = std::max(1, (pixels - kGap) / (pictures.width + kGap));
  return on_terminal(contact_sheet(pictures, side_by_side, {.scale = 1, .gap = kGap}), columns);
}

int terminal_columns() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace stepwise
