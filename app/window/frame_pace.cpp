#include "window/frame_pace.h"

#include <algorithm>

namespace stepwise::app {
namespace {

constexpr double kFrame = 1 / 60.;  // No faster than this.
constexpr double kCalm = 0.2;       // While nothing but curves of a training run grow.
constexpr double kIdle = 3600;      // Sleep of a window where nothing moves.
constexpr double kBlink = 0.4;      // Of the cursor in a text field.

}  // namespace

void FramePace::note_input(bool came, double rest, double now) {
  if (came) rest_is_due_ = now + rest;
  if (!came && (rest_is_due_ == 0 || now < rest_is_due_)) return;
  if (!came) rest_is_due_ = 0;
  wanted_ = kFramesPerInput;
}

void FramePace::note_news(bool calm, bool awaited) {
  calm_news_ = calm_news_ || calm;
  awaited_ = awaited_ || awaited;
  if (!calm) wanted_ = std::max(wanted_, 1);
}

double FramePace::pause(bool pressed, double now) const {
  return pressed || awaited_ ? 0 : std::max(0., last_frame_ + kFrame - now);
}

double FramePace::sleep(bool input_waits, bool typing, double now) const {
  if (input_waits || wanted_ > 0) return 0;
  double until = last_frame_ + (typing ? kBlink : kIdle);
  if (calm_news_) until = last_frame_ + kCalm;
  if (rest_is_due_ > 0) until = std::min(until, rest_is_due_);
  return std::max(0.001, until - now);
}

bool FramePace::is_due(double now) const {
  return wanted_ > 0 || (calm_news_ && now - last_frame_ >= kCalm);
}

void FramePace::end_frame(bool input_waits, double now) {
  wanted_ = input_waits ? kFramesPerInput : std::max(0, wanted_ - 1);
  last_frame_ = now;
}

}  // namespace stepwise::app
