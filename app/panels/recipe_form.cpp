#include "panels/recipe_form.h"

#include <imgui_stdlib.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "error.h"
#include "settings/recipe_fields.h"
#include "widgets/form.h"
#include "widgets/icons.h"

namespace stepwise::app {
namespace {

constexpr float kLabels = 136;  // Points of a row that are the label's.

// What the recipe on screen was made from: the one of its name or, where its file is gone, of its
// parent's.
KnownRecipe base_of(const View& view, const Recipe& recipe) {
  for (const std::string& name : {recipe.name, recipe.parent})
    if (const KnownRecipe* known = find_recipe(view.recipes, name)) return *known;
  KnownRecipe defaults;
  defaults.recipe = parent_of(view.recipes, recipe);
  return defaults;
}

// Keeps what was changed in the recipe that is left.
void choose(const Recipe& wanted, TrainUi& ui) {
  std::erase_if(ui.set_aside, [&](const Recipe& each) { return each.name == ui.recipe.name; });
  ui.set_aside.push_back(ui.recipe);
  const auto found = std::ranges::find(ui.set_aside, wanted.name, &Recipe::name);
  ui.recipe = found == ui.set_aside.end() ? wanted : *found;
}

bool fit_beside_each_other(const std::vector<std::string>& names, float width) {
  float all = 0;
  for (const std::string& name : names) all += ImGui::CalcTextSize(name.c_str()).x + px(8);
  return all <= width;
}

// "Layers per block"; a name with a number in it, as "bfloat16", is one of a type.
std::string label_of(std::string key) {
  const auto is_digit = [](unsigned char c) { return std::isdigit(c); };
  std::ranges::replace(key, '_', ' ');
  if (std::ranges::none_of(key, is_digit))
    key[0] = char(std::toupper(static_cast<unsigned char>(key[0])));
  return key;
}

// Gives the field that value if the recipe is one then. Why it is none; empty: it has it now.
std::string try_to_set(Recipe& recipe, const std::string& key, const std::string& value) {
  Recipe next = recipe;
  try {
    set_field(next, key, value, value);
  } catch (const Error& e) {
    return e.what();
  }
  const std::string trouble = trouble_with(next);
  if (trouble.empty()) recipe = std::move(next);
  return trouble;
}

// What is typed holds as soon as it can; until then it has a red frame, and words say why.
void text_control(const FieldText& field, const char* id, Recipe& recipe) {
  std::string words = field.value;
  ImGui::InputText(id, &words);
  if (words == field.value) return;
  const std::string trouble = try_to_set(recipe, field.key, words);
  if (trouble.empty()) return;
  const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
  ImGui::GetWindowDrawList()->AddRect(min, max, colors.bad, ImGui::GetStyle().FrameRounding, 0,
                                      px(1));
  tooltip_now(min, trouble.c_str());
}

void choice_control(const FieldText& field, const char* id, Recipe& recipe) {
  if (!ImGui::BeginCombo(id, field.value.c_str())) return;
  for (const std::string& choice : field.choices)
    if (ImGui::Selectable(choice.c_str(), choice == field.value))
      try_to_set(recipe, field.key, choice);
  ImGui::EndCombo();
}

// Open until one presses elsewhere: each family is added behind those chosen before or taken out.
void stack_control(const char* id, DegradationStack& stack) {
  if (!ImGui::BeginCombo(id, id_of(stack).c_str())) return;
  for (const DegradationName& family : kDegradations) {
    const auto& chosen = stack.families();
    const auto place = std::ranges::find(chosen, family.kind) - chosen.begin();
    const bool is_chosen = place < std::ssize(chosen);
    const std::string order = is_chosen && chosen.size() > 1 ? text_of(" ", place + 1) : "";
    const std::string label = text_of(family.id, order, "###", family.id);
    if (ImGui::Selectable(label.c_str(), is_chosen, ImGuiSelectableFlags_DontClosePopups))
      stack = toggled(stack, family.kind);
    tooltip(family.help.data());
  }
  ImGui::EndCombo();
}

void control(const FieldText& field, Recipe& recipe) {
  const std::string id = "##" + field.key;
  bool on = field.value == "true";
  if (field.several)
    stack_control(id.c_str(), recipe.degradation);
  else if (field.choices.empty())
    text_control(field, id.c_str(), recipe);
  else if (!on && field.value != "false")
    choice_control(field, id.c_str(), recipe);
  else if (ImGui::Checkbox(id.c_str(), &on))
    try_to_set(recipe, field.key, on ? "true" : "false");
}

void put_back_button(const FieldText& field, const FieldText& usual, const KnownRecipe& base,
                     Recipe& recipe) {
  const float side = ImGui::GetFrameHeight();
  ImGui::SameLine(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - side);
  if (icon_button(("back##" + field.key).c_str(), Icon::kRewind, {side, side}, false))
    set_field(recipe, field.key, usual.value, base.recipe.name);
  const std::string& name = base.recipe.name;
  tooltip(text_of("Back to ", usual.value, name.empty() ? "" : ", as in ", name, ".").c_str());
}

void field_row(const FieldText& field, const FieldText& usual, const KnownRecipe& base,
               Recipe& recipe) {
  const bool changed = field.value != usual.value;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetCursorPosX(), height = ImGui::GetFrameHeight();
  if (changed)
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - px(6), at.y + px(3)},
                                              {at.x - px(3), at.y + height - px(3)}, colors.accent);
  ImGui::AlignTextToFramePadding();
  text(label_of(field.key), changed ? colors.text : colors.dim);
  ImGui::SameLine(left + px(kLabels));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - height -
                          ImGui::GetStyle().ItemInnerSpacing.x);
  control(field, recipe);
  const std::string option = "--set " + field.key + "=...";
  tooltip_over(at, ImGui::GetItemRectMax(), help_of_field(field.key), option.c_str());
  if (changed) put_back_button(field, usual, base, recipe);
}

