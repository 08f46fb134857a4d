#include "panels/recipe_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error.h"
#include "headless_imgui.h"

namespace stepwise::app {
namespace {

KnownRecipe own(const char* name) {
  return read_recipe({text_of("/own/", name, ".json"), R"({"parent": "quick", "batch": 7})", true},
                     read_recipes({{"/quick.json", "{}"}}));
}

class RecipeForm : public testing::Test {
 protected:
  RecipeForm() : gui({400, 1800}) {
    view.recipes = read_recipes({{"/quick.json", "{}"},
                                 {"/standard.json", R"({"parent": "quick", "batch": 64})"},
                                 {"/card.json", R"({"parent": "quick", "device": "cuda"})"}});
    ui.train.all_fields = true;
  }

  void draw() {
    recipe_row(view, ui.train);
    recipe_form(view, ui);
  }
  void frame() {
    gui.frame([&] { draw(); });
  }
  void activate(ImGuiID id, ImGuiActivateFlags how = ImGuiActivateFlags_None) {
    frame();
#if IMGUI_VERSION_NUM < 18970
    ImGui::ActivateItem(id);
#else
    ImGui::ActivateItemByID(id);
#endif
    ImGui::GetCurrentContext()->NavNextActivateFlags = how;
    frame();
    frame();
  }
  static ImGuiID id(const char* label) { return ImGui::FindWindowByName("test")->GetID(label); }

  void press(const char* label) {
    frame();  // The window has to be there.
    activate(id(label));
  }
  void choose(const char* name) {
    frame();
    activate(ImHashStr(name, 0, id("recipe")));
  }
  // Types over what a field holds; it stays open.
  void type(const char* label, const char* words) {
    frame();
    activate(id(label), ImGuiActivateFlags_PreferInput);
    ImGui::GetIO().AddInputCharactersUTF8(words);
    frame();
    frame();
  }
  // Words that explain what is wrong are on screen.
  static bool is_told() {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if ((window->Flags & ImGuiWindowFlags_Tooltip) && window->Active && !window->Hidden)
        return true;
    return false;
  }

  Recipe& recipe() { return ui.train.recipe; }

