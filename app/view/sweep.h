// Side by side: one picture sampled anew for each value of a setting, from the same noise, so that
// nothing but the setting makes the difference. Window thread only.
#pragma once

#include <array>
#include <string>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

enum class SweepKind { kGuidance, kClasses, kSamplers, kSteps, kTraining };
struct SweepName {
  SweepKind kind;
  const char* label;
  const char* help;
};
inline constexpr std::array kSweeps = {
    SweepName{
        SweepKind::kGuidance, "Guidance",
        "How hard the class is pulled towards, 0 to 8: what becomes clearer, and what is lost "
        "on the way."},
    SweepName{SweepKind::kClasses, "Classes",
              "What each class makes of the same noise: its large forms come from there."},
    SweepName{SweepKind::kSamplers, "Samplers",
              "Deterministic ones lead to nearly the same picture; fresh noise on the way leads "
              "elsewhere."},
    SweepName{SweepKind::kSteps, "Without a step",
              "Leaves out each step in turn: which of them does the picture need? In the layer "
              "Change the timeline then tells how far it was without each."},
    SweepName{SweepKind::kTraining, "Two clocks",
              "Training goes downwards, from mark to mark of the newest run, and denoising to the "
              "right, from one noise: when does a network learn what, and for which noise levels?"},
};

// Of a model of others, as a rule.
inline constexpr const char* kNoNullClass =
    "This model was trained without a null class: there is nothing to guide away from.";

// As much of its name as stands below a small picture.
std::string short_name(const SamplerName& sampler);

// The picture under the playhead is the one that is sampled. Why it cannot be; empty: it can.
std::string obstacle_to_sweep(const View& view, const Desk& desk, SweepKind kind);

// Asks for its trees, all at once: they run one after the other.
void begin_sweep(const View& view, Desk& desk, SweepKind kind, Commands& out);

// What undo takes back then.
inline constexpr const char* kSweepRun = "run side by side";

// A branch has begun: what another one was asked for ends the look at a sweep.
void note_in_sweep(Desk& desk, const Branch& branch);

// The sweep that is to be seen, as long as anything of it is there or comes; nullptr: none.
const Sweep* sweep_shown(const View& view, const Desk& desk);
// A picture of the sweep that is shown is gone to: it is looked at no more, but not done with.
void visit_from_sweep(Desk& desk);
// It is closed.
void close_sweep(Desk& desk);
// The root of a tree that has begun and is there, or nullptr.
const Branch* tree_there(const View& view, const Desk& desk, const Sweep::Tree& tree);
// A tree is chosen: its sweep is to be seen, or none.
void look_at_sweep(Desk& desk, BranchId root);
// The one that a tree of this root is of, or nullptr.
const Sweep* sweep_of(const Desk& desk, BranchId root);
// Whether this tree has begun right after another one of its sweep: one change for all of them.
bool goes_on_with_sweep(const Desk& desk, BranchId root);
// The roots of all trees of the sweep; a branch of none: itself.
std::vector<BranchId> together_with(const Desk& desk, BranchId branch);

// How far a branch has come and, if it is of a sweep that is not over, how far all of that has.
struct HowFar {
  std::string words;   // "step 3 of 8", "2 of 9 done, step 3 of 8"
  float fraction = 0;  // Of all that is to come.
};
HowFar how_far(const View& view, const Desk& desk, const Branch& branch);

// Where a tree of a sweep is looked at while the playhead stands elsewhere: at the noise level
// nearest to it, or as far as the tree has come.
Place place_in_sweep(const View& view, const Desk& desk, const Sweep& sweep, const Branch& root);

}  // namespace stepwise::app
