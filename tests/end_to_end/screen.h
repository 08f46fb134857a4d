// What the program shows, read from the pixels of its window alone. Pictures are found by being
// grey, which nothing else in the window is, buttons and curves by their colour; where to look for
// them is given for a window of 1280 x 800 pixels at scale 1. Pure functions; any thread.
#pragma once

#include <optional>
#include <vector>

#include "end_to_end/x_display.h"
#include "image/image.h"

namespace stepwise {

// Parts of a window of that size.
namespace place {
inline constexpr int kWidth = 1280, kHeight = 800;
inline constexpr Area kCanvas{178, 76, 762, 646};
inline constexpr Area kOutcome{766, 42, 958, 270};     // What the step leads to, beside the canvas.
inline constexpr Area kReadout{1150, 779, 1272, 797};  // The value under the mouse.
inline constexpr Area kInSight{2, 42, 158, 192};       // The picture under the brush, elsewhere.
inline constexpr Area kTools{0, 42, 176, 646};
inline constexpr Area kRight{962, 42, 1280, 646};
inline constexpr Point kRun{1040, 58};
inline constexpr Area kBelowRun{970, 76, 1270, 250};    // The other buttons below it.
inline constexpr Area kBesideRight{762, 42, 962, 200};  // Where it is explained.
inline constexpr Area kLoss{211, 438, 551, 601};        // Inside the axes, while a run goes on.
inline constexpr Area kLossSteps{190, 605, 490, 620};   // The numbers below that.
inline constexpr Area kLossText{1098, 8, 1134, 32};     // The digits in the top bar.
inline constexpr Area kProgress{970, 103, 1270, 104};   // One row of the bar.
inline constexpr Area kLanes{140, 682, 1258, 770};      // The frames of two lanes.
inline constexpr Point kBlack{14, 243};  // The left end of the brush's slider of values.
inline constexpr Point kTrain{189, 20};
inline constexpr Point kRuns{305, 20};
inline constexpr Area kFirstRun{306, 143, 460, 158};          // Its name in the list of runs.
inline constexpr Point kOpenRun{212, 94}, kTrainOn{488, 94};  // Above the list.
inline constexpr Area kModelName{391, 10, 520, 32};
inline constexpr Point kStatusDot{16, 788};
inline constexpr Point kNothing{100, 636};  // Where the mouse is over nothing.
inline constexpr Point kFirstFile{500, 282}, kBelowFiles{640, 600};   // In the chooser of files.
inline constexpr Point kSaveAll{546, 323}, kSaveAnimation{546, 369};  // In the menu of Ctrl+E.
inline constexpr int kHandleRow = 672;  // Crosses the playhead's handle.
}  // namespace place

struct Colour {
  int red = 0, green = 0, blue = 0;
};
inline constexpr Colour kAccent{94, 160, 255};  // What is chosen.
inline constexpr Colour kPopup{33, 35, 38};
inline constexpr Colour kChooser{27, 28, 31};
inline constexpr Colour kCurve{190, 146, 246};  // Of the loss.
inline constexpr Colour kProgress{178, 182, 191};
inline constexpr Colour kPrimary{38, 96, 188};  // A button that may be pressed.
inline constexpr Colour kReady{96, 196, 140};   // The status dot when no picture is on its way.

inline constexpr int kSide = 28;  // Pixels along a side of the model's pictures.

// A picture of the model on screen, and its pixels as they are shown.
struct Seen {
  Area area;
  ByteImage pixels;  // kSide x kSide, one channel.

  Point middle_of(int x, int y) const;  // Of a pixel, on screen.
};

// The picture in that part of the window; nothing where there is none.
std::optional<Seen> picture_in(const ByteImage& screen, const Area& part);

// The frames of a lane of the timeline, left to right; lane 0 is the uppermost.
std::vector<Area> frames_in_lane(const ByteImage& screen, int lane);

// Which of the frames the playhead's handle stands above.
std::optional<int> playhead_in(const ByteImage& screen, const std::vector<Area>& frames);

// The box around all pixels of exactly that colour.
std::optional<Area> box_of(const ByteImage& screen, const Area& part, Colour colour);

// For each column of the part, the middle of the pixels of about that colour, from its top; -1
// where there are none.
std::vector<double> curve_in(const ByteImage& screen, const Area& part, Colour colour);

// Whether there is text in that part that is neither a caption nor a hint.
bool writing_in(const ByteImage& screen, const Area& part);

// Whether the mouse is over the canvas, where its outline may hide what is below.
bool mouse_on_canvas(const ByteImage& screen);

bool shows(const ByteImage& screen, Point at, Colour colour);
ByteImage cut(const ByteImage& screen, const Area& part);

// Correlation of neighbouring pixels: about 0 in noise, near 1 in a picture.
double smoothness(const ByteImage& picture);

int different_greys(const ByteImage& picture);

}  // namespace stepwise
