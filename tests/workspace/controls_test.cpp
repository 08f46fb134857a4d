// Walks every control of every workspace, wherever panels are scrolled to: it can be reached, and
// it is large enough to be hit. Controls are seen where all of them go through: the linker puts
// the function below in the place of Dear ImGui's own, which it calls.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "stage.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

struct Control {
  const ImGuiWindow* part;
  ImRect box;
  ImGuiID id;
};
std::vector<Control> controls;

}  // namespace
}  // namespace stepwise::app

extern "C" bool __real__ZN5ImGui7ItemAddERK6ImRectjPS1_i(const ImRect& box, ImGuiID id,
                                                         const ImRect* nav_box, int flags);
extern "C" bool __wrap__ZN5ImGui7ItemAddERK6ImRectjPS1_i(const ImRect& box, ImGuiID id,
                                                         const ImRect* nav_box, int flags) {
  if (id != 0) stepwise::app::controls.push_back({ImGui::GetCurrentWindow(), box, id});
  return __real__ZN5ImGui7ItemAddERK6ImRectjPS1_i(box, id, nav_box, flags);
}

namespace stepwise::app {
namespace {

constexpr float kLeastSide = 16;  // Pixels of the screen.

struct Window {
  const char* name;
  ImVec2 pixels;
  float scale;
};
void PrintTo(const Window& window, std::ostream* out) { *out << window.name; }
const std::array kWindows = {Window{"900 x 600", {900, 600}, 1},
                             Window{"1280 x 800", {1280, 800}, 1},
                             Window{"1280 x 800 at 200 %", {1280, 800}, 2}};

class Controls : public testing::TestWithParam<Window> {
 protected:
  Controls() {
    const Window& window = GetParam();
    ImGui::GetIO().DisplaySize = window.pixels;
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    for (const float size : kFontSizes) {
      ImFontConfig config;
      config.SizePixels = size * window.scale;
      atlas.AddFontDefault(&config);
    }
    atlas.Build();
    set_theme(ImGui::GetStyle(), window.scale);
    stage.sample();
  }

  // Something of everything: a run that goes on, runs on disk, two models.
  void fill() {
    stage.ask(OpenModel{"another"});
    begin_training(stage.view);
    for (int i = 0; i < 12; ++i) {
      RunSummary run;
      run.folder = text_of("runs/fashion-mnist-quick-of-a-long-name-", i);
      run.recipe.name = "quick";
      apply({kNoJob, RunFound{run}}, stage.view);
    }
  }

  // What is wrong with the controls of all workspaces, in words; each once.
  void expect_all_in_reach(const char* when) {
    for (const WorkspaceInfo& each : kWorkspaces) {
      stage.ui.workspace = each.id;
      for (int i = 0; i < 4; ++i) stage.frame();  // Until scroll bars have come.
      controls.clear();
      stage.frame();
      EXPECT_GE(controls.size(), 10u) << each.id << ": does the linker wrap ItemAdd?";
      for (const Control& control : controls) {
        if (control.part->IsFallbackWindow) continue;  // Dear ImGui's own, never shown.
        const std::string words = trouble_with(control);
        EXPECT_EQ(words, "") << each.id << ", " << when;
      }
    }
  }

  static std::string trouble_with(const Control& control) {
    const ImRect& box = control.box;
    const ImRect reach = control.part->TitleBarRect().Contains(box) ? control.part->TitleBarRect()
                                                                    : reach_of(*control.part);
    // A row of a list takes half of the gaps around it too.
    const float more = 1 + ImGui::GetStyle().ItemSpacing.x / 2;
    const auto where = [&] {
      return text_of(" in ", control.part->Name, ": ", box.Min.x, ' ', box.Min.y, " to ", box.Max.x,
                     ' ', box.Max.y, ", of ", reach.Min.x, ' ', reach.Min.y, " to ", reach.Max.x,
                     ' ', reach.Max.y);
    };
    if (box.GetWidth() < kLeastSide || box.GetHeight() < kLeastSide) return "small" + where();
    if (box.Min.x < reach.Min.x - more || box.Max.x > reach.Max.x + more)
      return "cut at a side" + where();
    if (box.Min.y < reach.Min.y - more || box.Max.y > reach.Max.y + more)
      return "cut above or below" + where();
    return "";
  }

  // What of a part can be seen, scrolled there, in the places where it is drawn now. Its title and
  // the button in it do not scroll.
  static ImRect reach_of(const ImGuiWindow& part) {
    ImRect reach = part.InnerRect;
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const bool scrolls = (part.Flags & ImGuiWindowFlags_NoScrollWithMouse) == 0;
    // Sideways nothing does.
    reach.ClipWith({reach.Min.x, reach.Min.y, std::min(reach.Max.x, screen.x), reach.Max.y});
    reach.Min.x = std::max(reach.Min.x, 0.f);
    if (!scrolls) {
      reach.ClipWith({{0, 0}, screen});
      return reach;
    }
    reach.Min.y -= part.Scroll.y;
    reach.Max.y += part.ScrollMax.y - part.Scroll.y;
    return reach;
  }

  Stage stage;
};

TEST_P(Controls, AreInsideTheWindowOrScrolledThereAndLargeEnough) {
  expect_all_in_reach("at rest");
  fill();
  expect_all_in_reach("with a run, runs and two models");
  stage.ui.quantity = Quantity::kAll;
  expect_all_in_reach("all four images");
  stage.ui.quantity = Quantity::kGuess;
  stage.ui.help = stage.ui.log.open = true;
  expect_all_in_reach("help and log");
}

TEST_P(Controls, OfAPaintingAreInReachToo) {
  stage.stroke(5.5f, 6.5f, 12.5f, 6.5f);
  ASSERT_TRUE(painting_here(stage.view, stage.ui));
  expect_all_in_reach("a painting waits");
}

INSTANTIATE_TEST_SUITE_P(Sizes, Controls, testing::ValuesIn(kWindows));

}  // namespace
}  // namespace stepwise::app
