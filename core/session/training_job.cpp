#include "session/training_job.h"

#include <algorithm>

#include "diffusion/tensor_image.h"
#include "engine/run_folder.h"
#include "error.h"
#include "image/output.h"
#include "model/folder.h"
#include "model/unet.h"
#include "session/levels_looked_at.h"
#include "session/opened_model.h"
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
constexpr int kGalleryCount = 20;
constexpr int kGallerySteps = 10;  // Fewer than the run's own: it is drawn every few seconds.
// A gallery or a held-out loss may cost this share of the training time.
constexpr double kShareOfTime = 0.02;

// A model that is gone on with keeps its network, whatever the recipe is otherwise.
Trainer make_trainer(const Train& command, const Dataset& data, torch::Device device) {
  if (command.at)
    return Trainer::begin_at(mark_at(command.resume, *command.at), command.changes, data, device);
  if (!command.resume.empty()) return Trainer::resume(command.resume, data, device);
  if (command.from.empty()) return Trainer(fitted_to(data.train, command.recipe), data, device);
  const ModelFolder model = read_model(command.from);
  const Recipe own = recipe_in_log(model.info.training).value_or(command.recipe);
  Trainer trainer(fitted_to(data.train, with_network_of(own, command.recipe)), data, device);
  trainer.begin_with(*model.net);
  return trainer;
}

std::chrono::steady_clock::duration seconds(double s) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(s));
}

}  // namespace

TrainingJob::TrainingJob(const Train& command, ModelId id, std::shared_ptr<const Dataset> data,
                         torch::Device device, const Emit& emit, std::function<bool()> asked)
    : data_(std::move(data)),
      device_(device),
      asked_(std::move(asked)),
      trainer_(make_trainer(command, *data_, device)) {
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
  emit(TrainingDone{folder_, trainer_.steps(), false, "The run is finished: its budget is spent."});
}

void TrainingJob::begin_new(const Train& command, const Emit& emit) {
  folder_ = command.out.empty() ? new_run_folder(data_->name, trainer_.recipe().name) : command.out;
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

void TrainingJob::announce(ModelId id, const Budget& added, const Emit& emit) {
  gallery_of_ = dealt({}, int(data_->class_names.size()), kGalleryCount);
  emit(TrainingStarted{folder_, trainer_.recipe(), data_->name, trainer_.parameters(),
                       level_bin_edges(trainer_.recipe().degradation), gallery_of_,
                       trainer_.steps(), added, trainer_.multiplier(), trainer_.rate_factor()});
  marks_ = marks_in(folder_);
  if (!marks_.empty()) tell_marks(emit);
  const Pictures& pictures = data_->train;
  announcement_ = {.id = id,
                   .live = true,
                   .folder = folder_,
                   .name = data_->name + " " + trainer_.recipe().name,
                   .class_names = data_->class_names,
                   .height = pictures.height,
                   .width = pictures.width,
                   .channels = pictures.channels,
                   .parameters = trainer_.parameters(),
                   .data = data_->name,
                   .defaults = trainer_.defaults(),
                   .has_gaussians = true,
                   .degradation = trainer_.recipe().degradation,
                   .stand_in = {},
                   .left_over = {},
                   .boundaries = {},
                   .survival = {},
                   .trade_off = {}};
  emit(announcement_);
  emit(RunFound{summary_of(folder_)});
  history_files_.emplace(folder_, trainer_.steps(), trainer_.recipe().batch,
                         level_bin_edges(trainer_.recipe().degradation));
  unsent_.points = trainer_.history().curve.all();  // Of a resumed run: the curve so far.
  unsent_.held_out = trainer_.history().held_out;
  next_held_out_ = next_gallery_ = Clock::now();
  next_checkpoint_ = Clock::now() + seconds(trainer_.recipe().checkpoint_seconds);
  report(emit);
}

bool TrainingJob::step(const Emit& emit) {
  if (!running_) return false;
  or_fail(emit, [&] {
    if (fit_gaussians() || draw_gallery(emit)) return;
    if (trainer_.within_step() || !trainer_.finished()) {
      train(emit);
    } else if (!pictured_) {
      trainer_.dismiss();
      begin_gallery();  // So that every run that is over has pictures to show.
    } else {
      measure();
      end(emit, false, "The budget is spent.");
    }
  });
  return running_;
}

// What went wrong is told by the caller.
template <class Work>
void TrainingJob::or_fail(const Emit& emit, Work work) {
  try {
    work();
  } catch (const std::exception&) {
    fail(emit);
    throw;
  }
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
    model_ = nullptr;  // Whoever asked before has one without them.
    model_step_ = -1;
  }
  return true;
}

