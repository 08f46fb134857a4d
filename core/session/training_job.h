// A training run that a front end watches: optimiser steps, and between them reports, held-out
// losses, galleries, measures of its pictures and checkpoints. Worker thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.h"
#include "diffusion/model.h"
#include "engine/job.h"
#include "session/live_gallery.h"
#include "session/live_marks.h"
#include "session/live_measure.h"
#include "session/live_model.h"
#include "training/history_files.h"
#include "training/trainer.h"

namespace stepwise {

class TrainingJob : public Job {
 public:
  // Begins or resumes the run that is asked for; its folder is made at once. `id`: of its model.
  // `asked`, called from any thread: whether somebody waits for a piece of work to end.
  TrainingJob(const Train& command, ModelId id, std::shared_ptr<const Dataset> data,
              torch::Device device, const Emit& emit, std::function<bool()> asked);

  // Makes each step with these, of which this is the first.
  void lead(std::shared_ptr<Processes> processes) { trainer_.lead(std::move(processes)); }

  // Pictures of it that are measured while it trains; 0: none are.
  int measured_pictures() const { return trainer_.recipe().measure_count; }
  // Measures them, from now on, against these. Throws Error where they cannot be.
  void measure_against(std::shared_ptr<ReferenceSet> reference);

  bool step(const Emit& emit) override;
  void pause(bool paused, const Emit& emit) override;
  void cancel(const Emit& emit) override;  // Tells its held-out loss, saves it and ends it.
  void leave(const Emit& emit) override;   // The same without that loss.

  // Both act between two steps, and do nothing where the run is over. What is changed is changed
  // also where no mark can be written, which is told. Throws Error if something cannot be changed.
  void change(const ChangeTraining& change, const Emit& emit);
  void mark(const Emit& emit);

  // By the newest weights where those of the mark cannot be had, which is told. Throws Error if
  // there is no such bin.
  LevelsLookedAt look_at(const LookAtLevels& asked, const Emit& emit);

  bool running() const { return running_; }
  // The averaged weights, copied: training goes on without changing them. The newest, or the newest
  // that nobody has to wait for.
  SharedModel model() { return model_.now(trainer_); }
  SharedModel model_at_hand() { return model_.at_hand(trainer_); }
  // Those at the mark of this step. Throws Error if there is none.
  SharedModel model_at(std::int64_t step) const;
  const std::filesystem::path& folder() const { return folder_; }
  const ModelOpened& announcement() const { return announcement_; }  // Of the model.
  std::shared_ptr<const Dataset> data() const { return data_; }

 private:
  using Clock = std::chrono::steady_clock;

  void begin_new(const Train& command, const Emit& emit);
  TrainingDone done(bool early, const std::string& why) const;
  void announce(ModelId id, const Budget& added, const Emit& emit);
  void keep(const std::vector<TrainingPoint>& points);
  void report(const Emit& emit);
  void write_history(const Emit& emit);
  void save(const Emit& emit);
  void checkpoint(const Emit& emit);
  // `change`: what will be changed right behind it, in words.
  void add_mark(const std::string& change, const Emit& emit);
  // nullptr, which is told, where there is none or it is damaged.
  SharedModel model_to_look_at(std::int64_t step, const Emit& emit) const;
  void evaluate_held_out();
  void tell_marks(const Emit& emit) const;
  // What goes wrong in the work ends the run, and is told by the caller.
  template <class Work>
  void or_fail(const Emit& emit, Work work) {
    try {
      work();
    } catch (const std::exception&) {
      fail(emit);
      throw;
    }
  }
  void fail(const Emit& emit);
  void end(const Emit& emit, bool early, const std::string& why);
  bool fit_gaussians();                 // False when they are fitted.
  bool draw_gallery(const Emit& emit);  // False when none is being drawn.
  void keep_gallery(const torch::Tensor& pictures, const Emit& emit);
  bool measure(const Emit& emit);  // False when nothing is being measured.
  void begin_measure();
  bool last_measured() const { return !measure_ || measure_->begun_at() == trainer_.steps(); }
  void train(const Emit& emit);

  std::shared_ptr<const Dataset> data_;
  std::function<bool()> asked_;
  std::filesystem::path folder_;
  Trainer trainer_;
  ModelOpened announcement_;
  LiveModel model_;
  bool running_ = true;
  bool paused_ = false;
  std::string obstacle_;                       // The trainer's, as it was told last.
  std::optional<HistoryFiles> history_files_;  // Made when the folder is.
  std::string trouble_;                        // Of these, as it was told last.
  LiveMarks marks_;
  TrainingProgress unsent_;
  std::optional<GaussianFit> gaussians_;
  LiveGallery gallery_;
  std::optional<LiveMeasure> measure_;
  Clock::time_point next_report_, next_held_out_, next_checkpoint_, next_history_;
};

}  // namespace stepwise
