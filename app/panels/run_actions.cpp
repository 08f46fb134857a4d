#include <algorithm>
#include <array>
#include <string>

#include "panels/runs_parts.h"
#include "widgets/controls.h"
#include "widgets/keys.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

// What a run that is finished can be given: what its recipe asks for once more.
Budget once_more(const View& view, const RunSummary& run) {
  const KnownRecipe* known = find_recipe(view.recipes, run.recipe.name);
  const Budget& asked = run.recipe.budget;
  return known && asked.minutes > 0 ? known->recipe.budget : asked;
}

void open(const View&, const RunList& runs, RunsUi&, Commands& out) {
  for (const RunShown* run : runs) out.push_back(OpenModel{run->folder});
}

// Goes on with the run; one that is finished gets more to spend.
void train_on(const View& view, const RunList& runs, RunsUi&, Commands& out) {
  const RunShown& run = *runs.front();
  Train train;
  train.data.place.clear();  // Where the run found them.
  train.resume = run.folder;
  if (run.finished) train.more = once_more(view, run);
  out.push_back(std::move(train));
}

void compare(const View&, const RunList&, RunsUi& ui, Commands&) {
  ui.comparing = true;
  ui.plot.x.reset();
  ui.plot.y.reset();
}

void discard(const View&, const RunList& runs, RunsUi& ui, Commands& out) {
  for (const RunShown* run : runs) out.push_back(DiscardRun{run->folder});
  ui.chosen.clear();
}

struct Offer {
  std::string label;
  const char* help;
  const char* key;
  bool can;
  void (*act)(const View& view, const RunList& runs, RunsUi& ui, Commands& out);
};

Offer offer_to_train(const View& view, const RunList& runs) {
  const RunShown* run = runs.size() == 1 ? runs.front() : nullptr;
  const bool finished = run && run->finished;
  return {finished ? "Train " + words_for(once_more(view, *run)) + " more" : "Train on",
          finished ? "Adds to its budget. The learning rate rises again, as if the run had been "
                     "planned so long, and falls to zero at the new end."
                   : "Goes on where it was saved, as if it had never stopped.",
          nullptr, run && run->damage.empty() && !view.training.running, train_on};
}

constexpr std::size_t kOpen = 0, kDiscard = 2;

// The last one may have a longer name at times: nothing stands behind it.
std::array<Offer, 4> offers(const View& view, const RunList& runs, const RunsUi& ui) {
  const bool busy =
      std::ranges::any_of(runs, [&](const RunShown* run) { return is_in_training(view, *run); });
  return {Offer{"Open", "Makes its last checkpoint the model that pictures are drawn with.",
                "Enter, or a double click on its row", !runs.empty(), open},
          {"Compare", "Their curves over each other, their pictures side by side.",
           "Choose two to eight with Ctrl", may_compare(runs) && !ui.comparing, compare},
          {"Discard",
           "Moves its folder to the trash of the desktop; it can be taken back at once, or there.",
           "Delete", !runs.empty() && !busy, discard},
          offer_to_train(view, runs)};
}

constexpr float kButton = 84;  // Points, at least.

}  // namespace

bool is_in_training(const View& view, const RunSummary& run) {
  const Training& training = view.training;
  return training.running && training.started && training.started->folder == run.folder;
}

std::string words_for(const Budget& budget) {
  const std::string minutes = format_number(budget.minutes) + " min";
  const std::string steps = format_count(budget.steps) + " steps";
  if (budget.minutes > 0 && budget.steps > 0) return minutes + ", " + steps;
  return budget.minutes > 0 ? minutes : steps;
}

bool may_compare(const RunList& runs) {
  return runs.size() >= 2 && runs.size() <= colors.hues.size();
}

void run_buttons(const View& view, RunsUi& ui, Commands& out) {
  const RunList runs = chosen_runs(view, ui);
  const ImGuiStyle& style = ImGui::GetStyle();
  const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
  bool first = true;
  for (const Offer& offer : offers(view, runs, ui)) {
    const float words = ImGui::CalcTextSize(offer.label.c_str()).x + 2 * style.FramePadding.x;
    const float width = std::max(px(kButton), words);
    if (!first && ImGui::GetItemRectMax().x + style.ItemSpacing.x + width <= right)
      ImGui::SameLine();
    if (plain_button(offer.label.c_str(), width, offer.can)) offer.act(view, runs, ui, out);
    tooltip(offer.help, offer.key);
    first = false;
  }
}

void run_keys(const View& view, RunsUi& ui, Commands& out) {
  if (keys_walk() || ImGui::GetIO().KeyCtrl || ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup))
    return;
  const RunList runs = chosen_runs(view, ui);
  const auto all = offers(view, runs, ui);
  const auto on_key = [&](Key key, const Offer& offer) {
    if (key_pressed(key) && offer.can) offer.act(view, runs, ui, out);
  };
  on_key(Key(ImGuiKey_Enter), all[kOpen]);
  on_key(Key(ImGuiKey_Delete), all[kDiscard]);
}

void run_menu(const View& view, RunsUi& ui, Commands& out) {
  if (!ImGui::BeginPopupContextItem("actions")) return;
  const RunList runs = chosen_runs(view, ui);
  for (const Offer& offer : offers(view, runs, ui)) {
    ImGui::BeginDisabled(!offer.can);
    if (ImGui::Selectable(offer.label.c_str())) offer.act(view, runs, ui, out);
    ImGui::EndDisabled();
    tooltip(offer.help, offer.key);
  }
  ImGui::EndPopup();
}

}  // namespace stepwise::app
