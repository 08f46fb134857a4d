#include "panels/tour.h"

#include <algorithm>
#include <cmath>

#include "panels/panels.h"
#include "view/follow.h"
#include "widgets/controls.h"
#include "widgets/keys.h"

namespace stepwise::app {
namespace {

constexpr float kBarAbove = 48, kBarBelow = 32;  // Points of the window that are the bars'.
constexpr double kStillNoise = 6, kHalf = 1;     // Noise levels at which scenes are set.

// Paint, unfolded, at a step of the branch that is shown there.
void set_paint(const View& view, Ui& ui, Quantity layer, int step) {
  ui.workspace = kWorkspaces.front().id;
  ui.folded = ui.large_grid = false;
  ui.sweep = -1;
  ui.quantity = layer;
  ui.camera = {};
  go_to(view, ui, step);
}

// The first step of no more noise than that.
int step_of(const View& view, const Ui& ui, double sigma) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  if (!branch) return 0;
  const auto& sigmas = branch->start.sigmas;
  return int(std::ranges::find_if(sigmas, [&](double s) { return s <= sigma; }) - sigmas.begin());
}

// By hand, and not along with frames that come.
bool playhead_is_at(const View& view, const Ui& ui, int step) {
  const Branch* branch = find_branch(view, ui.playhead.branch);
  return branch && branch->done() && !ui.follow.moving && ui.playhead.step == step;
}

bool has_new_edit(const View& view, const Ui& ui) {
  return std::ranges::any_of(view.branches, [&](const Branch& branch) {
    return branch.start.id > ui.tour.newest && !branch.start.layers.empty();
  });
}

void set_train(Ui& ui) {
  ui.workspace = "train";
  ui.folded = false;
  ui.train.recipe = Recipe{};  // The quickest.
  ui.train.enlarged = Enlarged::kNothing;
}

}  // namespace

const std::array<Scene, kSceneCount> kScenes = {
    Scene{"noise", "Noise",
          "This is a finished picture: no noise is on it, σ is 0. At the other end of its steps "
          "there is nothing but noise, and there every picture begins.",
          "Drag the mark on the ruler below to the left end.",
          "Pure noise. How much it is, σ, stands over the picture.", false,
          [](const View& view, Ui& ui) {
            set_paint(view, ui, Quantity::kNoisy, last_step(view, ui));
          },
          [](const View& view, const Ui& ui) { return playhead_is_at(view, ui, 0); }},
    Scene{"guess", "Guess",
          "To you this is hardly more than noise. The model looks at it and says which clean "
          "picture it sees: its guess, D.",
          "Choose Guess above the picture, or press 2.",
          "It is soft, for it is the mean of all pictures that this could be.", false,
          [](const View& view, Ui& ui) {
            set_paint(view, ui, Quantity::kNoisy, step_of(view, ui, kStillNoise));
          },
          [](const View&, const Ui& ui) { return ui.quantity == Quantity::kGuess; }},
    Scene{"steps", "Steps",
          "A step takes the noisy picture a little towards the guess, and the model guesses again. "
          "Outlines come first, details last.",
          "Press Space and watch, or hold the Right key down.",
          "Finished. All steps are still there: go back to any of them.", false,
          [](const View& view, Ui& ui) { set_paint(view, ui, Quantity::kGuess, 0); },
          [](const View& view, const Ui& ui) {
            return playhead_is_at(view, ui, last_step(view, ui));
          }},
    Scene{"edit", "Edit",
          "Half-way, what it will be is not decided. Paint on the guess, and the model goes on as "
          "if that had been its own.",
          "Paint something, then press R.",
          "A branch of its own, below. Up and Down compare it with the first.", false,
          [](const View& view, Ui& ui) {
            set_paint(view, ui, Quantity::kGuess, step_of(view, ui, kHalf));
            take(ui, Tool::kPaint);
            take(ui, ShapeTool::kBrush);
          },
          has_new_edit},
    Scene{"training", "Training",
          "A model learns by taking noise off real pictures, again and again. Its own are rags "
          "first; after a few minutes you can tell what they are.",
          "Press Start training, above. It can be stopped at any time.",
          "A run has begun. Its pictures come here, and you can paint meanwhile.", true,
          [](const View&, Ui& ui) { set_train(ui); },
          [](const View& view, const Ui& ui) {
            return view.training.running || view.training.job != ui.tour.training;
          }},
};

void show_scene(Ui& ui, int scene) {
  const bool shown = scene >= 0 && scene < kSceneCount;
  ui.tour = {.scene = shown ? scene : -1, .known = true};
}

void leave_tour(Ui& ui) { show_scene(ui, -1); }

bool offers_tour(const Ui& ui) { return !ui.tour.known && ui.forks == 0; }

