// Every tool of the canvas, used once with the real mouse and keyboard, and pictures that leave the
// window and come back: judged by the pixels that are shown.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "end_to_end/end_to_end.h"
#include "picture_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr Stroke kSleeve{{8, 20}, {19, 20}};  // Across the lower half.

double brightness(const ByteImage& picture) {
  return std::accumulate(picture.pixels.begin(), picture.pixels.end(), 0.) /
         double(picture.pixels.size());
}

class EndToEndTools : public EndToEnd {
 protected:
  void SetUp() override {
    EndToEnd::SetUp();
    before_ = await_canvas("a picture", [](const ByteImage&) { return true; });
  }

  // In hand, of that shape where one is named.
  void take(const char* tool, const char* shape = nullptr) {
    display_.press(tool);
    if (shape) display_.press(shape);
  }

  ByteImage await_change(const ByteImage& from) {
    return await_canvas("another picture", [&](const ByteImage& now) { return now != from; });
  }

  void undo() {
    display_.press("z", "Control_L");
    await_canvas("the picture before", [&](const ByteImage& now) { return now == before_; });
  }

  Point on_canvas(Point at) {
    const auto canvas = picture_in(screen(), place::kCanvas);
    require(canvas.has_value(), "There is no picture.");
    return on_screen(canvas->middle_of(at.x, at.y));
  }

  // From one pixel of the picture to another, as fast as a hand does.
  void drag(std::vector<Point> path, const std::string& held = "") {
    for (Point& at : path) at = on_canvas(at);
    display_.drag(path, held);
    display_.move_to(on_screen(place::kNothing));
  }

  // What the picture ends as.
  ByteImage end_of_lane(int lane) {
    std::size_t frames = 0;
    await_screen(text_of("lane ", lane), [&](const ByteImage& now) {
      frames = frames_in_lane(now, lane).size();
      return frames > 0 && shows(now, place::kStatusDot, kReady);
    });
    display_.press("End");
    return canvas_at(int(frames_in_lane(screen(), 0).size()) - 1);
  }

  // The end of the branch that comes of what lies on the canvas.
  ByteImage resampled() {
    display_.press("r");
    return end_of_lane(1);
  }

  // Among those that were saved.
  fs::path await_file(const std::string& ending) {
    fs::path file;
    await("a saved file " + ending, [&] {
      for (const auto& entry : fs::directory_iterator(folder_ / "Pictures"))
        if (entry.path().extension() == ending) file = entry.path();
      return !file.empty();
    });
    return file;
  }

  ByteImage before_;  // On the canvas after the launch.
};

TEST_F(EndToEndTools, TheEraserBringsBackWhatWasThere) {
  draw(kSleeve);
  painted(kSleeve, 255);
  take("e");
  draw(kSleeve);
  const ByteImage erased = await_canvas("what was there", [&](const ByteImage& now) {
    return covered(now, kSleeve) == covered(before_, kSleeve);
  });
  EXPECT_EQ(spared(erased, kSleeve), spared(before_, kSleeve));
}

TEST_F(EndToEndTools, TheStampPutsWhatWasPickedUnderTheMouse) {
  take("s");
  drag({{14, 14}}, "Alt_L");
  const Stroke stroke{{4, 6}, {8, 6}};
  draw(stroke);
  const ByteImage stamped = await_change(before_);
  EXPECT_EQ(spared(stamped, stroke), spared(before_, stroke));
  for (int x = 4; x <= 8; ++x) EXPECT_NEAR(stamped.at(6, x), before_.at(14, x + 10), 1) << x;
  undo();
}

TEST_F(EndToEndTools, SmudgingDragsAlongWhatIsThere) {
  take("w");
  const Stroke down{{14, 4}, {14, 20}};
  draw(down);
  const ByteImage smudged = await_change(before_);
  EXPECT_EQ(spared(smudged, down), spared(before_, down));
  EXPECT_NE(covered(smudged, down), covered(before_, down));
  undo();
}

TEST_F(EndToEndTools, MovingLiftsWhatWasSelectedAndPutsItElsewhere) {
  take("v", "m");
  drag({{10, 10}, {13, 13}, {16, 16}});
  drag({{13, 13}, {14, 14}, {16, 15}});
  const ByteImage moved = await_change(before_);
  for (int y = 11; y < 15; ++y)
    for (int x = 11; x < 15; ++x)
      EXPECT_NEAR(moved.at(y + 2, x + 3), before_.at(y, x), 1) << x << ", " << y;
  EXPECT_EQ(moved.at(2, 2), before_.at(2, 2));
}

