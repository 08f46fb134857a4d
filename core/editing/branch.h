// One way through the noise levels, and the denoiser that it goes with. Worker thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "diffusion/denoiser.h"
#include "diffusion/model.h"
#include "diffusion/sampler.h"
#include "editing/apply.h"
#include "editing/known_path.h"
#include "editing/rewind.h"
#include "painting/edit.h"
#include "painting/start.h"
#include "settings/sample_settings.h"

namespace stepwise {

// Pictures at one step, in the order of the branch's `pictures`: [n, C, H, W].
struct Frame {
  Tensor x;         // Undefined: dropped, and to be computed again when asked for.
  Guess guess;      // D(x, sigma); x itself at sigma = 0; undefined until it has been computed.
  History history;  // Of the sampler, as the move from here finds it.

  explicit operator bool() const { return x.defined(); }
};

// Step k is the frame before the k-th move; step `steps` is the finished picture.
struct Branch {
  BranchId id = 0;
  BranchId parent = -1;               // -1: the root of a tree.
  int fork = 0;                       // The step of its first frame.
  std::vector<int> pictures;          // Those it runs itself; the others are the parent's.
  std::vector<Condition> conditions;  // Of the whole batch.
  Levels levels;                      // Of the whole tree.
  SampleSettings settings;
  SharedModel model;  // Runs it from its first frame to its last.
  Layers layers;      // Of the edit that it begins with, and
  FillIn fill;        //   how it fills in what they leave open.
  Tensor edited;      // What it locks, after that edit: the guess, or the picture that the
                      //   tree began with: [1, C, H, W].
  Rewound back;       // What that goes back to, if it does.
  std::shared_ptr<const Start> start;     // Of its tree; none: plain noise.
  std::shared_ptr<const KnownPath> path;  // Of the picture that its tree began with, if it did.
  bool on_path = false;                   // Its moves are those of the difference to the path, and
  Denoise source;             //   this is D' of that; undefined: there is none, it is the path.
  Denoise denoise;            // D of its pictures: compose() of all the above.
  std::vector<Frame> frames;  // Of the steps from `fork` on; only the newest may lack its guess.
  int stride = 1;             // Which frames are kept, see is_kept().
  std::int64_t bytes = 0;     // That the frames take.

  int steps() const { return levels.steps(); }
  int length() const { return int(frames.size()) - 1; }  // Steps from its first frame to its last.
  double sigma(int step) const { return levels.sigmas[std::size_t(step)]; }
  int newest() const;  // The newest step whose frame is whole; fork - 1 if none is yet.
  bool finished() const { return newest() == steps(); }
  std::vector<Condition> own_conditions() const;  // Of `pictures`, in their order.
};

// What the level of a step makes of a clean picture of a branch that runs one alone, and that must
// stay; none where that is noise on top of it.
Worsening worsening_at(const Branch& branch, int step);

// D(x, sigma) of the pictures that a branch runs itself, in their order: all that acts on its
// steps is put together here, for sampling as for every look ahead. Throws Error for conditions or
// guidance that the model does not know.
Denoise compose(const Branch& branch);
// The same as if nothing were locked.
Denoise unlocked(const Branch& branch);

// What a branch locks, to be as it is at the end.
struct Known {
  Tensor picture;  // [1, C, H, W]
  Tensor mask;     // How much of each pixel, 0 to 1: [1, H, W].
  explicit operator bool() const { return mask.defined(); }
};
Known known_in(const Branch& branch);  // None: nothing is locked.

// The guess with what is locked put back, m y + (1 - m) D, as DDNM has it (Wang et al. 2023). A
// sampler takes such pixels straight from their noise to y, so this is replacement at every step,
// whatever the sampler; where m = 1 they end as y to the bit.
Denoise locked(Denoise denoise, const Known& known);

// The frame after `frame`, which is the branch's at `step`, or `frame` with its guess where it has
// none yet. A function of its arguments alone: computed again it is the same to the bit.
Frame next_frame(const Branch& branch, int step, const Frame& frame, const Denoise& denoise);

// Puts it in its place: after the newest, or in place of that where it had no guess.
void append(Branch& branch, Frame next);

// Drops the frames that its stride does not keep, and counts its bytes.
void thin(Branch& branch);

// That these frames take, each tensor counted once.
std::int64_t bytes_of(std::span<const Frame> frames);

}  // namespace stepwise
