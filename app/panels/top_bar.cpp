#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "panels/models.h"
#include "panels/panels.h"
#include "widgets/controls.h"
#include "widgets/pushed.h"

namespace stepwise::app {
namespace {

// A dim name and a value after it, in the middle of the bar. False where there is no room up to
// `right` on screen; nothing is drawn then.
bool fact(const char* name, const std::string& value, float right) {
  const float gap = px(24), between = px(6);
  const float width =
      gap + ImGui::CalcTextSize(name).x + between + ImGui::CalcTextSize(value.c_str()).x;
  if (ImGui::GetItemRectMax().x + width > right) return false;
  ImGui::SameLine(0, gap);
  text(name, colors.dim, Font::kBody);
  ImGui::SameLine(0, between);
  text(value);
  return true;
}

// What the training run does; nothing where there is none.
std::string training_words(const View& view) {
  const Training& training = view.training;
  if (!training.running || !training.started) return "";
  const TrainingProgress& p = training.progress;
  std::string words = fmt::format("{}  {:.0f}%   {:.0f} img/s", p.paused ? "paused" : "training",
                                  100 * p.fraction, p.pictures_per_second);
  if (!training.curve.points.empty())  // Before the first step there is none.
    words += fmt::format("   loss {:.3f}", training.curve.points.back().loss);
  return words;
}

// Points to the left of these words, where their dot is.
constexpr float kDot = 14;

// A press shows the workspace of the run.
void training_fact(const View& view, Ui& ui, const std::string& words, float left) {
  if (words.empty()) return;
  ImGui::SameLine(left);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float y = at.y + ImGui::GetFrameHeight() / 2;
  const bool paused = view.training.progress.paused;
  ImGui::GetWindowDrawList()->AddCircleFilled({at.x + px(4), y}, px(4),
                                              paused ? colors.warning : colors.good, 16);
  ImGui::SetCursorScreenPos({at.x + px(kDot), at.y});
  ImGui::AlignTextToFramePadding();
  text(words);
  tooltip("The training run. Press to see its curves.");
  if (ImGui::IsItemClicked()) ui.workspace = "train";
}

bool is_warning(const LogLine& line) { return line.level == LogLevel::kWarning; }

// How many warnings there are; nothing where there are none.
std::string warning_words(const View& view) {
  const auto count = std::ranges::count_if(view.log, is_warning);
  return count == 0 ? "" : text_of(count, count == 1 ? " warning" : " warnings");
}

// The newest on hovering, all of them after a press.
void warnings_fact(const View& view, Ui& ui, const std::string& words) {
  if (words.empty()) return;
  ImGui::SameLine(0, px(24));
  text(words, colors.warning);
  const auto newest = std::find_if(view.log.rbegin(), view.log.rend(), is_warning);
  tooltip(newest->text.c_str(), "Press to open the log (L)");
  if (ImGui::IsItemClicked()) ui.log.open = true;
}

// The model in use, or that there is none; a press shows all that there are.
void model_fact(const View& view, Ui& ui, Commands& out, float right) {
  ImVec2 below = ImGui::GetCursorScreenPos();
  const ModelOpened* model = find_model(view, ui.model);
  if (model || view.jobs.empty()) {
    const bool live = model && model->live;
    const float newest = live ? ImGui::CalcTextSize(kNewestOfRun).x + px(8) : 0;
    const float room = right - newest - ImGui::GetItemRectMax().x - px(84);
    if (fact("model", model ? shortened(model->name, room) : "none", right)) {
      below = {ImGui::GetItemRectMin().x - px(8), ImGui::GetItemRectMax().y + px(10)};
      tooltip(model ? words_for_model(*model).c_str() : "No model is open.",
              model ? "Press to choose another" : "Press to choose one");
      if (ImGui::IsItemClicked()) ImGui::OpenPopup(kModelsMenu);
    }
    if (live) {
      ImGui::SameLine(0, px(8));
      text(kNewestOfRun, colors.good);
    }
  }
  models_menu(view, ui, out, below);
}

// Where it is computed; a press offers to change that.
void device_fact(const Ready& worker, Ui& ui, float right) {
  if (!fact("on", text_of(worker.device, " x", worker.threads), right)) return;
  const ImVec2 below{ImGui::GetItemRectMin().x - px(8), ImGui::GetItemRectMax().y + px(10)};
  tooltip(text_of("Everything is computed on ", worker.threads, " threads of the processor",
                  worker.device == "cpu" ? "." : " and on the graphics card.")
              .c_str(),
          "Press to choose another");
  if (ImGui::IsItemClicked()) ImGui::OpenPopup("device menu");
  ImGui::SetNextWindowPos(below);
  if (!ImGui::BeginPopup("device menu")) return;
  caption("From the next launch on, compute on");
  if (ImGui::MenuItem("the graphics card, where LibTorch can use one", nullptr, !ui.processor_only))
    ui.processor_only = false;
  if (ImGui::MenuItem("the processor alone", nullptr, ui.processor_only)) ui.processor_only = true;
  ImGui::EndPopup();
}

// What is open and where it is computed, as far as there is room up to `right` on screen.
void facts(const View& view, Ui& ui, Commands& out, float right) {
  model_fact(view, ui, out, right);
  if (view.data && fact("data", view.data->name, right))
    tooltip(text_of(view.data->train, " training and ", view.data->test, " test pictures").c_str());
  if (view.worker) device_fact(*view.worker, ui, right);
}

constexpr float kChoice = 56;  // Points of each button.
constexpr float kNamed = 800;  // Points of width from which on the program's name has room.

void name_of_program() {
  if (ImGui::GetWindowWidth() < px(kNamed)) return;
  const char* name = "Stepwise";
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  const float y = std::round(at.y + (height - font(Font::kTitle)->FontSize) / 2);
  draw_text(*ImGui::GetWindowDrawList(), {at.x, y}, Font::kTitle, colors.text, name);
  ImGui::Dummy({width_of(name, Font::kTitle), height});
  ImGui::SameLine(0, px(16));
}

void workspace_choice(Ui& ui) {
  for (const WorkspaceInfo& each : kWorkspaces) {
    if (&each != &kWorkspaces.front()) ImGui::SameLine(0, px(2));
    const bool on = &each == &workspace_of(ui);
    const Pushed pushed{{ImGuiCol_Button, on ? colors.pressed : colors.raised},
                        {ImGuiCol_Text, on ? colors.text : colors.dim}};
    if (plain_button(each.label, px(kChoice))) ui.workspace = each.id;
    tooltip(each.help, text_of("F", each.key).c_str());
  }
}

constexpr const char* kOffer = "Take the tour";

// For who is here for the first time.
void tour_offer(Ui& ui, float left) {
  ImGui::SameLine(left);
  const Pushed pushed{{ImGuiCol_Button, 0}, {ImGuiCol_Border, 0}, {ImGuiCol_Text, colors.accent}};
  if (plain_button(kOffer)) show_scene(ui, 0);
  tooltip(kTourHelp, "Later from ?");
}

}  // namespace

void top_bar_panel(const View& view, Ui& ui, Commands& out) {
  const float button = ImGui::GetFrameHeight(), gap = px(16);
  const float help = ImGui::GetWindowContentRegionMax().x - button;
  const std::string training = training_words(view), warnings = warning_words(view);
  const auto width_of = [](const std::string& words, float more) {
    return words.empty() ? 0 : ImGui::CalcTextSize(words.c_str()).x + more;
  };
  const float offered =
      width_of(offers_tour(ui) ? kOffer : "", 2 * ImGui::GetStyle().FramePadding.x);
  const float left = help - gap - offered - width_of(training, px(kDot));

  name_of_program();
  workspace_choice(ui);
  facts(view, ui, out, ImGui::GetWindowPos().x + left - gap - width_of(warnings, px(24)));
  warnings_fact(view, ui, warnings);
  training_fact(view, ui, training, left);
  if (offered > 0) tour_offer(ui, help - px(8) - offered);
  ImGui::SameLine(help);
  if (plain_button("?##help", button)) ui.help = !ui.help;
  tooltip("All keys, and what is what.", "?");
}

}  // namespace stepwise::app
