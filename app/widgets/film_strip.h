// Frames side by side along a ruler of noise levels. Each step has a cell of the same width, so
// that every picture can be seen whatever the grid; the ruler's ticks are those of log paper, put
// where their noise level falls between the steps. Window thread only.
#pragma once

#include <functional>
#include <span>

#include "widgets/canvas.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

// Steps 0 to `steps`, left to right.
struct StepAxis {
  float left = 0;
  float cell = 1;  // Width of a step.
  int steps = 1;

  float centre(int step) const { return left + (float(step) + 0.5f) * cell; }
  float right() const { return left + float(steps + 1) * cell; }
  int step_at(float x) const;  // The nearest one.
};

StepAxis step_axis(float left, float right, int steps);

// Side of a picture in a strip so high.
float film_side(const StepAxis& axis, float height);

// The picture of a strip that stands for a step: that of `step`, in the middle of those it stands
// for. Where cells are narrow it stands for those before it as well: the same in all strips, and
// the last step always has its own.
struct Frame {
  int step = 0;
  float middle = 0;
};
Frame frame_for(const StepAxis& axis, float side, int step);

// Where the line stands that comes down to a branch which leaves its parent at `step`: between two
// pictures, or at the left edge of the strip. Of several that leave there, `which` counts: each has
// a place of its own, as far as there is room.
float fork_x(const StepAxis& axis, float side, int step, int which);

// Where a noise level lies, interpolated in log sigma between the steps around it. `sigmas` fall
// and may end with 0.
float x_of_sigma(const StepAxis& axis, std::span<const double> sigmas, double sigma);
// The level that stands there, within those of the steps that are above 0.
double sigma_of_x(const StepAxis& axis, std::span<const double> sigmas, float x);

// Ticks at 1, 2, ... 9 times the powers of ten, labelled at 1 and, where there is room, at 2 and 5.
void sigma_ruler(ImDrawList& list, const StepAxis& axis, std::span<const double> sigmas, float top,
                 float bottom);

// The same for levels that fall in equal steps from `first`, at most 1, to 0: a tick at each tenth.
void even_ruler(ImDrawList& list, const StepAxis& axis, double first, float top, float bottom);

// Frames from `first` on, as many as have room, the last step always among them; `picture` gives
// nothing where a frame has not come. One that `dimmed` tells of stands for what is to come.
void film_strip(ImDrawList& list, PictureRenderer& pictures, const StepAxis& axis, int first,
                float top, float bottom, const std::function<Shown(int step)>& picture,
                const std::function<bool(int step)>& dimmed = {});

}  // namespace stepwise::app