void TrainingJob::train(const Emit& emit) {
  if (!trainer_.advance(asked_)) return;
  const auto now = Clock::now();
  if (now >= next_held_out_) {
    measure();
    const auto cost = Clock::now() - now;
    next_held_out_ =
        now +
        std::max(seconds(1), seconds(std::chrono::duration<double>(cost).count() / kShareOfTime));
  }
  if (trainer_.recipe().gallery_seconds > 0 && now >= next_gallery_) begin_gallery();
  if (now >= next_checkpoint_) checkpoint(emit);
  if (now >= next_report_) report(emit);
}

void TrainingJob::measure() { unsent_.held_out.push_back(trainer_.evaluate_held_out()); }

void TrainingJob::begin_gallery() {
  const Recipe& recipe = trainer_.recipe();
  pictured_ = true;
  SampleSettings settings = trainer_.defaults();
  settings.count = kGalleryCount;
  settings.steps = kGallerySteps;
  settings.seed = recipe.seed;
  gallery_.emplace(settings, gallery_of_, model(), kGalleryCount);
  next_gallery_ =
      Clock::now() + seconds(std::max(recipe.gallery_seconds, trainer_.seconds() * kShareOfTime));
}

// A gallery that cannot be drawn ends no run: it is left out, and told.
bool TrainingJob::gallery_step(const Emit& emit) {
  try {
    return gallery_->step();
  } catch (const Error& e) {
    emit(Warning{text_of("No gallery was drawn: ", e.what())});
    return false;
  }
}

bool TrainingJob::draw_gallery(const Emit& emit) {
  if (!gallery_) return false;
  const bool more = gallery_step(emit);
  if (auto done = gallery_->take()) {
    ImageBatch pictures = to_image_batch(done->pictures);
    trainer_.keep_gallery(to_bytes(pictures));
    if (const std::string why = history_files_->add_gallery(trainer_.steps(), pictures);
        !why.empty())
      emit(Warning{why});
    emit(GalleryReady{trainer_.steps(), trainer_.seconds(), std::move(pictures)});
  }
  if (!more) gallery_.reset();
  return true;
}

void TrainingJob::collect() {
  const std::vector<TrainingPoint> points = trainer_.collect();
  unsent_.points.insert(unsent_.points.end(), points.begin(), points.end());
}

void TrainingJob::report(const Emit& emit) {
  next_report_ = Clock::now() + kReportEvery;
  collect();
  unsent_.step = trainer_.steps();
  unsent_.pictures_per_second = trainer_.pictures_per_second();
  unsent_.seconds = trainer_.seconds();
  unsent_.seconds_left = trainer_.seconds_left();
  unsent_.fraction = trainer_.fraction();
  unsent_.multiplier = trainer_.multiplier();
  unsent_.paused = paused_;
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
  next_checkpoint_ = Clock::now() + seconds(trainer_.recipe().checkpoint_seconds);
  write_history(emit);  // Also into a folder that was made anew just now.
  emit(RunFound{summary_of(folder_)});
}

// One that cannot be written ends no run: the one before stays, and the next may have room.
void TrainingJob::checkpoint(const Emit& emit) {
  report(emit);  // Where the run itself is at fault, this says so.
  try {
    save(emit);
  } catch (const Error& e) {
    const double wait = trainer_.recipe().checkpoint_seconds;
    next_checkpoint_ = Clock::now() + seconds(wait);
    emit(Warning{text_of("No checkpoint was written. ", e.what(),
                         " Training goes on, and tries again in ", wait, " seconds.")});
  }
}

void TrainingJob::end(const Emit& emit, bool early, const std::string& why) {
  running_ = false;
  trainer_.dismiss();
  gallery_.reset();
  report(emit);
  save(emit);
  emit(TrainingDone{folder_, trainer_.steps(), early, why});
}

