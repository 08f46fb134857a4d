#include "widgets/icons.h"

#include <imgui.h>

#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>

#include "widgets/pushed.h"
#include "widgets/theme.h"

namespace stepwise::app {
namespace {

constexpr float kTurn = 2 * std::numbers::pi_v<float>;

// Draws in a square from (-1, -1) to (1, 1).
class Pen {
 public:
  Pen(ImDrawList& list, ImVec2 middle, float side, ImU32 ink)
      : list_(list), middle_(middle), half_(side / 2), ink_(ink), width_(px(1.5f)) {}

  void line(std::initializer_list<ImVec2> points, bool closed = false) {
    path(points);
    list_.PathStroke(ink_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width_);
  }
  void shape(std::initializer_list<ImVec2> points) {
    path(points);
    list_.PathFillConvex(ink_);
  }
  // A part of a circle, in shares of a turn from the right, clockwise.
  void arc(ImVec2 centre, float radius, float from, float to) {
    list_.PathArcTo(at(centre), radius * half_, from * kTurn, to * kTurn, 20);
    list_.PathStroke(ink_, ImDrawFlags_None, width_);
  }
  void disc(ImVec2 centre, float radius) {
    list_.AddCircleFilled(at(centre), radius * half_, ink_, 24);
  }
  void bar(ImVec2 min, ImVec2 max, float opacity = 1) {
    list_.AddRectFilled(at(min), at(max), faded(ink_, opacity));
  }
  void curve(ImVec2 a, ImVec2 b, ImVec2 c, ImVec2 d) {
    list_.AddBezierCubic(at(a), at(b), at(c), at(d), ink_, width_, 20);
  }
  // A head at `tip`, pointing away from the middle of the sign.
  void head(ImVec2 tip) {
    const ImVec2 back{tip.x * 0.6f, tip.y * 0.6f}, side{tip.y * 0.34f, -tip.x * 0.34f};
    shape({tip, {back.x + side.x, back.y + side.y}, {back.x - side.x, back.y - side.y}});
  }

 private:
  ImVec2 at(ImVec2 p) const { return {middle_.x + p.x * half_, middle_.y + p.y * half_}; }
  void path(std::initializer_list<ImVec2> points) {
    list_.PathClear();
    for (const ImVec2& p : points) list_.PathLineTo(at(p));
  }

