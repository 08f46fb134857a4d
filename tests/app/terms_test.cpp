#include "panels/terms.h"

#include <gtest/gtest.h>

#include <set>

#include "headless_imgui.h"
#include "panels/panels.h"
#include "sizes.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

TEST(Terms, EachIsThereOnceWithAllThatIsToldOfIt) {
  std::set<std::string> symbols;
  for (const Term& term : kTerms) {
    EXPECT_TRUE(symbols.insert(term.symbol).second) << term.symbol;
    for (const char* words : {term.name, term.sentence, term.formula, term.where})
      EXPECT_STRNE(words, "") << term.symbol;
  }
  EXPECT_EQ(symbols, (std::set<std::string>{"x", "D", "σ", "η", "ρ", "w", "FD", "step", "seed",
                                            "severity"}));
}

TEST(Terms, HelpIsNameFormulaSentenceAndWhatElseIsToBeSaid) {
  EXPECT_EQ(help_of("ρ", "7 is usual."),
            "rho, crowding\tσ^(1/ρ) falls in equal steps\nHow the noise levels are spread: larger "
            "values spend more of the steps near the last level. 7 is usual.");
}

TEST(Terms, EachLayerHasItsFormulaAndItsKey) {
  for (const Quantity layer :
       {Quantity::kNoisy, Quantity::kGuess, Quantity::kNoise, Quantity::kChange}) {
    const std::string help = help_of(layer);
    EXPECT_NE(help.find('\t'), std::string::npos);
    EXPECT_NE(help.find(text_of("Key ", int(layer) + 1)), std::string::npos) << help;
  }
}

// The height of a tooltip, once the mouse has rested over what it explains.
float height_of_tooltip(const std::string& help) {
  HeadlessImGui gui;
  load_sizes();
  const auto draw = [&] {
    plain_button("Here", 100);
    tooltip(help.c_str());
  };
  for (int i = 0; i < 60; ++i) gui.move({20, 20}, draw);
  for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
    if ((window->Flags & ImGuiWindowFlags_Tooltip) && window->Active) return window->Size.y;
  return 0;
}

TEST(Terms, ATooltipHasTheNameAndTheFormulaInLargerTypeAboveTheSentence) {
  const float plain = height_of_tooltip("Sentence.");
  ASSERT_GT(plain, 0);
  const float spacing = 8;
  EXPECT_EQ(height_of_tooltip(with_formula("Name", "a = b", "Sentence.")),
            plain + kFontSizes[int(Font::kBody)] + kFontSizes[int(Font::kTitle)] + 2 * spacing);
}

class Help : public testing::Test {
 protected:
  Help() {
    gui.own_window = false;
    ui.help = true;
  }
  void press(const char* label) {
    gui.press(
        label, [&] { help_panel(ui); }, "Help");
  }
  HeadlessImGui gui;
  Ui ui;
};

TEST_F(Help, TheTourBeginsAndTheHelpGoesOutOfItsWay) {
  press("Take the tour");
  EXPECT_EQ(ui.tour.scene, 0);
  EXPECT_FALSE(ui.help);
}

TEST_F(Help, WordsAreInsideTheSmallestWindowAndScroll) {
  ui.help_words = true;
  ImGui::GetIO().DisplaySize = {kLeastWidth, kLeastHeight};
  for (int i = 0; i < 3; ++i) gui.frame([&] { help_panel(ui); });
  const ImGuiWindow* help = ImGui::FindWindowByName("Help");
  ASSERT_TRUE(help);
  EXPECT_GE(help->Pos.x, 0);
  EXPECT_GE(help->Pos.y, 0);
  EXPECT_LE(help->Pos.x + help->Size.x, kLeastWidth);
  EXPECT_LE(help->Pos.y + help->Size.y, kLeastHeight);
  for (const ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
    if (std::string(each->Name).find("words") != std::string::npos) {
      EXPECT_GT(each->ScrollMax.y, 0);
    }
}

}  // namespace
}  // namespace stepwise::app
