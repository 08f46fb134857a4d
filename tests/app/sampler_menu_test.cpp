#include <gtest/gtest.h>

#include <set>

#include "headless_imgui.h"
#include "panels/panels.h"
#include "panels/sampler_words.h"

namespace stepwise::app {
namespace {

TEST(SamplerWords, EachSamplerHasItsOwnAndNamesItsPaper) {
  std::set<std::string> all;
  for (const SamplerName& sampler : kSamplers) {
    const std::string words = words_of(sampler);
    EXPECT_TRUE(words.ends_with(sampler.source)) << words;
    EXPECT_LE(words.size(), 80u) << words;
    all.insert(words.substr(0, words.find('.')));
  }
  EXPECT_EQ(all.size(), kSamplers.size());
}

class SamplerMenu : public testing::TestWithParam<ImVec2> {
 protected:
  SamplerMenu() : gui(GetParam()) {
    ModelOpened model;
    model.class_names = {"Trouser", "Bag"};
    apply({kNoJob, model}, view);
  }
  // The menu, open.
  const ImGuiWindow* open() {
    const auto draw = [&] { sample_panel(view, ui, gui.pictures, out); };
    gui.press("##Sampler", draw);
    for (int i = 0; i < 3; ++i) gui.frame(draw);
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if ((window->Flags & ImGuiWindowFlags_Popup) && window->Active) return window;
    return nullptr;
  }

  HeadlessImGui gui;
  View view;
  Ui ui;
  Commands out;
};

TEST_P(SamplerMenu, ShowsMostSamplersAtOnceAndLiesOnTheScreen) {
  const ImGuiWindow* menu = open();
  ASSERT_TRUE(menu);
  const float entry = ImGui::GetTextLineHeightWithSpacing();
  EXPECT_GE(menu->InnerRect.GetHeight(), 12 * entry);
  EXPECT_GE(menu->Pos.x, 0);
  EXPECT_GE(menu->Pos.y, 0);
  EXPECT_LE(menu->Pos.x + menu->Size.x, GetParam().x);
  EXPECT_LE(menu->Pos.y + menu->Size.y, GetParam().y);
}

INSTANTIATE_TEST_SUITE_P(Screens, SamplerMenu,
                         testing::Values(ImVec2{640, 400}, ImVec2{900, 600}, ImVec2{1280, 800}));

}  // namespace
}  // namespace stepwise::app