  ImDrawList& list_;
  ImVec2 middle_;
  float half_;
  ImU32 ink_;
  float width_;
};

void cross_of_arrows(Pen& pen) {
  pen.line({{-0.8f, 0}, {0.8f, 0}});
  pen.line({{0, -0.8f}, {0, 0.8f}});
  for (const ImVec2 tip : {ImVec2{1, 0}, ImVec2{-1, 0}, ImVec2{0, 1}, ImVec2{0, -1}}) pen.head(tip);
}

void eye(Pen& pen) {
  pen.curve({-1, 0}, {-0.4f, -0.85f}, {0.4f, -0.85f}, {1, 0});
  pen.curve({-1, 0}, {-0.4f, 0.85f}, {0.4f, 0.85f}, {1, 0});
}

void star(Pen& pen) {
  std::array<ImVec2, 10> p;
  for (int i = 0; i < 10; ++i) {
    const float radius = i % 2 == 0 ? 1.f : 0.42f, angle = kTurn * (float(i) / 10 - 0.25f);
    p[std::size_t(i)] = {radius * std::cos(angle), radius * std::sin(angle)};
  }
  pen.line({p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9]}, true);
}

// In the order of the enumeration.
constexpr std::array<void (*)(Pen&), kIconCount> kIcons = {
    // Paint. A drop.
    [](Pen& pen) {
      pen.disc({0, 0.3f}, 0.62f);
      pen.shape({{0, -1}, {0.53f, 0.02f}, {-0.53f, 0.02f}});
    },
    // Stamp.
    [](Pen& pen) {
      pen.disc({0, -0.6f}, 0.36f);
      pen.shape({{-0.18f, -0.4f}, {0.18f, -0.4f}, {0.26f, 0.3f}, {-0.26f, 0.3f}});
      pen.bar({-0.9f, 0.2f}, {0.9f, 0.55f});
      pen.line({{-0.9f, 0.9f}, {0.9f, 0.9f}});
    },
    // Smudge.
    [](Pen& pen) {
      pen.disc({-0.55f, -0.3f}, 0.4f);
      for (const float y : {-0.3f, 0.15f, 0.6f})
        pen.curve({-0.4f, y}, {0.1f, y - 0.4f}, {0.4f, y + 0.5f}, {1, y + 0.1f});
    },
    // Lock.
    [](Pen& pen) {
      pen.bar({-0.75f, -0.1f}, {0.75f, 0.95f});
      pen.arc({0, -0.25f}, 0.5f, 0.5f, 1);
      pen.line({{-0.5f, -0.25f}, {-0.5f, 0}});
      pen.line({{0.5f, -0.25f}, {0.5f, 0}});
    },
    // Eraser.
    [](Pen& pen) {
      pen.line({{-0.2f, 0.7f}, {-0.9f, 0}, {0.2f, -0.9f}, {0.95f, -0.2f}, {0.05f, 0.7f}}, true);
      pen.shape({{-0.2f, 0.7f}, {-0.9f, 0}, {-0.35f, -0.45f}, {0.42f, 0.32f}, {0.05f, 0.7f}});
      pen.line({{-0.6f, 0.95f}, {0.95f, 0.95f}});
    },
    // Move.
    [](Pen& pen) {
      pen.line({{-1, -1}, {0.35f, -1}, {0.35f, 0.35f}, {-1, 0.35f}}, true);
      pen.line({{0, 0}, {0.85f, 0.85f}});
      pen.shape({{1, 1}, {0.35f, 0.85f}, {0.85f, 0.35f}});
    },
    // Hand.
    [](Pen& pen) { cross_of_arrows(pen); },
    // Rewind.
    [](Pen& pen) {
      pen.shape({{-1, 0}, {-0.05f, -0.7f}, {-0.05f, 0.7f}});
      pen.shape({{0, 0}, {0.95f, -0.7f}, {0.95f, 0.7f}});
    },
    // Region. A label on a string.
    [](Pen& pen) {
      pen.line({{-0.95f, -0.95f}, {0.05f, -0.95f}, {0.95f, 0}, {0, 0.95f}, {-0.95f, 0.05f}}, true);
      pen.disc({-0.45f, -0.45f}, 0.2f);
    },
    // Wish.
    [](Pen& pen) { star(pen); },
    // Brush.
    [](Pen& pen) {
      pen.line({{0.95f, -0.95f}, {0, 0.1f}});
      pen.shape({{0.15f, 0.3f}, {-0.25f, -0.1f}, {-0.75f, 0.3f}, {-0.95f, 0.95f}, {-0.25f, 0.85f}});
    },
    // Line.
    [](Pen& pen) {
      pen.line({{-0.75f, 0.75f}, {0.75f, -0.75f}});
      pen.disc({-0.75f, 0.75f}, 0.22f);
      pen.disc({0.75f, -0.75f}, 0.22f);
    },
    // Rectangle.
    [](Pen& pen) {
      pen.line({{-0.95f, -0.7f}, {0.95f, -0.7f}, {0.95f, 0.7f}, {-0.95f, 0.7f}}, true);
    },
    // Lasso.
    [](Pen& pen) {
      pen.curve({-0.5f, 0.35f}, {-1.5f, -0.4f}, {-0.4f, -1.1f}, {0.3f, -0.85f});
      pen.curve({0.3f, -0.85f}, {1.3f, -0.6f}, {1.1f, 0.5f}, {-0.5f, 0.35f});
      pen.curve({-0.5f, 0.35f}, {-0.1f, 0.6f}, {-0.3f, 1}, {-0.8f, 0.95f});
    },
    // Fill. A bucket, tilted, and what runs out of it.
    [](Pen& pen) {
      pen.line({{-0.95f, 0.1f}, {-0.1f, -0.75f}, {0.65f, 0}, {-0.2f, 0.85f}}, true);
      pen.shape({{-0.95f, 0.1f}, {0.65f, 0}, {-0.2f, 0.85f}});
      pen.disc({0.8f, 0.65f}, 0.24f);
    },
    // Gradient.
    [](Pen& pen) {
      for (int i = 0; i < 4; ++i)
        pen.bar({-0.95f + 0.48f * float(i), -0.75f}, {-0.47f + 0.48f * float(i), 0.75f},
                1 - 0.29f * float(i));
      pen.line({{-0.95f, -0.75f}, {0.95f, -0.75f}, {0.95f, 0.75f}, {-0.95f, 0.75f}}, true);
    },
    // Everywhere.
    [](Pen& pen) {
      pen.bar({-0.95f, -0.75f}, {0.95f, 0.75f});
    },
    // Eye.
    [](Pen& pen) {
      eye(pen);
      pen.disc({0, 0}, 0.3f);
    },
    // NoEye.
    [](Pen& pen) {
      eye(pen);
      pen.line({{-0.8f, 0.8f}, {0.8f, -0.8f}});
    },
};

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 middle, float side, ImU32 ink) {
  Pen pen(list, middle, side, ink);
  kIcons[std::size_t(icon)](pen);
}

bool icon_button(const char* id, Icon icon, ImVec2 size, bool chosen, bool enabled) {
  const Pushed pushed{{ImGuiCol_Text, IM_COL32_BLACK_TRANS},  // The sign stands for the words.
                      {ImGuiCol_Button, chosen ? colors.chosen : colors.raised},
                      {ImGuiCol_ButtonHovered, chosen ? colors.chosen : colors.hovered},
                      {ImGuiCol_Border, chosen ? colors.accent : colors.edge}};
  ImGui::BeginDisabled(!enabled);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = ImGui::Button(id, size);
  ImGui::EndDisabled();
  const ImU32 ink = !enabled ? faded(colors.dim, 0.4f) : chosen ? colors.text : colors.dim;
  draw_icon(*ImGui::GetWindowDrawList(), icon, {at.x + size.x / 2, at.y + size.y / 2},
            std::fmin(size.x, size.y) * 0.56f, ink);
  return pressed && enabled;
}

}  // namespace stepwise::app