TEST_F(EndToEndTools, ShapesPaintTheirOwnPlaces) {
  const Seen canvas = picture_in(screen(), place::kCanvas).value();
  // What is painted may reach the edge, where its outline hides that of the picture.
  const auto grey = [&](const ByteImage& now, Point at) {
    const Point there = canvas.middle_of(at.x, at.y);
    return int(now.at(there.y, there.x, 0));
  };
  const auto expect = [&](const char* shape, const std::vector<Point>& path, Point white,
                          Point as_before) {
    take("p", shape);
    drag(path);
    const ByteImage now = await_screen(
        "white paint", [&](const ByteImage& seen) { return grey(seen, white) == 255; });
    EXPECT_EQ(grey(now, as_before), before_.at(as_before.y, as_before.x)) << shape;
    undo();
    return now;
  };
  expect("m", {{4, 5}, {6, 6}, {10, 9}}, {7, 7}, {12, 7});
  expect("u", {{4, 20}, {8, 8}, {20, 20}}, {12, 20}, {8, 8});  // Straight, wherever the mouse went.
  expect("o", {{6, 4}, {22, 4}, {22, 20}}, {18, 6}, {8, 16});  // Inside of the bend alone.
  expect("i", {{1, 1}}, {1, 2}, {14, 14});  // The garment is not like its background.
  const ByteImage fade = expect("d", {{2, 14}, {14, 14}, {24, 14}}, {1, 14}, {27, 14});
  EXPECT_GT(grey(fade, {8, 2}), grey(fade, {20, 2}));
  take("p", "a");
  drag({{14, 14}});
  await_screen("nothing but white", [&](const ByteImage& now) {
    return grey(now, {0, 0}) == 255 && grey(now, {14, 14}) == 255 && grey(now, {27, 27}) == 255;
  });
  undo();
}

TEST_F(EndToEndTools, WhatIsLockedIsThereAtTheEndToTheLastGrey) {
  draw(kSleeve);
  painted(kSleeve, 255);
  take("k");
  draw(kSleeve);
  resampled();
  const auto end = picture_in(screen(), place::kOutcome);  // The canvas shows the lock over it.
  ASSERT_TRUE(end);
  for (const int grey : covered(end->pixels, kSleeve)) EXPECT_EQ(grey, 255);
}

TEST_F(EndToEndTools, RewindingChangesAFinishedPictureWhereItWasPaintedAlone) {
  const ByteImage finished = end_of_lane(0);
  take("t");
  const Stroke stroke{{14, 12}, {14, 16}, 6};
  draw(stroke);
  const ByteImage again = resampled();
  EXPECT_EQ(spared(again, stroke), spared(finished, stroke));
  EXPECT_NE(covered(again, stroke), covered(finished, stroke));
}

TEST_F(EndToEndTools, AClassOfItsOwnMakesAnotherPicture) {
  const ByteImage finished = end_of_lane(0);
  display_.press("Home");
  for (int i = 0; i < 4; ++i) display_.press("Right");  // Where there is a class to be chosen.
  canvas_at(4);
  take("n", "a");
  drag({{14, 14}});
  EXPECT_NE(resampled(), finished);
}

TEST_F(EndToEndTools, AWishForWhiteMakesABrighterPicture) {
  const ByteImage finished = end_of_lane(0);
  display_.press("Home");
  for (int i = 0; i < 8; ++i) display_.press("Right");
  canvas_at(8);
  take("y", "a");
  drag({{14, 14}});
  EXPECT_GT(brightness(resampled()), brightness(finished) + 5);
}

TEST_F(EndToEndTools, APictureThatWasSavedComesBackWhenItIsDroppedPastedOrChosen) {
  fs::create_directory(folder_ / "Pictures");
  draw(kSleeve);
  painted(kSleeve, 255);
  const ByteImage finished = resampled();
  display_.press("s", "Control_L");
  const fs::path file = await_file(".png");
  EXPECT_EQ(read_picture(file, 1).pixels, finished.pixels);

  const auto comes_back = [&](const auto& by) {
    display_.press("Home");
    await_change(finished);
    by();
    display_.move_to(on_screen(place::kNothing));
    await_canvas("the picture, drawn again", [&](const ByteImage& now) { return now == finished; });
  };
  comes_back([&] { display_.drop(kTitle, on_canvas({14, 14}), "file://" + file.string()); });
  comes_back([&] { display_.paste(file.string()); });
  comes_back([&] {
    display_.press("o", "Control_L");
    await_screen("a list of files",
                 [](const ByteImage& now) { return shows(now, place::kBelowFiles, kChooser); });
    click(place::kFirstFile);
  });
}

TEST_F(EndToEndTools, AllPicturesAndTheStepsInMotionAreSavedFromTheMenu) {
  fs::create_directory(folder_ / "Pictures");
  const auto save = [&](Point entry) {
    display_.press("e", "Control_L");
    const Point beside{entry.x + 200, entry.y};
    await_screen("a menu", [&](const ByteImage& now) { return shows(now, beside, kPopup); });
    click(entry);
  };
  save(place::kSaveAll);
  const ByteImage sheet = read_picture(await_file(".png"), 1);
  EXPECT_GT(sheet.width, 3 * before_.width);
  save(place::kSaveAnimation);
  EXPECT_GT(fs::file_size(await_file(".webp")), 1000u);
}

}  // namespace
}  // namespace stepwise
