// A frame that draws only what differs shows what a whole one would. Needs a display (Xvfb will
// do).
#include "window/frame_painter.h"

#include <epoxy/gl.h>
#include <gtest/gtest.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include <functional>
#include <random>

#include "widgets/theme.h"
#include "window/glfw_window.h"

namespace stepwise::app {
namespace {

constexpr int kWidth = 320, kHeight = 200;

// What is on screen: everything that a panel may change from one frame to the next.
struct Drawing {
  int number = 7;
  int words = 3;
  float box = 20;
  float edge = 90.5f;  // Of what is clipped, not at a pixel's.
  int picture = 0;
  bool edited = false, grid = false, popup = false, first = true;
  ImVec2 panel{170, 20};
};

class Painted : public testing::Test {
 protected:
  Painted() : window_({kWidth, kHeight, true, true}, false), offscreen_(kWidth, kHeight) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = {kWidth, kHeight};
    ImGui::GetIO().DeltaTime = 1 / 60.f;
    ImGui_ImplOpenGL3_Init("#version 330 core");
    set_theme(ImGui::GetStyle(), 1);
    renderer_ = std::make_unique<GlPictureRenderer>(STEPWISE_SHADERS);
    for (int i = 0; i < 3; ++i)
      pictures_.push_back(pictures_of(
          ImageBatch{1, 2, 2, 1, {float(i) - 1, 0.3f, -0.2f * float(i), 0.1f * float(i)}}));
  }
  ~Painted() override {
    renderer_.reset();
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
  }

  void panel(const char* name, ImVec2 at, ImVec2 size, const std::function<void()>& inside) {
    ImGui::SetNextWindowPos(at);
    ImGui::SetNextWindowSize(size);
    ImGui::Begin(name, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings);
    inside();
    ImGui::End();
  }

  void draw(const Drawing& scene) {
    if (scene.first)
      panel("first", {4, 4}, {150, 90}, [&] {
        for (int i = 0; i < scene.words; ++i) ImGui::Text("%d words of a line", scene.number * i);
      });
    panel("second", scene.panel, {140, 170}, [&] {
      ImDrawList& list = *ImGui::GetWindowDrawList();
      const ImVec2 at = ImGui::GetWindowPos();
      list.AddCircleFilled({at.x + scene.box, at.y + 30}, 9, colors.accent);
      ImGui::PushClipRect({at.x + 10.3f, at.y + 50.7f}, {at.x + scene.edge, at.y + 60.2f}, true);
      list.AddRectFilled(at, {at.x + 140, at.y + 170}, colors.good);
      ImGui::PopClipRect();
      Shown shown{{pictures_[std::size_t(scene.picture)], 0}};
      if (scene.edited) shown.minus = {pictures_[2], 0};
      shown.edited = scene.edited;
      shown.grid = scene.grid;
      renderer_->draw(list, shown, {at.x + 20, at.y + 70}, {at.x + 90, at.y + 140});
      list.AddLine({at.x, at.y + 150}, {at.x + scene.box * 3, at.y + 160}, colors.text, 1.5f);
    });
    if (scene.popup)
      panel("above", {100, 60}, {110, 60}, [] { ImGui::TextUnformatted("Above both"); });
  }

  // Whether anything was drawn.
  bool frame(const Drawing& scene) {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    renderer_->begin_frame();
    draw(scene);
    ImGui::Render();
    return painter_.draw(*ImGui::GetDrawData(), *renderer_, true);
  }

  // Of the latest frame, when drawn as a whole.
  std::vector<std::uint8_t> whole() {
    painter_.forget();
    EXPECT_TRUE(painter_.draw(*ImGui::GetDrawData(), *renderer_, true));
    return offscreen_.read().pixels;
  }

  // Until windows that came have their size.
  void settle(const Drawing& scene) {
    for (int i = 0; i < 4; ++i) frame(scene);
  }

  std::vector<Area> changes_of(const Drawing& scene) {
    FrameChanges changes;
    changes.since_last(*ImGui::GetDrawData(), *renderer_);
    frame(scene);
    return changes.since_last(*ImGui::GetDrawData(), *renderer_);
  }