namespace {

void look_at(const View& view, Ui& ui, const Scene& scene) {
  TourUi& tour = ui.tour;
  if (!tour.entered) {
    tour.newest = view.branches.empty() ? -1 : view.branches.back().start.id;
    tour.training = view.training.job;
    scene.enter(view, ui);
    tour.done = tour.already = scene.done(view, ui);
    tour.entered = true;
  }
  tour.done = tour.done || scene.done(view, ui);
}

// One for each scene, this one's filled.
void dots(int scene) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float radius = px(3), pitch = px(13);
  for (int i = 0; i < kSceneCount; ++i) {
    const ImVec2 middle{at.x + radius + pitch * float(i), at.y + radius};
    if (i == scene)
      list.AddCircleFilled(middle, radius, colors.accent, 16);
    else
      list.AddCircle(middle, radius, colors.edge, 16, px(1));
  }
  ImGui::Dummy({pitch * kSceneCount, 2 * radius});
}

constexpr float kRing = 7;  // Its radius in points.
float task_indent() { return px(2 * kRing) + px(8); }

std::string after_words(const Scene& scene, bool already) {
  return text_of(already ? "That is so already. " : "", scene.after);
}

// Of the words of any scene: the buttons stay where they are from one to the next.
float words_height(float width) {
  const auto height = [](const std::string& words, float wrap) {
    return ImGui::CalcTextSize(in_lines(words, wrap).c_str()).y;
  };
  float most = 0;
  for (const Scene& scene : kScenes) {
    const float wrap = width - task_indent();
    const float told = std::max(height(scene.task, wrap), height(after_words(scene, true), wrap));
    most = std::max(most, height(scene.words, width) + told);
  }
  return most + 2 * ImGui::GetStyle().ItemSpacing.y;
}

// What is to be done behind a ring, which is full and ticked once it has been.
void task(const TourUi& tour, const Scene& scene) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float radius = px(kRing);
  const ImVec2 middle{at.x + radius, at.y + ImGui::GetFontSize() / 2 + px(1)};
  if (tour.done) {
    list.AddCircleFilled(middle, radius, colors.good, 24);
    const ImVec2 tick[] = {{middle.x - px(3), middle.y},
                           {middle.x - px(1), middle.y + px(3)},
                           {middle.x + px(4), middle.y - px(3)}};
    list.AddPolyline(tick, 3, colors.popup, 0, px(2));
  } else {
    list.AddCircle(middle, radius, colors.accent, 24, px(2));
  }
  ImGui::SetCursorScreenPos({at.x + task_indent(), at.y});
  ImGui::BeginGroup();
  text(tour.done ? after_words(scene, tour.already) : scene.task, colors.text, Font::kBody, true);
  ImGui::EndGroup();
}

void buttons(Ui& ui) {
  const int scene = ui.tour.scene;
  const bool last = scene + 1 == kSceneCount, done = ui.tour.done;
  const float gap = px(6);
  const float width = std::floor((ImGui::GetContentRegionAvail().x - 2 * gap) / 3);
  const char* next = last ? "Finish" : "Next";
  if (plain_button("Leave", width)) leave_tour(ui);
  tooltip("Ends the tour. It can be begun again in the help (?).", "Esc");
  ImGui::SameLine(0, gap);
  if (plain_button("Back", width, scene > 0)) show_scene(ui, scene - 1);
  ImGui::SameLine(0, gap);
  if (done ? primary_button(next, width) : plain_button(next, width)) show_scene(ui, scene + 1);
}

}  // namespace

void tour_panel(const View& view, Ui& ui) {
  if (ui.tour.scene < 0) return;
  const Scene& scene = kScenes[std::size_t(ui.tour.scene)];
  look_at(view, ui, scene);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({size.x - px(8), scene.low ? size.y - px(kBarBelow) : px(kBarAbove)},
                          ImGuiCond_Always, {1, scene.low ? 1.f : 0.f});
  const float width = right_width(size.x) - 2 * px(8);
  ImGui::SetNextWindowSizeConstraints({width, 0}, {width, size.y});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(14), px(12)});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, colors.popup);
  if (ImGui::Begin("Tour", nullptr,
                   ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                       ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoSavedSettings |
                       ImGuiWindowFlags_NoFocusOnAppearing |
                       (keys_walk() ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoNavInputs))) {
    dots(ui.tour.scene);
    text(scene.heading, colors.text, Font::kTitle);
    const float from = ImGui::GetCursorPosY();
    const float height = words_height(ImGui::GetContentRegionAvail().x);
    text(scene.words, colors.text, Font::kBody, true);
    task(ui.tour, scene);
    ImGui::SetCursorPosY(from + height);
    buttons(ui);
  }
  ImGui::End();
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
}

}  // namespace stepwise::app
