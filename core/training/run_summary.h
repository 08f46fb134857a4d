// What a run left on disk, in a few words: read from the head of its training.safetensors, so that
// a list of many costs little. Plain values, no torch here; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "fields.h"
#include "image/image.h"
#include "settings/points.h"
#include "settings/recipe.h"

namespace stepwise {

struct RunSummary {
  std::filesystem::path folder;
  Recipe recipe{.name = "", .parent = "", .budget = {}};  // Its own is not known yet.
  std::string data;                                       // Its name.
  std::string from;                                       // As of RunHead.
  std::int64_t step = 0;
  double seconds = 0;                                     // Of training.
  bool finished = false;                                  // The budget is spent.
  float score = std::numeric_limits<float>::quiet_NaN();  // Held-out loss, measured last.
  std::int64_t saved = 0;                                 // When, in seconds since 1970; 0: never.
  std::vector<HeldOutPoint> held_out;   // Its losses so far, at most 100, without bins,
  std::vector<double> held_out_at;      //   and the seconds of training by then.
  std::vector<MeasuredPoint> measured;  // Its measures so far, at most 100; empty: there are none.
  double flops = 0;    // Floating-point operations that a picture takes in training; 0: not known.
  ByteBatch gallery;   // Its newest pictures; empty: none are kept.
  std::string damage;  // Why it cannot be trained on; empty: it can.
};
STEPWISE_FIELDS(RunSummary, folder, recipe, data, from, step, seconds, finished, score, saved,
                held_out, held_out_at, measured, flops, gallery, damage)

// Of any folder; what is wrong with it stands in `damage`.
RunSummary summary_of(const std::filesystem::path& folder);

// The folders in `folder` that hold a run or a model, newest first, at most 200.
std::vector<std::filesystem::path> run_folders(const std::filesystem::path& folder);

}  // namespace stepwise
