#include "widgets/form.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

std::string hidden(const char* label) { return std::string("##") + label; }

// A line of the caption font over `width`: one text at its left, one at its right, which goes
// first.
void line(const std::string& left, const std::string& right, float width) {
  ImDrawList& draw = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetTextLineHeight();
  const float from = at.x + width - ImGui::CalcTextSize(right.c_str()).x;
  draw.PushClipRect(at, {from - px(4), at.y + height}, true);
  draw.AddText(at, colors.dim, left.c_str());
  draw.PopClipRect();
  draw.AddText({std::round(from), at.y}, colors.text, right.c_str());
  ImGui::Dummy({width, height});
}

}  // namespace

bool text_row(const char* label, std::string& value, const char* hint, const char* help) {
  begin_row(label);
  const bool entered = ImGui::InputTextWithHint(hidden(label).c_str(), hint, &value,
                                                ImGuiInputTextFlags_EnterReturnsTrue);
  end_row(help);
  return entered;
}

void value_row(const char* label, const std::string& value, const char* help, ImU32 color) {
  // Nothing to press here: rows of text may stand closer together than controls.
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {ImGui::GetStyle().FramePadding.x, 0});
  begin_row(label);
  const float free = ImGui::CalcItemWidth() - ImGui::CalcTextSize(value.c_str()).x;
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.f, free));
  text(value, color);
  end_row(help);
  ImGui::PopStyleVar();
}

bool fold_row(const char* label, bool& open, const std::string& note) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = ImGui::GetFrameHeight();
  const Pushed pushed{{ImGuiCol_Button, IM_COL32_BLACK_TRANS},
                      {ImGuiCol_Border, IM_COL32_BLACK_TRANS},
                      {ImGuiCol_Text, IM_COL32_BLACK_TRANS}};  // It is drawn beside its sign.
  if (ImGui::Button(label, {width, height})) open = !open;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = ImGui::IsItemHovered() ? colors.text : colors.dim;
  const float side = px(4), middle = at.y + height / 2;
  const auto corner = [&](float along, float across) {
    return open ? ImVec2{at.x + side + across, middle + along}
                : ImVec2{at.x + side + along, middle + across};
  };
  list.AddTriangleFilled(corner(side / 2, 0), corner(-side / 2, -side), corner(-side / 2, side),
                         ink);
  const float y = std::round(middle - ImGui::GetFontSize() / 2);
  list.AddText({at.x + px(16), y}, ink, label);
  const float words = std::round(middle - font(Font::kCaption)->FontSize / 2);
  draw_text(list, {at.x + width - width_of(note.c_str(), Font::kCaption), words}, Font::kCaption,
            colors.accent, note.c_str());
  return open;
}

void picture_tile(PictureRenderer& pictures, const Shown& shown, float size,
                  const std::string& caption, const std::string& note, const char* help) {
  ImGui::BeginGroup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, px(4)});
  ImGui::PushFont(font(Font::kCaption));
  if (!caption.empty()) line(caption, note, size);
  ImGui::PopFont();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max{min.x + size, min.y + size};
  draw_or_blank(*ImGui::GetWindowDrawList(), pictures, shown, min, max, faded(colors.line, 0.5f));
  ImGui::Dummy({size, size});
  ImGui::PopStyleVar();
  ImGui::EndGroup();
  if (help) tooltip(help);
}

}  // namespace stepwise::app
