#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "first_of.h"
#include "panels/tool_parts.h"
#include "view/moving.h"
#include "view/strokes.h"
#include "widgets/controls.h"
#include "widgets/icons.h"
#include "widgets/keys.h"

namespace stepwise::app {
namespace {

constexpr int kSignsAcross = 5;  // Of signs.
constexpr float kLowSign = 22;   // Points high.

float sign_height(bool roomy) { return roomy ? ImGui::GetFrameHeight() : px(kLowSign); }

// Signs of a table in rows, one chosen. Returns the one that was pressed, or -1.
template <class Table, class CanBe>
int sign_rows(const Table& table, int chosen, bool roomy, CanBe can_be) {
  const float gap = px(2), width = ImGui::GetContentRegionAvail().x;
  const ImVec2 size{std::floor((width - gap * (kSignsAcross - 1)) / kSignsAcross),
                    sign_height(roomy)};
  int pressed = -1;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
  for (int i = 0; i < int(table.size()); ++i) {
    const auto& row = table[std::size_t(i)];
    if (i % kSignsAcross > 0) ImGui::SameLine(0, gap);
    if (icon_button(row.label, row.icon, size, i == chosen, can_be(i))) pressed = i;
    tooltip(text_of(row.label, ": ", row.help).c_str(), std::string(1, row.key).c_str());
  }
  ImGui::PopStyleVar();
  return pressed;
}

// The name of what is in hand, where the last row of signs has room for it.
void name_of_hand(const Ui& ui, float room) {
  const char* words = info_of(ui.shape).label;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float x = at.x + room - width_of(words, Font::kCaption);
  const float y = at.y + (ImGui::GetFrameHeight() - font(Font::kCaption)->FontSize) / 2;
  draw_text(*ImGui::GetWindowDrawList(), {x, std::round(y)}, Font::kCaption, colors.dim, words);
  ImGui::NewLine();
}

int channels_here(const View& view, const Ui& ui) {
  const Playhead& at = ui.playhead;
  const PictureAtStep spot = lookup(view, at.branch, at.step, at.picture);
  return spot ? spot.guess.channels() : 1;
}

void one_slider(bool roomy, const char* label, float& value, Range<float> range, const char* format,
                const char* help) {
  if (roomy)
    tall_slider(label, value, range, format, help);
  else
    narrow_slider(label, value, range, format, help);
}

constexpr const char* kColorHelp = "What the tool paints. Alt+click on the picture picks it there.";

// A wheel of hues, or a button for it in a low window.
void color_wheel(Color& color, bool roomy) {
  constexpr ImGuiColorEditFlags kFlags =
      ImGuiColorEditFlags_NoInputs | ImGuiColorEditFlags_NoLabel | ImGuiColorEditFlags_NoAlpha |
      ImGuiColorEditFlags_NoSidePreview | ImGuiColorEditFlags_NoTooltip |
      ImGuiColorEditFlags_PickerHueWheel;
  float rgb[] = {(color.red + 1) / 2, (color.green + 1) / 2, (color.blue + 1) / 2};
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  const bool changed =
      roomy ? ImGui::ColorPicker3("Color", rgb, kFlags) : ImGui::ColorEdit3("Color", rgb, kFlags);
  if (!roomy) {
    tooltip(kColorHelp);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    text("Color", colors.dim, Font::kCaption);
  }
  if (changed) color = {2 * rgb[0] - 1, 2 * rgb[1] - 1, 2 * rgb[2] - 1};
}

void color_settings(Color& color, int channels, bool roomy) {
  if (channels > 1) return color_wheel(color, roomy);
  float value = color.in(0, 1);
  one_slider(roomy, "Value", value, kBrushValue, "%.2f",
             "What the tool paints: -1 is black, 1 is white. Alt+click on the picture picks it.");
  if (value != color.in(0, 1)) color = value;
}

// The color that is painted, and its edge, in a small square.
void brush_sample(const Brush& brush, int channels) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = px(22);
  list.AddRectFilled(at, {at.x + width, at.y + height}, IM_COL32(128, 128, 128, 255), px(4));
  const auto byte = [&](int c) {
    return int(std::lround(127.5f * (brush.color.in(channels == 1 ? 0 : c, channels) + 1)));
  };
  const ImU32 ink = faded(IM_COL32(byte(0), byte(1), byte(2), 255), brush.strength);
  const ImVec2 middle{at.x + width / 2, at.y + height / 2};
  const float radius = std::fmin(px(9), px(2) + brush.size * px(0.7f));
  constexpr int kRings = 6;
  for (int i = 0; i < kRings; ++i) {
    const float share = 1 - brush.softness * float(i) / kRings;
    list.AddCircleFilled(middle, radius * share, faded(ink, brush.softness > 0.02f ? 0.4f : 1), 32);
  }
  ImGui::Dummy({width, height});
}

// In small type, as high as the signs beside it.
void small_layers_button(const View& view, Ui& ui, ImVec2 size, Commands& out) {
  ImGui::PushFont(font(Font::kCaption));
  const float padding = (size.y - ImGui::GetFontSize()) / 2;
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(2), padding});
  layers_button(view, ui, size.x, out);
  ImGui::PopStyleVar();
  ImGui::PopFont();
}

constexpr Move kMirror{.about = {}, .by = {}, .flipped = true};
constexpr Move kUpsideDown{
    .about = {}, .by = {}, .turn = std::numbers::pi_v<float>, .flipped = true};