  HeadlessImGui gui;
  View view;
  Ui ui;
};

TEST_F(RecipeForm, OffersWhatTheDeviceCanFeed) {
  choose("standard");
  EXPECT_EQ(recipe(), recipe_of(view.recipes, "standard").recipe);
  choose("card");
  EXPECT_EQ(recipe().name, "standard");
}

TEST_F(RecipeForm, WhatIsTypedHoldsOnceItIsWithinTheRange) {
  type("##batch", "48");
  EXPECT_EQ(recipe().batch, 48);
  EXPECT_FALSE(is_told());
  type("##learning_rate", "1e-4");
  EXPECT_EQ(recipe().learning_rate, 1e-4);
  type("##channels", "8, 16");
  EXPECT_THAT(recipe().channels, testing::ElementsAre(8, 16));
  type("##seed", "18446744073709551615");
  EXPECT_EQ(recipe().seed, 18446744073709551615u);
}

TEST_F(RecipeForm, DegradationsAreStackedInTheOrderInWhichTheyArePressed) {
  const auto press_in_list = [&](const char* label) {
    gui.press(
        label, [&] { draw(); }, "Combo");
  };
  press("##degradation");  // The list stays open.
  press_in_list("###text");
  EXPECT_EQ(recipe().degradation, Degradation::kText);
  press_in_list("###blur");
  EXPECT_EQ(recipe().degradation, DegradationStack({Degradation::kText, Degradation::kBlur}));
  press_in_list("###text");
  EXPECT_EQ(recipe().degradation, Degradation::kBlur);
}

TEST_F(RecipeForm, WhatCannotBeChangesNothingAndWordsSayWhy) {
  const Recipe before = recipe();
  for (const auto& [label, words] : {std::pair("##batch", "0"),
                                     {"##batch", "many"},
                                     {"##learning_rate", "2"},
                                     {"##channels", "9"},
                                     {"##warm_up", "1"},
                                     {"##minutes", "0"},
                                     {"##seed", "-1"}}) {
    type(label, words);
    EXPECT_TRUE(is_told()) << label << words;
    EXPECT_EQ(recipe(), before) << label << words;
    ImGui::ClearActiveID();
  }
}

TEST_F(RecipeForm, AChangedFieldIsPutBackByItself) {
  recipe().batch = 7;
  recipe().flip = true;
  press("back##batch");
  EXPECT_EQ(recipe().batch, Recipe{}.batch);
  EXPECT_TRUE(recipe().flip);
}

TEST_F(RecipeForm, ABudgetIsPutBackFieldByField) {
  recipe().budget = {0, 1000};
  press("back##steps");
  EXPECT_EQ(trouble_with(recipe()), "The recipe has no budget: give it minutes or steps.");
  press("back##minutes");
  EXPECT_EQ(recipe(), Recipe{});
}

TEST_F(RecipeForm, AllFieldsArePutBackTogether) {
  choose("standard");
  recipe().batch = 7;
  recipe().flip = true;
  press("Put all back");
  EXPECT_EQ(recipe(), recipe_of(view.recipes, "standard").recipe);
}

TEST_F(RecipeForm, ASwitchIsPressed) {
  press("##flip");
  EXPECT_TRUE(recipe().flip);
}

TEST_F(RecipeForm, EachRecipeComesBackAsItWasChanged) {
  recipe().batch = 7;
  choose("standard");
  EXPECT_EQ(recipe().batch, 64);
  recipe().batch = 9;
  choose("quick");
  EXPECT_EQ(recipe().batch, 7);
  choose("standard");
  EXPECT_EQ(recipe().batch, 9);
}

TEST_F(RecipeForm, FoldedItShowsNothingAndKeepsAll) {
  recipe().batch = 7;
  press("All settings");
  EXPECT_FALSE(ui.train.all_fields);
  press("back##batch");
  EXPECT_EQ(recipe().batch, 7);
}

TEST_F(RecipeForm, IsSavedUnderAFreeNameAsAChildOfWhatItWasMadeFrom) {
  choose("standard");
  recipe().batch = 7;
  press("Save as ...");
  ASSERT_TRUE(ui.train.naming.open);
  frame();
  frame();
  ImGui::ClearActiveID();  // Of the field, which would keep what it holds.
  for (const char* name : {"quick", "a b", "../a", ""}) {
    ui.train.naming.name = name;
    press("Save");
    EXPECT_TRUE(ui.files.tasks.empty()) << name;
  }
  ui.train.naming.name = "mine";
  press("Save");
  ASSERT_EQ(ui.files.tasks.size(), 1u);
  const auto& task = std::get<SaveRecipe>(ui.files.tasks[0]);
  EXPECT_EQ(task.recipe.name, "mine");
  EXPECT_EQ(task.recipe.batch, 7);
  EXPECT_EQ(task.parent.recipe, recipe_of(view.recipes, "standard").recipe);
  EXPECT_FALSE(ui.train.naming.open);
}

TEST_F(RecipeForm, ASavedRecipeStandsBesideTheOthersAndIsChosen) {
  const KnownRecipe mine = own("mine");
  Commands out;
  gui.frame([&] { take_answer(RecipeSaved{mine}, view, ui, out); });
  EXPECT_EQ(recipe(), mine.recipe);
  choose("quick");
  choose("mine");
  EXPECT_EQ(recipe(), mine.recipe);
}

TEST_F(RecipeForm, ManyRecipesBecomeAMenu) {
  for (const char* name : {"a-rather-long-name", "another-rather-long-name", "a-third-long-name"})
    add_recipe(own(name), view.recipes);
  choose("standard");
  EXPECT_EQ(recipe().name, "quick");  // There is no row of them any more.
  press("##Recipe");
  ImGuiWindow* menu = nullptr;
  for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
    if (each->Active && (each->Flags & ImGuiWindowFlags_Popup)) menu = each;
  ASSERT_TRUE(menu);
  activate(menu->GetID("a-third-long-name"));
  EXPECT_EQ(recipe().name, "a-third-long-name");
}

TEST(RecipeToTrain, TellsWhatItWasMadeFrom) {
  View view;
  view.recipes = read_recipes({{"/standard.json", "{}"}});
  Recipe recipe = recipe_of(view.recipes, "standard").recipe;
  EXPECT_EQ(recipe_to_train(view, recipe), recipe);
  recipe.batch = 7;
  EXPECT_EQ(recipe_to_train(view, recipe).name, "standard-changed");
  EXPECT_EQ(recipe_to_train(view, recipe).parent, "standard");
}

}  // namespace
}  // namespace stepwise::app