// The last checkpoint stays. Losses that were not read yet may be out of reach, with the device.
void TrainingJob::fail(const Emit& emit) {
  running_ = false;
  try {
    trainer_.dismiss();
    report(emit);
  } catch (const std::exception&) {  // It follows from what went wrong before.
  }
  emit(TrainingDone{folder_, trainer_.steps(), true,
                    "The run failed; its last checkpoint is kept."});
}

void TrainingJob::pause(bool paused, const Emit& emit) {
  if (!running_) return;
  paused_ = paused;
  trainer_.set_paused(paused);
  report(emit);
}

SharedModel TrainingJob::model() {
  if (model_ && model_step_ == trainer_.steps()) return model_;
  const bool free = model_.use_count() == 1;  // Nobody else has the last one any more.
  if (!free) snapshot_ = nullptr;
  snapshot_ = trainer_.snapshot(std::move(snapshot_));
  model_step_ = trainer_.steps();
  if (free) return model_;
  model_ = model_with(snapshot_);
  return model_;
}

SharedModel TrainingJob::model_at(std::int64_t step) const {
  return model_with(Trainer::begin_at(mark_at(folder_, step), {}, *data_, device_).snapshot());
}

SharedModel TrainingJob::model_with(std::shared_ptr<UNet2DModelImpl> weights) const {
  const Pictures& pictures = data_->train;
  return model_of(network_of(UNet2DModel(std::move(weights))),
                  {.schedule = trainer_.schedule(),
                   .classes = {int(data_->class_names.size())},
                   .shape = {pictures.channels, pictures.height, pictures.width},
                   .device = device_,
                   .gaussians = trainer_.gaussians()});
}

LevelsLookedAt TrainingJob::look_at(int bin) {
  SampleSettings settings = trainer_.defaults();
  settings.guidance = 1;
  return looked_at_levels(bin, trainer_.recipe(), trainer_.steps(), *model(), settings,
                          data_->test);
}

void TrainingJob::change(const ChangeTraining& c, const Emit& emit) {
  if (!running_) return;
  const Recipe before = trainer_.recipe(), recipe = changed_in_training(before, c.changes);
  const double multiplier = c.multiplier.value_or(trainer_.multiplier());
  kMultiplier.check("The learning rate's multiplier", multiplier);
  const std::string words = words_of_change(trainer_.multiplier(), multiplier, before, recipe);
  if (words.empty()) return;
  require(
      recipe == before || trainer_.alone(),
      "Several processes train this run together, and all must have one recipe: nothing but its "
      "learning rate can change. Stop it, and go on from a mark.");
  or_fail(emit, [&] {
    add_mark(words, emit);
    trainer_.scale_learning_rate(multiplier);
    trainer_.change(recipe);
    report(emit);
  });
  tell_marks(emit);
}

void TrainingJob::mark(const Emit& emit) {
  if (!running_) return;
  or_fail(emit, [&] { add_mark("", emit); });
  tell_marks(emit);
}

// Changes at one step, as of a run that is paused, share a mark, which is from before all of them.
void TrainingJob::add_mark(const std::string& change, const Emit& emit) {
  collect();  // Where the run itself is at fault, this says so.
  const std::int64_t step = trainer_.steps();
  auto mark = std::ranges::find(marks_, step, &TrainingMark::step);
  if (mark == marks_.end()) {
    const auto later = std::ranges::upper_bound(marks_, step, {}, &TrainingMark::step);
    mark = marks_.insert(later, {{}, step, trainer_.seconds(), change});
  } else if (!change.empty()) {
    mark->change += (mark->change.empty() ? "" : ", ") + change;
  }
  if (!mark->file.empty()) return;
  try {
    const std::filesystem::path file = mark_file(folder_, step);
    trainer_.save_mark(file, change);
    mark->file = file;
    thin_marks(marks_);
  } catch (const Error& e) {
    emit(Warning{
        text_of("No mark was written at step ", step, ". ", e.what(), " Training goes on.")});
  }
}

void TrainingJob::tell_marks(const Emit& emit) const {
  emit(TrainingMarked{folder_, trainer_.recipe(), marks_});
}

void TrainingJob::cancel(const Emit& emit) {
  if (!running_) return;
  or_fail(emit, [&] {
    if (trainer_.steps() > 0) measure();
    end(emit, true, "Stopped.");
  });
}

void TrainingJob::leave(const Emit& emit) {
  if (running_) or_fail(emit, [&] { end(emit, true, "Stopped."); });
}

}  // namespace stepwise
