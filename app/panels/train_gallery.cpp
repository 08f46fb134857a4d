#include <algorithm>
#include <cmath>

#include "panels/train_parts.h"
#include "widgets/controls.h"
#include "widgets/keys.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr int kAcross = 10;          // A column for each class, as they are dealt.
constexpr float kLeastGallery = 96;  // Points.
constexpr double kPace = 0.15;       // Seconds that each gallery is seen while they play.

std::string when(const Gallery& gallery) {
  return "step " + format_count(gallery.step) + ", " + format_duration(gallery.seconds);
}

// Where tiles stand.
struct Tiles {
  int columns = 1;
  float size = 0, pitch = 0;
};

// In as many columns as let them be largest.
Tiles tiles_for(int count, ImVec2 room) {
  const float gap = px(2);
  Tiles best;
  for (int columns = 1; columns <= std::min(std::max(count, 1), kAcross); ++columns) {
    const int rows = (count + columns - 1) / columns;
    const float pitch = std::floor(
        std::min((room.x + gap) / float(columns), (room.y + gap) / float(std::max(rows, 1))));
    if (pitch - gap >= best.size) best = {columns, pitch - gap, pitch};
  }
  return best;
}

// Which of them is shown.
int shown_of(const Training& training, const TrainUi& ui) {
  const int newest = int(training.galleries.size()) - 1;
  return ui.gallery < 0 ? newest : std::min(ui.gallery, newest);
}

// The newest is followed.
void show_gallery(const Training& training, TrainUi& ui, int which) {
  const int newest = int(training.galleries.size()) - 1;
  ui.gallery = which >= newest ? -1 : std::max(0, which);
}

// From the beginning, where there is nothing to come.
void toggle_gallery(const Training& training, TrainUi& ui) {
  ui.playing = !ui.playing && training.galleries.size() > 1;
  ui.since = ImGui::GetTime();
  if (ui.playing && ui.gallery < 0) show_gallery(training, ui, 0);
}

void play_gallery(const Training& training, TrainUi& ui) {
  if (!ui.playing || ImGui::GetTime() < ui.since + kPace) return;
  ui.since = ImGui::GetTime();
  show_gallery(training, ui, shown_of(training, ui) + 1);
  ui.playing = ui.gallery >= 0;
}

// Over all pictures: a press enlarges them, and each says what it was asked to show.
void gallery_mouse(const std::string& under, ImVec2 from, ImVec2 size, TrainUi& ui) {
  ImGui::SetCursorScreenPos(from);
  const bool large = ui.enlarged == Enlarged::kGallery;
  if (ImGui::InvisibleButton("gallery", size))
    ui.enlarged = large ? Enlarged::kNothing : Enlarged::kGallery;
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const std::string words = under.empty() ? "Always the same noise." : under;
  tooltip(
      (words + (large ? "\nPress to see the curves again." : "\nPress to see it large.")).c_str(),
      large ? "Esc" : nullptr);
}

// Frames where pictures will be, before there are any.
void grid(const View& view, const Gallery& gallery, TrainUi& ui, PictureRenderer& pictures,
          float height) {
  const auto asked_for =
      view.training.started ? view.training.started->gallery : std::vector<Condition>{};
  const int count = gallery.pictures ? gallery.pictures->count() : int(asked_for.size());
  const float width = ImGui::GetContentRegionAvail().x;
  const Tiles tiles = tiles_for(count, {width, std::max(height, px(kLeastGallery))});
  const float spare = width - float(tiles.columns) * tiles.pitch;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = at.x + std::round(std::max(0.f, spare / 2));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  std::string under;
  for (int i = 0; i < count; ++i) {
    const ImVec2 min{left + float(i % tiles.columns) * tiles.pitch,
                     at.y + float(i / tiles.columns) * tiles.pitch};
    const ImVec2 max{min.x + tiles.size, min.y + tiles.size};
    draw_or_blank(list, pictures, {.plus = {gallery.pictures, i}}, min, max, colors.panel);
    if (i < int(asked_for.size()) && ImGui::IsMouseHoveringRect(min, max))
      under = class_name(view, view.training.job, asked_for[std::size_t(i)]);
  }
  const int rows = (count + tiles.columns - 1) / tiles.columns;
  if (count > 0) gallery_mouse(under, at, {width, float(rows) * tiles.pitch}, ui);
}

constexpr float kPlay = 56;  // Points of the button.

