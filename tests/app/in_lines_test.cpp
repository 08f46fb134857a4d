#include <gtest/gtest.h>

#include "headless_imgui.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

// With room for so many of the words' first letters.
std::string lines_of(const std::string& words, std::size_t letters) {
  HeadlessImGui gui;
  std::string lines;
  gui.frame([&] {
    const float width = ImGui::CalcTextSize(words.data(), words.data() + letters).x;
    lines = in_lines(words, width);
  });
  return lines;
}

TEST(InLines, BreaksAtSpacesAlone) {
  EXPECT_EQ(lines_of("the guess is 1.5 % closer", 15), "the guess is\n1.5 % closer");
  EXPECT_EQ(lines_of("one two three", 13), "one two three");
  EXPECT_EQ(lines_of("one two three", 4), "one\ntwo\nthree");
  EXPECT_EQ(lines_of("", 0), "");
}

TEST(InLines, KeepsTheEndsOfLinesThatThereAre) {
  EXPECT_EQ(lines_of("one\ntwo three", 9), "one\ntwo\nthree");
  EXPECT_EQ(lines_of("one\n\ntwo", 3), "one\n\ntwo");
}

TEST(InLines, AWordThatHasNoRoomStaysWhole) {
  EXPECT_EQ(lines_of("a/very/long/path is here", 5), "a/very/long/path\nis\nhere");
}

}  // namespace
}  // namespace stepwise::app
