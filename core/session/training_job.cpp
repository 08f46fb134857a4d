#include "session/training_job.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "engine/run_folder.h"
#include "error.h"
#include "image/output.h"
#include "model/folder.h"
#include "session/share_of_time.h"
#include "training/batches.h"
#include "training/checkpoint.h"
#include "training/loss.h"
#include "training/marks.h"
#include "training/network.h"
#include "training/run_log.h"

namespace stepwise {
namespace {

constexpr auto kReportEvery = std::chrono::milliseconds(100);
constexpr auto kHistoryEvery = std::chrono::milliseconds(500);  // That its files are written to.
constexpr auto kHeldOutEvery = std::chrono::seconds(1);         // At most.

// A model that is gone on with keeps its network, whatever the recipe is otherwise.
Trainer make_trainer(const Train& command, const Dataset& data, torch::Device device) {
  if (command.at)
    return Trainer::begin_at(mark_at(command.resume, *command.at), command.changes, data, device);
  if (!command.resume.empty()) return Trainer::resume(command.resume, data, device);
  if (command.from.empty()) {
    const std::string trouble = trouble_with_new_weights(command.recipe);
    require(trouble.empty(), trouble);
    return Trainer(fitted_to(data.train, command.recipe), data, device);
  }
  const ModelFolder model = read_model(command.from);
  const Recipe own = recipe_in_log(model.info.training).value_or(command.recipe);
  Trainer trainer(fitted_to(data.train, with_network_of(own, command.recipe)), data, device);
  trainer.begin_with(*model.net);
  return trainer;
}

// What makes few steps enough for a run of the user's own becomes part of that run.
std::filesystem::path folder_for(const Train& command, const Recipe& recipe, const Dataset& data) {
  if (!command.out.empty()) return command.out;
  const auto inside = recipe.consistency > 0 ? new_few_steps_folder(command.from) : "";
  return inside.empty() ? new_run_folder(data.name, recipe.name) : inside;
}

}  // namespace

TrainingJob::TrainingJob(const Train& command, ModelId id, std::shared_ptr<const Dataset> data,
                         torch::Device device, const Emit& emit, std::function<bool()> asked)
    : data_(std::move(data)),
      asked_(std::move(asked)),
      trainer_(make_trainer(command, *data_, device)),
      model_(data_, device),
      gallery_(int(data_->class_names.size())) {
  if (command.resume.empty() || command.at) {
    begin_new(command, emit);
  } else {
    folder_ = command.resume;
    check_output(folder_ / kTrainingFile, {".safetensors"}, true);
  }
  if (command.more != Budget{}) {
    trainer_.extend(command.more);
    trainer_.save(folder_);
  }
  announce(id, command.more, emit);
  if (!trainer_.finished()) return;
  running_ = false;
  emit(done(false, "The run is finished: its budget is spent."));
}

void TrainingJob::begin_new(const Train& command, const Emit& emit) {
  folder_ = folder_for(command, trainer_.recipe(), *data_);
  make_run_folder(folder_);
  trainer_.save(folder_);  // So that there is something to go on with from the first moment.
  if (!command.at) {
    const std::string note = fitting_note(data_->train, command.recipe);
    if (!note.empty()) emit(Warning{note});
    return;
  }
  try {
    inherit_marks(mark_at(command.resume, *command.at), folder_);
  } catch (const Error& e) {
    emit(Warning{text_of("The new run goes without some of the earlier marks. ", e.what())});
  }
}

TrainingDone TrainingJob::done(bool early, const std::string& why) const {
  const bool few_steps = trainer_.recipe().consistency > 0;
  return {folder_, trainer_.steps(), early, why, few_steps ? model_around(folder_) : ""};
}

void TrainingJob::announce(ModelId id, const Budget& added, const Emit& emit) {
  const std::vector<double> bin_edges = level_bin_edges(trainer_.recipe().degradation);
  emit(TrainingStarted{folder_, trainer_.recipe(), data_->name, trainer_.parameters(), bin_edges,
                       gallery_.conditions(), trainer_.steps(), added, trainer_.multiplier(),
                       trainer_.rate_factor(), files_of(*data_), data_->source.corrections});
  if (marks_.begin(folder_, trainer_)) tell_marks(emit);
  announcement_ = model_.announcement(trainer_, id, folder_);
  emit(announcement_);
  emit(RunFound{summary_of(folder_)});
  history_files_.emplace(folder_, trainer_.steps(), trainer_.recipe().batch, bin_edges,
                         measured_pictures() > 0);
  unsent_.points = trainer_.history().curve.all();  // Of a resumed run: the curve so far.
  unsent_.held_out = trainer_.history().held_out;
  unsent_.measured = trainer_.history().measured;
  next_held_out_ = Clock::now();
  next_checkpoint_ = Clock::now() + in_seconds(trainer_.recipe().checkpoint_seconds);
  report(emit);
}

void TrainingJob::measure_against(std::shared_ptr<ReferenceSet> reference) {
  measure_.emplace(std::move(reference), measured_pictures());
}

bool TrainingJob::step(const Emit& emit) {
  if (!running_) return false;
  or_fail(emit, [&] {
    if (fit_gaussians() || draw_gallery(emit) || measure(emit)) return;
    if (trainer_.within_step() || !trainer_.finished()) {
      train(emit);
    } else if (!gallery_.begun()) {
      trainer_.dismiss();
      gallery_.begin(trainer_, model());  // So that every run that is over has pictures to show.
    } else if (!last_measured()) {
      trainer_.dismiss();
      begin_measure();
    } else {
      evaluate_held_out();
      end(emit, false, "The budget is spent.");
    }
  });
  return running_;
}

// Before the first step, for pictures of the run may begin with them.
bool TrainingJob::fit_gaussians() {
  if (trainer_.gaussians()) return false;
  if (!gaussians_) {
    const PictureTensors learned = tensors_learned_from(*data_);
    gaussians_.emplace(learned.pixels, learned.labels, int(data_->class_names.size()));
  }
  if (!gaussians_->step()) {
    trainer_.keep_gaussians(gaussians_->take());
    gaussians_.reset();
    model_.forget();  // Whoever asked before has one without them.
  }
  return true;
}

void TrainingJob::train(const Emit& emit) {
  if (!trainer_.advance(asked_)) return;
  const auto now = Clock::now();
  if (now >= next_held_out_) {
    evaluate_held_out();
    next_held_out_ = std::max(now + kHeldOutEvery,
                              Clock::now() + pause_after(Clock::now() - now, kShareOfLosses));
  }
  if (gallery_.due(trainer_.recipe())) gallery_.begin(trainer_, model());
  if (measure_ && measure_->due()) begin_measure();
  if (marks_.due(trainer_)) {
    add_mark("", emit);
    tell_marks(emit);
  }
  if (now >= next_checkpoint_) checkpoint(emit);
  if (now >= next_report_) report(emit);
}

void TrainingJob::evaluate_held_out() { unsent_.held_out.push_back(trainer_.evaluate_held_out()); }

bool TrainingJob::draw_gallery(const Emit& emit) {
  if (!gallery_.under_way()) return false;
  const auto look = trainer_.look();
  if (const auto pictures = gallery_.step(emit)) keep_gallery(*pictures, emit);
  return true;
}

void TrainingJob::keep_gallery(const torch::Tensor& drawn, const Emit& emit) {
  ImageBatch pictures = to_image_batch(drawn);
  trainer_.keep_gallery(to_bytes(pictures));
  if (const std::string why = history_files_->add_gallery(trainer_.steps(), pictures); !why.empty())
    emit(Warning{why});
  emit(GalleryReady{trainer_.steps(), trainer_.seconds(), std::move(pictures)});
}

void TrainingJob::begin_measure() { measure_->begin(trainer_, model()); }

// It may take seconds: what has come so far is told meanwhile.
bool TrainingJob::measure(const Emit& emit) {
  if (!measure_ || !measure_->under_way()) return false;
  {
    const auto look = trainer_.look();
    if (const auto point = measure_->step(emit)) {
      trainer_.keep_measured(*point);
      unsent_.measured.push_back(*point);
    }
  }
  if (Clock::now() >= next_report_) report(emit);
  return true;
}

void TrainingJob::keep(const std::vector<TrainingPoint>& points) {
  unsent_.points.insert(unsent_.points.end(), points.begin(), points.end());
}

void TrainingJob::report(const Emit& emit) {
  next_report_ = Clock::now() + kReportEvery;
  keep(trainer_.collect_done());
  unsent_.step = trainer_.steps();
  unsent_.pictures_per_second = trainer_.pictures_per_second();
  unsent_.seconds = trainer_.seconds();
  unsent_.seconds_left = trainer_.seconds_left();
  unsent_.fraction = trainer_.fraction();
  unsent_.multiplier = trainer_.multiplier();
  unsent_.paused = paused_;
  unsent_.looked = trainer_.looked();
  emit(std::exchange(unsent_, {}));
  if (std::string obstacle = trainer_.obstacle(); obstacle != obstacle_) {
    obstacle_ = std::move(obstacle);
    emit(Warning{"The device cannot record a training step, which is slower so: " + obstacle_});
  }
  if (!running_ || Clock::now() >= next_history_) write_history(emit);
}

// No run ends for the sake of those who read along.
void TrainingJob::write_history(const Emit& emit) {
  next_history_ = Clock::now() + kHistoryEvery;
  std::string trouble = history_files_->update(trainer_.history());
  if (trouble != trouble_ && !trouble.empty()) emit(Warning{trouble + " Training goes on."});
  trouble_ = std::move(trouble);
}

void TrainingJob::save(const Emit& emit) {
  trainer_.save(folder_);
  next_checkpoint_ = Clock::now() + in_seconds(trainer_.recipe().checkpoint_seconds);
  write_history(emit);  // Also into a folder that was made anew just now.
  emit(RunFound{summary_of(folder_)});
}

// One that cannot be written ends no run: the one before stays, and the next may have room.
void TrainingJob::checkpoint(const Emit& emit) {
  keep(trainer_.collect());  // Where the run itself is at fault, this says so.
  report(emit);
  try {
    save(emit);
  } catch (const Error& e) {
    const double wait = trainer_.recipe().checkpoint_seconds;
    next_checkpoint_ = Clock::now() + in_seconds(wait);
    emit(Warning{text_of("No checkpoint was written. ", e.what(),
                         " Training goes on, and tries again in ", wait, " seconds.")});
  }
}

void TrainingJob::end(const Emit& emit, bool early, const std::string& why) {
  running_ = false;
  trainer_.dismiss();
  gallery_.stop();
  if (measure_) measure_->stop();
  keep(trainer_.collect());
  report(emit);
  save(emit);
  emit(done(early, why));
}

// The last checkpoint stays. Losses that were not read yet may be out of reach, with the device.
void TrainingJob::fail(const Emit& emit) {
  running_ = false;
  try {
    trainer_.dismiss();
    keep(trainer_.collect());
    report(emit);
  } catch (const std::exception&) {  // It follows from what went wrong before.
  }
  emit(done(true, "The run failed; its last checkpoint is kept."));
}

void TrainingJob::pause(bool paused, const Emit& emit) {
  if (!running_) return;
  paused_ = paused;
  trainer_.set_paused(paused);
  report(emit);
}

void TrainingJob::cancel(const Emit& emit) {
  if (!running_) return;
  or_fail(emit, [&] {
    if (trainer_.steps() > 0) evaluate_held_out();
    end(emit, true, "Stopped.");
  });
}

void TrainingJob::leave(const Emit& emit) {
  if (running_) or_fail(emit, [&] { end(emit, true, "Stopped."); });
}

}  // namespace stepwise