void time_row(const Training& training, TrainUi& ui) {
  const int newest = int(training.galleries.size()) - 1;
  int shown = shown_of(training, ui);
  if (plain_button(ui.playing ? "Stop##play" : "Play##play", px(kPlay), newest > 0))
    toggle_gallery(training, ui);
  tooltip("From the first pictures to the newest.", "Space");
  const std::string words = when(training.galleries[std::size_t(shown)]);
  const float gap = px(12);
  ImGui::SameLine(0, gap);
  const float width = ImGui::GetContentRegionAvail().x;
  const float told = std::min(ImGui::CalcTextSize(words.c_str()).x + gap, width / 2);
  if (slider("Time", shown, {0, std::max(newest, 1)}, "", width - told, false, 0)) {
    ui.playing = false;
    show_gallery(training, ui, shown);
  }
  tooltip(
      "Back through training time: the same noise, drawn by earlier weights. At the right end it "
      "follows the newest.",
      "Left, Right");
  ImGui::SameLine(0, gap);
  text(shortened(words, told - gap));
}

}  // namespace

void gallery_keys(const Training& training, TrainUi& ui) {
  if (training.galleries.empty()) return;
  if (key_pressed(Key(ImGuiKey_Space))) toggle_gallery(training, ui);
  const int shown = shown_of(training, ui);
  const auto go = [&](int which) {
    ui.playing = false;
    show_gallery(training, ui, which);
  };
  if (key_pressed(Key(ImGuiKey_LeftArrow), true)) go(shown - 1);
  if (key_pressed(Key(ImGuiKey_RightArrow), true)) go(shown + 1);
  if (key_pressed(Key(ImGuiKey_Home))) go(0);
  if (key_pressed(Key(ImGuiKey_End))) go(int(training.galleries.size()));
}

void training_gallery(const View& view, TrainUi& ui, PictureRenderer& pictures, float height) {
  const Training& training = view.training;
  const float row = ImGui::GetFrameHeight() + ImGui::GetStyle().ItemSpacing.y;
  if (training.galleries.empty()) {
    if (training.started) grid(view, {}, ui, pictures, height - row);
    ImGui::AlignTextToFramePadding();
    return text("Pictures from always the same noise appear here as the model learns.", colors.dim,
                Font::kCaption, true);
  }
  play_gallery(training, ui);
  grid(view, training.galleries[std::size_t(shown_of(training, ui))], ui, pictures, height - row);
  time_row(training, ui);
}

namespace {

// Small pictures in a column so wide: four to six in a row.
Tiles small_tiles(int count, float width) {
  const float gap = px(2);
  const int columns = std::clamp(int(width / px(30)), 2, 6);
  const float size = std::floor((width + gap) / float(columns)) - gap;
  return {std::min(columns, std::max(1, count)), size, size + gap};
}

int count_of(const View& view, int most) {
  const auto& galleries = view.training.galleries;
  const Pictures pictures = galleries.empty() ? Pictures{} : galleries.back().pictures;
  return pictures ? std::min(most, pictures->count()) : 0;
}

}  // namespace

float newest_gallery_height(const View& view, float width, int most) {
  const int count = count_of(view, most);
  if (count == 0) return 0;
  const Tiles tiles = small_tiles(count, width);
  const float words = font(Font::kCaption)->FontSize + ImGui::GetStyle().ItemSpacing.y;
  return words + float((count + tiles.columns - 1) / tiles.columns) * tiles.pitch;
}

void newest_gallery(const View& view, Ui& ui, PictureRenderer& pictures, int most) {
  const int count = count_of(view, most);
  if (count == 0) return;
  const Gallery& gallery = view.training.galleries.back();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::PushFont(font(Font::kCaption));
  const std::string words = shortened("Training, step " + format_count(gallery.step), width);
  ImGui::PopFont();
  text(words, colors.dim, Font::kCaption);
  const Tiles tiles = small_tiles(count, width);
  const ImVec2 from = ImGui::GetCursorScreenPos();
  for (int i = 0; i < count; ++i) {
    const ImVec2 min{from.x + float(i % tiles.columns) * tiles.pitch,
                     from.y + float(i / tiles.columns) * tiles.pitch};
    pictures.draw(*ImGui::GetWindowDrawList(), {.plus = {gallery.pictures, i}}, min,
                  {min.x + tiles.size, min.y + tiles.size});
  }
  const int rows = (count + tiles.columns - 1) / tiles.columns;
  if (ImGui::InvisibleButton("newest gallery", {width, float(rows) * tiles.pitch}))
    ui.workspace = "train";
  tooltip("What the model in training draws by now.", "Press to see it large (F2)");
}

}  // namespace stepwise::app