void move_settings(const View& view, Ui& ui, Commands& out) {
  const bool held = layer_in_hand(view, ui);
  caption(held ? "Drag it, its corners, or the knob above it."
               : "Draw around something, then drag it. Alt leaves a copy behind.");
  const float half = (ImGui::GetContentRegionAvail().x - px(4)) / 2;
  if (plain_button("Mirror", half, held)) move_in_hand(view, ui, kMirror, "mirroring", out);
  tooltip("Left becomes right.", "X");
  ImGui::SameLine(0, px(4));
  if (plain_button("Flip", half, held)) move_in_hand(view, ui, kUpsideDown, "flipping", out);
  tooltip("Top becomes bottom.", "Shift+X");
}

constexpr std::array kWishLabels = {"Sketch", "Color", "Mirror"};  // In the order of WishKind.
static_assert(kWishLabels.size() == kWishes.size());
const std::array<std::string, kWishes.size()> kWishHelp = {
    "From afar it is to look as it looks now, also as it is painted: the mean of each square "
    "stays.",
    "Its mean is to be this color.", "Left and right are to be mirror images."};

void wish_settings(Ui& ui, int channels, bool roomy) {
  int kind = int(ui.wish);
  if (segments("wish", kind, kWishLabels, -1, kWishHelp)) ui.wish = WishKind(kind);
  if (ui.wish == WishKind::kColor) color_settings(ui.brush.color, channels, roomy);
  if (ui.wish != WishKind::kSketch) return;
  float side = float(ui.coarse);
  one_slider(roomy, "Squares", side, {1, 14}, "%.0f px",
             "Of so many pixels each: the larger, the more is left to the model.");
  ui.coarse = int(std::lround(side));
}

void stamp_settings(Ui& ui) {
  caption(ui.source ? text_of("From ", ui.source->words, ".")
                    : "Alt+click in any picture, at any step: what is there is stamped.");
  const Picture& real = ui.lab.test;
  if (plain_button("Real picture", -1, bool(real)))
    take_stamp(ui, image_of(real), std::nullopt, text_of("real picture ", ui.lab.test_index));
  tooltip("The real picture that the Lab (F3) looks at, each of its pixels in its place.");
}

}  // namespace

void move_keys(const View& view, Ui& ui, Commands& out) {
  if (ui.tool != Tool::kMove || !layer_in_hand(view, ui)) return;
  const bool shift = ImGui::GetIO().KeyShift;
  if (key_pressed(Key('X')))
    move_in_hand(view, ui, shift ? kUpsideDown : kMirror, shift ? "flipping" : "mirroring", out);
  constexpr float kGrow = 1.05f, kTurn = std::numbers::pi_v<float> / 36;
  const int steps = int(key_pressed(Key(']'), true)) - int(key_pressed(Key('['), true));
  if (steps == 0) return;
  Move move;
  if (shift)
    move.turn = kTurn * float(steps);
  else
    move.scale = steps > 0 ? kGrow : 1 / kGrow;
  move_in_hand(view, ui, move, shift ? "turning" : "scaling", out);
}

void tool_buttons(const View& view, Ui& ui, bool roomy, Commands& out) {
  const int tool = sign_rows(kTools, int(ui.tool), roomy, [](int) { return true; });
  if (tool >= 0) take(ui, Tool(tool));
  const ToolInfo& held = info_of(ui.tool);
  const bool shaped = held.layer || !held.shapes.empty();
  const int shape = sign_rows(kShapeTools, shaped ? int(ui.shape) : -1, roomy,
                              [&](int i) { return !shaped || can_have(held, ShapeTool(i)); });
  if (shape >= 0) take(ui, ShapeTool(shape));
  ImGui::SameLine(0, px(6));
  const float room = ImGui::GetContentRegionAvail().x;
  if (!roomy || layer_count(view, ui) > 0)
    small_layers_button(view, ui, {room, sign_height(roomy)}, out);
  else if (shaped)
    name_of_hand(ui, room);
  else
    ImGui::NewLine();
}

void tool_settings(const View& view, Ui& ui, bool roomy, Commands& out) {
  const ToolInfo& tool = info_of(ui.tool);
  if (ui.tool == Tool::kMove) return move_settings(view, ui, out);
  if (!tool.layer) return caption(tool.help);
  if (ui.tool == Tool::kStamp) stamp_settings(ui);
  if (ui.tool == Tool::kRewind) rewind_settings(view, ui);
  if (ui.tool == Tool::kRegion) region_settings(view, ui);
  Brush& brush = brush_of(ui);
  const int channels = channels_here(view, ui);
  const bool strokes = is_stroke(ui.shape);
  if (ui.tool == Tool::kPaint) {
    if (roomy && strokes && channels == 1) brush_sample(brush, channels);
    color_settings(brush.color, channels, roomy);
  }
  if (ui.tool == Tool::kWish) wish_settings(ui, channels, roomy);
  if (strokes) {
    one_slider(roomy, "Size", brush.size, kBrushSize, "%.0f",
               "Diameter in pixels of the picture. Keys [ and ], or Ctrl+wheel.");
    one_slider(roomy, "Softness", brush.softness, kBrushShare, "%.2f",
               "How much of the radius fades out: 0 is a hard edge. Shift with [ and ].");
  }
  if (ui.shape == ShapeTool::kFill)
    one_slider(roomy, "Tolerance", ui.tolerance, kFillTolerance, "%.2f",
               "How much a pixel may differ from where you press, from -1 (black) to 1 (white), to "
               "be filled as well. Keys [ and ].");
  one_slider(roomy, "Strength", brush.strength, kBrushShare, "%.2f",
             "How much of it there is where it covers fully: 1 hides what was there.");
}

}  // namespace stepwise::app
