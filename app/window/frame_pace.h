// When a window draws its next frame. A press and the answer to one are shown at once; any input
// wants a few frames, and one more when the mouse has rested; curves that merely grow can wait.
// Where a processor draws, every frame costs the worker time. Times are seconds of one clock.
#pragma once

namespace stepwise::app {

class FramePace {
 public:
  // Input came, or none: a mouse that stays where it is then has rested after so many seconds.
  void note_input(bool came, double rest, double now);

  // Something is there to be seen: of a curve that grows (`calm`), or for one who waits for it.
  void note_news(bool calm, bool awaited);

  // How long to stay away from the next frame, so that there are 60 a second at most.
  double pause(bool pressed, double now) const;

  // How long to sleep then, if nothing comes: not at all where input came meanwhile.
  double sleep(bool input_waits, bool typing, double now) const;

  bool wants_frames() const { return wanted_ > 0; }
  bool is_due(double now) const;

  void begin_frame() { calm_news_ = awaited_ = false; }
  void end_frame(bool input_waits, double now);

  double last_frame() const { return last_frame_; }

  static constexpr int kFramesPerInput = 3;  // Dear ImGui settles hovering and layout over a few.

 private:
  double last_frame_ = 0;         // When it was drawn.
  double rest_is_due_ = 0;        // When the mouse will have rested; 0: it has.
  int wanted_ = kFramesPerInput;  // Frames to draw whatever happens.
  bool calm_news_ = false, awaited_ = false;
};

}  // namespace stepwise::app
