// What the graphics card makes of pictures, pixel by pixel. Needs a display (Xvfb will do).
#include "gl/gl_picture_renderer.h"

#include <epoxy/gl.h>
#include <gtest/gtest.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include "error.h"
#include "window/glfw_window.h"

namespace stepwise::app {
namespace {

constexpr int kScreen = 64;

class OnScreen : public testing::Test {
 protected:
  OnScreen() : window({kScreen, kScreen, true, true}, false), offscreen(kScreen, kScreen) {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplOpenGL3_Init("#version 330 core");
    renderer = std::make_unique<GlPictureRenderer>(STEPWISE_SHADERS);
  }
  ~OnScreen() override {
    renderer.reset();
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
  }

  // A frame with what `draw` puts on a black screen.
  template <class Draw>
  ByteImage frame(Draw draw) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {kScreen, kScreen};
    io.DeltaTime = 1 / 60.f;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    renderer->begin_frame();
    draw(*ImGui::GetBackgroundDrawList());
    ImGui::Render();
    glClearColor(0, 0, 0, 1);
    glDisable(GL_SCISSOR_TEST);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    return offscreen.read();
  }
  ByteImage frame(const Shown& shown) {
    return frame([&](ImDrawList& list) {
      renderer->draw(list, shown, {0, 0}, {kScreen, kScreen});
    });
  }

  GlfwWindow window;
  Offscreen offscreen;
  std::unique_ptr<GlPictureRenderer> renderer;
};

Picture picture(std::vector<float> pixels, int height, int width, int channels = 1) {
  return {pictures_of(ImageBatch{1, height, width, channels, std::move(pixels)}), 0};
}

TEST_F(OnScreen, MinusOneIsBlackOneIsWhiteAndPixelsAreFlatSquares) {
  const ByteImage seen = frame(Shown{picture({-1, 1, 0, 5}, 2, 2)});
  const int expected[2][2] = {{0, 255}, {128, 255}};
  for (int y = 0; y < kScreen; ++y)
    for (int x = 0; x < kScreen; ++x)
      for (int c = 0; c < 3; ++c)
        ASSERT_NEAR(seen.at(y, x, c), expected[y / 32][x / 32], 1) << x << " " << y;
}

TEST_F(OnScreen, ADifferenceIsScaledAndShownInBlueAndRed) {
  Shown shown{picture({3, 1, 1, 1}, 2, 2), picture({1, 3, 1, 1}, 2, 2), 0.5f};
  shown.diverging = true;
  const ByteImage seen = frame(shown);
  EXPECT_GT(seen.at(10, 10, 0), seen.at(10, 10, 2) + 20);  // +1: red.
  EXPECT_GT(seen.at(10, 50, 2), seen.at(10, 50, 0) + 20);  // -1: blue.
  EXPECT_LT(seen.at(50, 50, 0), 40);                       // 0: dark.
}

TEST_F(OnScreen, EveryPictureOfABatchIsFoundInItsCell) {
  ImageBatch batch{7, 2, 3, 1, {}};
  for (int i = 0; i < 7; ++i)
    for (int p = 0; p < 6; ++p) batch.pixels.push_back(-1 + 2 * float(i) / 6);
  const Pictures pictures = pictures_of(std::move(batch));
  for (int i = 0; i < 7; ++i) {
    const ByteImage seen = frame(Shown{{pictures, i}});
    for (const int at : {1, 31, 62}) ASSERT_NEAR(seen.at(at, at), 255 * i / 6., 1) << i;
  }
  EXPECT_EQ(renderer->uploads(), 1u);
}

TEST_F(OnScreen, TheDifferenceOfPicturesInDifferentPlacesOfTheirBatchesIsTaken) {
  ImageBatch batch{5, 1, 1, 1, {0, 0, 0, 0.25f, 0.75f}};
  const Pictures pictures = pictures_of(std::move(batch));
  const Picture alone = picture({0.25f}, 1, 1);
  const ByteImage seen = frame(Shown{{pictures, 4}, alone});
  EXPECT_NEAR(seen.at(30, 30), 255 * 0.75, 1);
}

TEST_F(OnScreen, ColorsAreShownAsTheyAre) {
  const ByteImage seen = frame(Shown{picture({1, 0, -1}, 1, 1, 3)});
  EXPECT_NEAR(seen.at(5, 5, 0), 255, 1);
  EXPECT_NEAR(seen.at(5, 5, 1), 128, 1);
  EXPECT_NEAR(seen.at(5, 5, 2), 0, 1);
}

TEST_F(OnScreen, WhatWasPaintedIsOutlinedAndShownAsPainted) {
  Shown shown{picture({1, -1, -1, -1}, 2, 2), picture({-1, -1, -1, -1}, 2, 2)};
  shown.edited = true;
  const ByteImage seen = frame(shown);
  EXPECT_NEAR(seen.at(16, 16, 2), 255, 1);  // Inside: white.
  EXPECT_LT(seen.at(0, 16, 2), 150);        // At the border: the outline, which is not.
  EXPECT_GT(seen.at(0, 16, 0), 150);
  EXPECT_NEAR(seen.at(48, 48, 0), 0, 1);  // Elsewhere: the picture.
}

TEST_F(OnScreen, OtherDrawingBetweenPicturesKeepsItsColor) {
  const Shown white{picture({1}, 1, 1)};
  const ByteImage seen = frame([&](ImDrawList& list) {
    renderer->draw(list, white, {0, 0}, {16, 16});
    renderer->draw(list, white, {16, 0}, {32, 16});
    list.AddRectFilled({0, 16}, {32, 32}, IM_COL32(10, 20, 30, 255));
    renderer->draw(list, white, {0, 32}, {16, 48});
  });
  EXPECT_EQ(seen.at(8, 8, 0), 255);
  EXPECT_EQ(seen.at(8, 24, 0), 255);
  EXPECT_EQ(seen.at(40, 8, 0), 255);
  EXPECT_EQ(seen.at(24, 8, 0), 10);
  EXPECT_EQ(seen.at(24, 24, 2), 30);
  EXPECT_EQ(seen.at(40, 24, 0), 0);
}

TEST_F(OnScreen, NeighboursOfOneBatchAreOneCallForTheGraphicsCard) {
  ImageBatch batch{9, 1, 1, 1, std::vector<float>(9, 1.f)};
  const Pictures pictures = pictures_of(std::move(batch));
  int commands = 0;
  frame([&](ImDrawList& list) {
    for (int i = 0; i < 9; ++i)
      renderer->draw(list, Shown{{pictures, i}}, {float(i), 0}, {float(i + 1), 1});
    for (const ImDrawCmd& command : list.CmdBuffer) commands += command.UserCallback != nullptr;
  });
  EXPECT_EQ(commands, 2);  // The shader is set once and taken back once.
}

TEST_F(OnScreen, APictureIsUploadedOnceAndForgottenWithItsBatch) {
  for (int i = 0; i < 20; ++i) frame(Shown{picture({float(i)}, 1, 1)});
  EXPECT_EQ(renderer->uploads(), 20u);
  const Shown kept{picture({1}, 1, 1)};
  for (int i = 0; i < 20; ++i) frame(kept);
  EXPECT_EQ(renderer->uploads(), 21u);
}

TEST_F(OnScreen, AMissingShaderIsNamed) {
  try {
    GlPictureRenderer broken("/nonexistent");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("picture.vert"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace stepwise::app
