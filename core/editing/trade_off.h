// How often changes of class succeed, and how much of the pictures they change: by method and by
// the noise level that they begin at. Cut into steps, so that a worker can read its mail in
// between. Worker thread.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "editing/begin.h"
#include "editing/find_mask.h"
#include "settings/trade_off.h"

namespace stepwise {

// Pictures of one class that are to become another.
struct ClassPictures {
  ClassChange change;
  Tensor pictures;  // [n, C, H, W]
};

class TradeOffMeasurement {
 public:
  using Classify = std::function<Tensor(const Tensor& pictures)>;  // Classes, int64 [n].

  // Each method at each sigma, falling. Throws Error for settings out of range, and for pictures
  // and classes that the model is not for.
  TradeOffMeasurement(const SampleSettings& settings, std::vector<double> sigmas,
                      const MaskSearch& search, std::vector<ClassPictures> pictures,
                      SharedModel model, Classify classify);

  // One noise of a mask, or one frame of a run; false when all is measured.
  bool step();
  double fraction() const;  // Of the work, 0 to 1.

  const std::vector<TradeOff>& table() const { return table_; }  // Complete once all is measured.

 private:
  struct Run {
    Branch root;
    std::optional<Climb> climb;
  };
  bool step_masks();
  Run begin() const;
  void judge(const Tensor& results);
  void next_run();

  SampleSettings settings_;
  std::vector<double> sigmas_;
  std::vector<ClassPictures> all_;
  SharedModel model_;
  Classify classify_;
  std::vector<MaskFinding> searches_;
  std::vector<Tensor> masks_;  // Of each of all_: [n, 1, H, W].
  std::vector<TradeOff> table_;
  std::size_t row_ = 0, pair_ = 0;  // What runs.
  std::optional<Run> run_;
  // Sums over the pictures of a row: those that became the other class, changes of pixels and how
  // many these are, in all and outside the masks.
  double became_ = 0, of_ = 0, change_ = 0, pixels_ = 0, outside_ = 0, pixels_outside_ = 0;
};

}  // namespace stepwise
