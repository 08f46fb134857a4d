// A walk through what the window is about, in five scenes. Each is a state of the real window, and
// a small card beside it that says what is seen there and asks for one thing to do. Window thread
// only.
#pragma once

#include <array>

#include "engine/commands.h"
#include "view/view.h"

namespace stepwise::app {

struct Ui;

struct Scene {
  const char* id;
  const char* heading;
  const char* words;
  const char* task;                              // The one thing to do,
  const char* after;                             //   and what to say once it has been done.
  bool low;                                      // The card stands at the foot of the right column.
  void (*enter)(const View& view, Ui& ui);       // Puts the window into its state.
  bool (*done)(const View& view, const Ui& ui);  // The task, since then.
};
inline constexpr int kSceneCount = 5;
extern const std::array<Scene, kSceneCount> kScenes;

struct TourUi {
  int scene = -1;           // Of kScenes; -1: none is shown.
  bool entered = false;     // The window has been put into its state.
  bool done = false;        // Its task has been done,
  bool already = false;     //   when it was entered.
  BranchId newest = -1;     // The branch, as it was entered,
  JobId training = kNoJob;  //   and the run.
  bool known = false;       // It was begun once: there is no need to offer it.
};

// Goes to a scene; beyond the last one the tour ends.
void show_scene(Ui& ui, int scene);
// Ends it. What was done meanwhile stays.
void leave_tour(Ui& ui);

inline constexpr const char* kTourHelp =
    "Five scenes of this window: noise, guess, steps, edit, training.";

// Whether a newcomer is to be told that there is one.
bool offers_tour(const Ui& ui);

// The card, in a window of its own; nothing where no scene is shown.
void tour_panel(const View& view, Ui& ui);

}  // namespace stepwise::app