  GlfwWindow window_;
  Offscreen offscreen_;
  std::unique_ptr<GlPictureRenderer> renderer_;
  FramePainter painter_;
  std::vector<Pictures> pictures_;
};

// One thing of the scene becomes another.
void change(Drawing& scene, std::mt19937& random) {
  const auto any = [&](int n) { return int(random() % unsigned(n)); };
  switch (any(10)) {
    case 0:
      scene.number = any(1000);
      break;
    case 1:
      scene.words = any(6);
      break;
    case 2:
      scene.box = 10 + float(any(800)) / 10;
      break;
    case 3:
      scene.edge = 20 + float(any(1000)) / 10;
      break;
    case 4:
      scene.picture = any(3);
      break;
    case 5:
      scene.edited = !scene.edited;
      break;
    case 6:
      scene.grid = !scene.grid;
      break;
    case 7:
      scene.popup = !scene.popup;
      break;
    case 8:
      scene.first = !scene.first;
      break;
    default:
      scene.panel = {float(100 + any(70)), float(any(30))};
  }
}

TEST_F(Painted, AfterEachOfManyChangesThePixelsAreThoseOfAWholeFrame) {
  std::mt19937 random(1);
  Drawing scene;
  for (int i = 0; i < 200; ++i) {
    for (int changes = 0; changes <= i % 3; ++changes) change(scene, random);
    frame(scene);
    const auto seen = offscreen_.read().pixels;
    ASSERT_EQ(seen, whole()) << "change " << i;
  }
}

TEST_F(Painted, AFrameLikeTheLastIsNotDrawnUnlessThatIsForgotten) {
  settle({});
  EXPECT_FALSE(frame({}));
  painter_.forget();
  EXPECT_TRUE(frame({}));
  EXPECT_FALSE(frame({}));
}

TEST_F(Painted, WhatChangesIsLittleWhereLittleChanges) {
  settle({});
  EXPECT_TRUE(changes_of({}).empty());
  Drawing moved;
  moved.grid = true;  // The picture's own rectangle, and none of its corners differs.
  const std::vector<Area> areas = changes_of(moved);
  ASSERT_EQ(areas.size(), 1u);
  EXPECT_EQ(areas[0], (Area{190, 90, 260, 160}));
}

TEST_F(Painted, OfAPictureThatIsPaintedOnOnlyThePlaceOfThePaintIsDrawn) {
  const auto painted = [](float value) {
    ImageBatch picture{1, 14, 14, 1, std::vector<float>(14 * 14, 0.3f)};
    picture.pixels[3 * 14 + 4] = value;  // The fifth from the left, the fourth from above.
    return pictures_of(picture);
  };
  pictures_ = {painted(0.3f), painted(0.9f), painted(0.3f)};
  Drawing scene;
  settle(scene);
  for (const auto& [picture, edited] : {std::pair{1, true}, std::pair{0, false}}) {
    scene.picture = picture;
    scene.edited = edited;
    const std::vector<Area> areas = changes_of(scene);
    ASSERT_EQ(areas.size(), 1u);
    // 5 pixels of the screen for each of the picture, one more of the picture around, and one of
    // the screen.
    EXPECT_EQ(areas[0], (Area{190 + 15 - 1, 90 + 10 - 1, 190 + 30 + 1, 90 + 25 + 1}));
  }
  scene.picture = 2;  // Another one that looks the same.
  EXPECT_TRUE(changes_of(scene).empty());
}

TEST_F(Painted, AreasThatChangedDoNotOverlapAndAreFew) {
  settle({});
  std::mt19937 random(2);
  Drawing scene;
  for (int i = 0; i < 100; ++i) {
    for (int k = 0; k < 4; ++k) change(scene, random);
    const std::vector<Area> areas = changes_of(scene);
    EXPECT_LE(areas.size(), 8u);
    for (std::size_t a = 0; a < areas.size(); ++a)
      for (std::size_t b = 0; b < a; ++b) {
        const Area both = common(areas[a], areas[b]);
        EXPECT_FALSE(both.left < both.right && both.top < both.bottom);
      }
  }
}

TEST_F(Painted, ANewPictureUnderTheNameOfOneThatIsGoneIsDrawn) {
  settle({});
  for (int i = 0; i < 8; ++i) {
    pictures_[0] = pictures_of(ImageBatch{1, 1, 1, 1, {i % 2 ? 1.f : -1.f}});
    EXPECT_TRUE(frame({}));
    const auto seen = offscreen_.read().pixels;
    ASSERT_EQ(seen, whole());
  }
}

TEST_F(Painted, WherePixelsAreLostEachFrameThatDiffersIsDrawnAsAWhole) {
  Drawing scene;
  settle(scene);
  const auto seen = offscreen_.read().pixels;
  glClearColor(1, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  EXPECT_FALSE(painter_.draw(*ImGui::GetDrawData(), *renderer_, false));
  scene.number = 8;
  frame(scene);
  scene.number = 7;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  renderer_->begin_frame();
  draw(scene);
  ImGui::Render();
  EXPECT_TRUE(painter_.draw(*ImGui::GetDrawData(), *renderer_, false));
  EXPECT_EQ(offscreen_.read().pixels, seen);
}

}  // namespace
}  // namespace stepwise::app
