// The few controls all panels are made of, so that labels align and explanations stand where they
// are needed. A row has its label at the left and the control after it up to the right edge; what
// it is for is told while the mouse rests over either. Items are called by their label
// (ImGui::GetID(label)). Window thread only.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "range.h"
#include "widgets/theme.h"

namespace stepwise::app {

// A heading above a group of rows, with space before it except at the top.
void heading(const char* words);

// Text in a font and a color; wrapped where `wrapped`.
void text(std::string_view text, ImU32 color = colors.text, Font font = Font::kBody,
          bool wrapped = false);
inline void caption(std::string_view words, ImU32 color = colors.dim) {
  text(words, color, Font::kCaption, true);
}

// The words themselves, or as many letters of them as have room in the current font: the first
// ones, or the last where it is their end that tells them apart.
std::string shortened(std::string words, float width, bool keep_end = false);

// With a line's end for each space where no further word has room, in the current font. (Dear ImGui
// itself would break "1.5" after the point.)
std::string in_lines(std::string words, float width);

// Seconds that the mouse rests before anything is explained.
inline constexpr double kTooltipRest = 0.5;

// Shows `help`, and the key that does the same, once the mouse has come to rest over the last item,
// or over that rectangle of the window: beside the column it stands in, or above it, so that
// nothing which could be pressed next is covered.
void tooltip(const char* help, const char* key = nullptr);
void tooltip_over(ImVec2 min, ImVec2 max, const char* help, const char* key = nullptr);
// The same at once, for what stands at that place.
void tooltip_now(ImVec2 place, const char* help);
// Help with a name and a formula above it, the formula in larger type.
std::string with_formula(std::string_view name, std::string_view formula, std::string_view help);

// Puts the label of a row, leaves the cursor and the item width ready for the control, and explains
// both. Use as: begin_row(label); ImGui::X("##x", ...); end_row(help);
void begin_row(const char* label);
void end_row(const char* help, const char* key = nullptr);

// Points of a row that are for the value, and for a value with a long unit.
inline constexpr float kValueWidth = 48, kUnitWidth = 94;

// For an int, a float or a double; `format` as for printf. The number at the right can be typed.
template <class T>
bool slider_row(const char* label, T& value, Range<T> range, const char* format, const char* help,
                bool logarithmic = false, float value_width = kValueWidth);
// The slider of these rows by itself, so many pixels wide: an int or a double.
template <class T>
bool slider(const char* label, T& value, Range<T> range, const char* format, float width,
            bool logarithmic = false, float value_width = kValueWidth);
// The same in a narrow column: the label above.
bool tall_slider(const char* label, float& value, Range<float> range, const char* format,
                 const char* help);
// And the label before it, in a column that is low as well.
bool narrow_slider(const char* label, float& value, Range<float> range, const char* format,
                   const char* help);
// A menu. The entries of a group, from `first` on, stand below its name; `words`, where they are
// given, behind each entry.
struct ChoiceGroup {
  int first = 0;
  const char* name;
};
bool choice_row(const char* label, int& value, std::span<const std::string> names, const char* help,
                std::span<const ChoiceGroup> groups = {}, std::span<const std::string> words = {});
bool check_row(const char* label, bool& value, const char* help);
bool seed_row(const char* label, std::uint64_t& value,
              const char* help);  // With a button for another one.

// Buttons: the one that acts (accent), the others. Width 0: as wide as the text; below 0: up to the
// right edge.
bool primary_button(const char* label, float width = 0, bool enabled = true);
bool plain_button(const char* label, float width = 0, bool enabled = true);

// Neighbouring buttons of which one is chosen, filling `width`. True when the choice changed.
// `help`, where it is given: what each is for.
bool segments(const char* id, int& chosen, std::span<const char* const> labels, float width,
              std::span<const std::string> help = {});

// A place for the mouse alone, where a key could not say which point of it is meant.
void mouse_area(const char* id, ImVec2 size,
                ImGuiButtonFlags buttons = ImGuiButtonFlags_MouseButtonLeft);
// Whether the mouse moved with that button down. A move that led to the press, in the same frame,
// is none.
bool drags(ImGuiMouseButton button);

// A thin bar as wide as there is room; the same with text above it.
void bar(float fraction);
void progress_bar(float fraction, const char* left, const char* right);

}  // namespace stepwise::app
