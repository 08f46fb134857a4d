// One training run, a step at a time, and the folder it lives in. Worker thread only.
//
// A run folder is a diffusers folder with the averaged weights, readable at any time, plus one
// file, training.safetensors, that holds everything a run needs to go on. That file alone is read
// to resume, and each file is replaced in one move, so a run survives being killed at any moment.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "settings/run_changes.h"
#include "training/run_head.h"
#include "training/trainer_state.h"

namespace stepwise {

class Trainer {
 public:
  // A new run; nothing is written until save(). Throws Error if the recipe does not fit the data.
  Trainer(const Recipe& recipe, const Dataset& data, torch::Device device);

  // Begins a new run with these weights. Throws Error if they are of another network than the
  // recipe's.
  void begin_with(const UNet2DModelImpl& net);

  // Goes on with a saved run, on the same data set. On the machine and thread count it was started
  // with, a run with a budget in steps continues exactly as if it had never stopped.
  static Trainer resume(const std::filesystem::path& folder, const Dataset& data,
                        torch::Device device);

  // A new run that begins as another one was at a mark of it (see marks.h), with these values in
  // its recipe. Throws Error if they cannot be other ones there.
  static Trainer begin_at(const std::filesystem::path& mark, const std::vector<FieldValue>& values,
                          const Dataset& data, torch::Device device);

  // From now on each step is made together with the other processes, of which this is the first
  // and the others follow(). Throws Error if a batch cannot be shared by so many.
  void lead(std::shared_ptr<Processes> processes);
  // One that goes with the run that the first process leads, `head`, as its run_of_first() says.
  // It knows no time and no losses. Throws Error where these are other pictures.
  static Trainer follow(std::shared_ptr<Processes> processes, const RunHead& head,
                        const Dataset& data, torch::Device device);
  // Lets those who follow go; nothing where there are none.
  void dismiss();
  bool dismissed() const { return state_->dismissed; }  // There are no more steps to follow in.

  // One optimiser step, and its point.
  TrainingPoint step();

  // The same for a worker that others wait for: where `asked`, called from any thread, says that
  // somebody does, it breaks off after a piece, for the next call to go on. True when the step is
  // done; until then nothing of the run changes. A device is told what to compute, behind all that
  // others tell it, and not waited for; `asked` is asked while it is too far behind.
  bool advance(const std::function<bool()>& asked);
  bool within_step() const { return state_->under_way != nullptr; }
  // Why a device is told of each operation of a step anew instead of playing it back; empty where
  // it is not.
  std::string obstacle() const;

  // The points of all steps since the last time, once the device has computed them. Throws Error if
  // a loss or a gradient is not finite, and for nothing else: that step and those after it have
  // changed nothing, and the run cannot be saved any more.
  std::vector<TrainingPoint> collect();
  // The same of those steps that the device has computed by now.
  std::vector<TrainingPoint> collect_done();

  // Losses of the averaged weights on fixed triples: the same pictures, noise and levels every time
  // and in every run.
  HeldOutPoint evaluate_held_out();

  // The network with the averaged weights as they are now: the next step changes them in place.
  const UNet2DModelImpl& averaged() const { return *state_->averaged; }
  // A copy of it, for those who need weights that stay. `reuse`: one that nobody needs any more.
  std::shared_ptr<UNet2DModelImpl> snapshot(std::shared_ptr<UNet2DModelImpl> reuse = nullptr) const {
    return snapshot_after(steps(), std::move(reuse));
  }
  // As they were after so many steps: from steps_done(), for which nobody waits, to steps().
  std::shared_ptr<UNet2DModelImpl> snapshot_after(
      std::int64_t step, std::shared_ptr<UNet2DModelImpl> reuse = nullptr) const;

  void scale_learning_rate(double multiplier);  // Throws Error if out of range.
  double multiplier() const { return state_->multiplier; }
  // Gives the next step this learning rate, whatever recipe and schedule say: for runs that try
  // what none should train by. Throws Error if out of range. There must be a next step.
  void set_learning_rate(double rate);

  // From the next step on, of which nothing has been done, the recipe is this one, which differs in
  // kLiveFields alone. Not for a run that others train together with this process.
  void change(const Recipe& recipe);
  // The same for what it learns from: its data set, corrected otherwise. What was fitted to that
  // before the first step, see gaussians(), stays.
  void learn_from(const Dataset& data);
  bool alone() const { return !state_->processes; }

  // Adds to the budget of a run, also of a finished one: see extended().
  void extend(const Budget& more);

  // The budget counts time from the first step, without pauses and without what looking at the run
  // takes: held-out losses, and whatever is done while there is a Look.
  void set_paused(bool paused);
  double seconds() const { return state_->clock.seconds(); }
  TrainingClock::Look look();
  double looked() const { return state_->clock.looked(); }  // Seconds.
  double seconds_left() const;                       // An estimate where the budget is in steps.
  double fraction() const;                           // Of the budget, 0 to 1.
  bool finished() const { return fraction() >= 1; }  // The budget is spent.
  std::int64_t steps() const { return state_->step; }
  std::int64_t steps_done() const;  // Those of them that the device has computed by now.
  // Over the last steps, time between steps left out.
  double pictures_per_second() const { return state_->clock.pictures_per_second(); }

  // What the schedule multiplies the learning rate by in the next step.
  double rate_factor() const;

  const Recipe& recipe() const { return state_->recipe; }
  const Schedule& schedule() const { return state_->regressor.schedule(); }
  // What its pictures are drawn best with.
  SampleSettings defaults() const { return state_->info.defaults; }
  // The highest noise level, as of StepwiseInfo.
  double learned_up_to() const { return state_->info.learned_up_to; }
  // Of its pictures' classes; nullptr until they are given. The folder keeps them.
  const std::shared_ptr<const ClassGaussians>& gaussians() const { return state_->gaussians; }
  void keep_gaussians(ClassGaussians gaussians);

  const RunHistory& history() const { return state_->history; }
  std::int64_t parameters() const;

  // Pictures that it draws by now: the run keeps the newest.
  void keep_gallery(ByteBatch gallery) { state_->gallery = std::move(gallery); }
  // What pictures of it were measured as, at no earlier step than the last ones.
  void keep_measured(const MeasuredPoint& point) { add_measured(state_->history.measured, point); }

  // Writes the run folder, or brings it up to date: as it is after the last whole step. Throws
  // Error if it cannot be written.
  void save(const std::filesystem::path& folder);
  // Writes the run as it is after the last whole step to a file of its own, to go back to;
  // `change`: what will be changed then, in words. Throws Error if it cannot be written.
  void save_mark(const std::filesystem::path& file, const std::string& change);

 private:
  explicit Trainer(std::unique_ptr<TrainerState> state) : state_(std::move(state)) {}
  bool pieces(const std::function<bool()>& asked);
  bool piece(const std::function<bool()>& asked);
  void end_step();
  bool whole_step(const std::function<bool()>& asked);
  bool add_up();
  void note();
  double factor() const;  // Of the learning rates, in the next step.
  void read_back();
  void require_finite(const TrainingPoint& point);
  void require_sound();  // All steps that the device was told.
  std::unique_ptr<TrainerState> state_;
};

// Makes the folder of a new run. Throws Error if there is already something in it.
void make_run_folder(const std::filesystem::path& folder);

}  // namespace stepwise