void fields(const KnownRecipe& base, Recipe& recipe) {
  const std::vector<FieldText> usual = texts_of(base.recipe);
  const RecipeGroup* group = nullptr;
  for (std::size_t i = 0; const FieldText& field : texts_of(recipe)) {
    if (std::exchange(group, field.group) != field.group) {
      ImGui::Dummy({0, px(2)});
      text(field.group->title, colors.faint, Font::kCaption);
    }
    field_row(field, usual[i++], base, recipe);
  }
}

// Why a recipe cannot have that name, in words; empty: it can.
std::string trouble_with_name(const View& view, const std::string& name) {
  if (find_recipe(view.recipes, name)) return "There is a recipe of that name.";
  try {
    check_recipe_name(name);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

void naming_row(const View& view, const KnownRecipe& base, Ui& ui) {
  RecipeNaming& naming = ui.train.naming;
  const float gap = ImGui::GetStyle().ItemSpacing.x, button = px(64);
  if (!std::exchange(naming.appeared, true)) ImGui::SetKeyboardFocusHere();
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 2 * (button + gap));
  bool wanted = ImGui::InputTextWithHint("##name", "its name", &naming.name,
                                         ImGuiInputTextFlags_EnterReturnsTrue);
  const std::string trouble = trouble_with_name(view, naming.name);
  ImGui::SameLine(0, gap);
  wanted |= primary_button("Save", button, trouble.empty());
  ImGui::SameLine(0, gap);
  if (plain_button("Cancel", button)) naming = {};
  if (!naming.name.empty() && !trouble.empty()) caption(trouble, colors.warning);
  if (!wanted || !trouble.empty()) return;
  Recipe own = ui.train.recipe;
  own.name = std::exchange(naming, {}).name;
  ui.files.tasks.push_back(SaveRecipe{std::move(own), base});
}

void form_buttons(const KnownRecipe& base, bool changed, TrainUi& ui) {
  const float gap = ImGui::GetStyle().ItemSpacing.x;
  const float half = std::floor((ImGui::GetContentRegionAvail().x - gap) / 2);
  if (plain_button("Put all back", half, changed)) ui.recipe = base.recipe;
  tooltip("All fields as the recipe has them.");
  ImGui::SameLine(0, gap);
  if (plain_button("Save as ...", -1, changed)) ui.naming.open = true;
  tooltip("Makes a recipe of your own of these values. It stands beside the others from then on.");
}

}  // namespace

void recipe_row(const View& view, TrainUi& ui) {
  const std::vector<KnownRecipe> offered =
      recipes_for(view.recipes, view.worker ? view.worker->device : "cpu");
  if (offered.empty()) return caption("No recipes were found; the log says why.", colors.warning);
  constexpr const char* kHelp =
      "How large the model is and how long it learns: quick shows the idea, best takes patience.";
  std::vector<std::string> names, about;
  int chosen = -1;
  for (const KnownRecipe& known : offered) {
    if (known.recipe.name == ui.recipe.name) chosen = int(names.size());
    names.push_back(known.recipe.name);
    about.push_back(known.about);
  }
  bool other = false;
  if (fit_beside_each_other(names, ImGui::GetContentRegionAvail().x - px(96))) {
    std::vector<const char*> labels;
    for (const std::string& name : names) labels.push_back(name.c_str());
    begin_row("Recipe");
    other = segments("recipe", chosen, labels, ImGui::CalcItemWidth(), about);
    end_row(kHelp);
  } else {
    other = choice_row("Recipe", chosen, names, kHelp, {}, about);
  }
  if (other) choose(offered[std::size_t(chosen)].recipe, ui);
}

void recipe_form(const View& view, Ui& ui) {
  TrainUi& train = ui.train;
  const KnownRecipe base = base_of(view, train.recipe);
  const std::size_t changed = changes(train.recipe, base.recipe).size();
  const std::string note = changed > 0 ? text_of(changed, " changed") : "";
  if (!fold_row("All settings", train.all_fields, note)) return;
  if (train.naming.open)
    naming_row(view, base, ui);
  else
    form_buttons(base, changed > 0, train);
  fields(base, train.recipe);
}

std::string trouble_with(const Recipe& recipe) {
  try {
    check(recipe);
  } catch (const Error& e) {
    return e.what();
  }
  return "";
}

Recipe recipe_to_train(const View& view, const Recipe& recipe) {
  const KnownRecipe* known = find_recipe(view.recipes, recipe.name);
  return known ? named_for_run(recipe, known->recipe) : recipe;
}

}  // namespace stepwise::app
