#include "session/session.h"

#include <torch/types.h>
#include <torch/utils.h>

#include "data/dataset.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "formats/layout.h"
#include "image/output.h"
#include "model/behind.h"
#include "session/answers.h"
#include "session/change.h"
#include "session/following_job.h"
#include "session/make_session.h"
#include "session/opening.h"
#include "session/platform.h"
#include "session/restoring.h"
#include "session/survey.h"
#include "session/teachers.h"
#include "training/run_head.h"
#include "training/together.h"

namespace stepwise {

std::unique_ptr<Worker> make_session(const SessionOptions& options) {
  return std::make_unique<Session>(options, opening_of);
}

Session::Session(const SessionOptions& options, Open open)
    : options_(options), open_(std::move(open)), device_(device_of(options)) {
  use_threads(options);
  go_first(device_);
}

Report Session::describe(const std::exception& e) const {
  // torch puts a backtrace in what(); people should not have to read it.
  if (const auto* error = dynamic_cast<const c10::Error*>(&e))
    return jobs_.failure(error->what_without_backtrace());
  return jobs_.failure(e.what());
}

void Session::handle(Request request, const Send& send) {
  if (!std::exchange(greeted_, true)) greet([&](Event event) { send({kNoJob, std::move(event)}); });
  send_ = send;
  std::visit([&](auto& command) { on(request.id, std::move(command)); }, request.command);
}

void Session::greet(const Emit& emit) const {
  emit(Ready{device_.is_cuda() ? "cuda" : "cpu", torch::get_num_threads()});
  if (const std::string warning = blas_warning(); !warning.empty()) emit(Warning{warning});
}

SharedModel Session::model(ModelId id) {
  return is_live(id) ? training_->model_at_hand() : opened(id).model;
}

const OpenedModel& Session::opened(ModelId id) const {
  require(id != kNoModel, "No model is open. Open one, or train one.");
  const auto found = models_.find(id);
  require(found != models_.end(), "That model is not open any more. Choose another.");
  return found->second;
}

const ModelOpened& Session::announcement_of(ModelId id) const {
  return is_live(id) ? training_->announcement() : opened(id).announcement;
}

OpenedModel Session::model_of_run() const {
  OpenedModel now;
  now.model = training_->model();
  now.folder.info.data_set = record_of(*training_->data());
  now.announcement = training_->announcement();
  now.announcement.live = false;
  return now;
}

void Session::keep_model_of_last_run(const Emit& emit) {
  if (!training_) return;
  OpenedModel last = model_of_run();
  last.folder.path = training_->folder();
  emit(last.announcement);
  models_.emplace(training_id_, std::move(last));
}

void Session::answer(JobId id, std::string what, std::vector<JobId> needs,
                     std::function<void(const Emit&)> work) {
  const auto start = [work = std::move(work)](const Emit& emit) {
    work(emit);
    return nullptr;
  };
  jobs_.add(id, Priority::kWatched, std::move(what), std::move(needs), start);
}

void Session::on(JobId id, OpenModel c) {
  jobs_.add(id, Priority::kOpening, "Opening a model", {},
            [this, id, c](const Emit& begin) { return open(id, open_(c.folder, device_), begin); });
}

void Session::on(JobId id, OpenTeacher c) {
  const auto make = [this, id, c](const Emit& begin) {
    const auto known = c.teacher == Teacher::kIdeal ? ideal(begin) : nullptr;
    data();  // Throws where none is open.
    return open(id, making_teacher(c.teacher, data_, known), begin);
  };
  jobs_.add(id, Priority::kOpening, "Making a denoiser", {opening_data_}, make);
}

std::shared_ptr<Job> Session::open(ModelId id, Opening opening, const Emit& begin) {
  const auto piece = [this, id, opening = std::move(opening)](const Emit& emit) {
    std::optional<OpenedModel> model = opening(emit);
    if (model) keep(id, std::move(*model), emit);
    return !model;
  };
  return begin_piecewise(piece, begin);
}

void Session::keep(ModelId id, OpenedModel opened, const Emit& emit) {
  OpenedModel& model = models_.emplace(id, std::move(opened)).first->second;
  model.announcement.id = id;
  emit(model.announcement);
  for (const std::string& note : model.folder.notes) emit(Warning{note});
  if (model.folder.path.empty()) return;
  for (const auto& [other, old] : models_)
    if (other != id && old.folder.path == model.folder.path) return close(other, emit);
}

void Session::close(ModelId id, const Emit& emit) {
  meters_.erase(id);
  if (models_.erase(id) > 0) emit(ModelClosed{id});
}

void Session::on(JobId id, CloseModel c) {
  answer(id, "Closing a model", {c.model}, [this, c](const Emit& emit) { close(c.model, emit); });
}

void Session::on(JobId id, OpenData c) {
  const JobId before = std::exchange(opening_data_, id);  // The newest is what stays.
  jobs_.add(id, Priority::kOpening, "Opening a data set", {before},
            [this, id, c](const Emit& emit) { return open_data(id, c.data, emit); });
}

Piece Session::begin(const Begun& asked, std::optional<BranchId> as) {
  const auto branch = [&](const auto& c) {
    return beginning(forest_, c, model(model_in(asked)), as);
  };
  return std::visit(branch, asked);
}

void Session::on(JobId id, Sample c) {
  jobs_.add(id, Priority::kWatched, "Sampling", {c.model},
            [this, c](const Emit& emit) { return begin_piecewise(begin(c), emit); });
}

void Session::on(JobId id, Continue c) {
  jobs_.add(id, Priority::kWatched, "Sampling", {}, [this, c](const Emit&) {
    return std::make_shared<PiecewiseJob>(running(forest_, c.branch, c.until));
  });
}

void Session::on(JobId id, CloseTree c) {
  answer(id, "Closing a tree", {}, [this, c](const Emit& emit) {
    forest_.close(c.root);
    emit(TreeClosed{c.root, forest_.bytes()});
  });
}

void Session::on(JobId id, FetchFrame c) {
  jobs_.cancel(std::exchange(fetch_, id), send_);
  jobs_.add(id, Priority::kWatched, "Fetching a step", {}, [this, c](const Emit& emit) {
    forest_.branch(c.branch);  // Throws where there is none.
    return begin_piecewise(fetching(forest_, c), emit);
  });
}

void Session::on(JobId id, LimitFrames c) {
  answer(id, "Limiting the memory for steps", {}, [this, c](const Emit&) {
    kFrameBudget.check("The memory for steps, in bytes,", c.bytes);
    forest_.set_budget(c.bytes);
  });
}

void Session::on(JobId id, Resample c) {
  const ModelId needed = c.fork.model;
  jobs_.add(id, Priority::kWatched, "Resampling", {needed},
            [this, c](const Emit& emit) { return begin_piecewise(begin(c), emit); });
}

// Ids are reserved at once: what is asked for next may begin before.
void Session::on(JobId id, Restore c) {
  forest_.reserve(c.reserved);
  std::vector<JobId> needed;
  for (const PastBranch& past : c.branches) needed.push_back(model_in(past.begun));
  const auto begin_again = [this](const PastBranch& past) { return begin(past.begun, past.id); };
  jobs_.add(id, Priority::kWatched, "Bringing back branches", std::move(needed),
            [this, begin_again, branches = std::move(c.branches)](const Emit&) {
              return std::make_shared<PiecewiseJob>(restoring(forest_, branches, begin_again));
            });
}

void Session::on(JobId id, Preview c) {
  jobs_.cancel(std::exchange(preview_, id), send_);
  jobs_.cancel(std::exchange(ahead_, kNoJob), send_);
  const ModelId needed = c.fork.model;
  answer(id, "Previewing an edit", {needed}, [this, fork = std::move(c.fork)](const Emit& emit) {
    // Paint on the guess keeps the noise level: nobody has to find and load a meter for that.
    const bool may_be_off = paints_on(fork.edit.layers, Surface::kNoisy);
    Meter* meter = may_be_off ? meter_of(fork.model) : nullptr;
    emit(preview(fork, forest_, model(fork.model), meter));
  });
}

void Session::on(JobId id, LookAhead c) {
  jobs_.cancel(std::exchange(ahead_, id), send_);
  jobs_.add(id, Priority::kWatched, "Looking ahead", {c.fork.model}, [this, c](const Emit&) {
    return std::make_shared<PiecewiseJob>(looking_ahead(c.fork, forest_, model(c.fork.model)));
  });
}

void Session::on(JobId id, Inspect c) {
  jobs_.cancel(std::exchange(inspect_, id), send_);
  answer(id, "Looking at a noise level", {c.model, opening_data_}, [this, c](const Emit& emit) {
    const Condition known = knows_classes_of_data(c.model) ? c.condition : Condition{};
    emit(inspect(c, *model(c.model), *ideal(emit), known));
  });
}

void Session::on(JobId id, Worsen c) {
  jobs_.cancel(std::exchange(worsen_, id), send_);
  answer(id, "Making a picture worse", {},
         [c = std::move(c)](const Emit& emit) { emit(worsened(c)); });
}

void Session::on(JobId id, Survey c) {
  jobs_.cancel(std::exchange(survey_, id), send_);
  jobs_.add(id, Priority::kLong, "Comparing with the ideal denoiser", {c.model, opening_data_},
            [this, c](const Emit& emit) {
              return std::make_shared<SurveyJob>(c, model(c.model), data().test, ideal(emit),
                                                 knows_classes_of_data(c.model));
            });
}

void Session::on(JobId id, FetchPicture c) {
  answer(id, "Fetching a picture", {opening_data_}, [this, c](const Emit& emit) {
    const Pictures& pictures = c.test ? data().test : data().train;
    require(c.index >= 0 && c.index < pictures.count, "There is no picture ", c.index,
            "; choose 0 to ", pictures.count - 1, ".");
    emit(PictureFetched{c.index, c.test, pictures.labels[std::size_t(c.index)],
                        image_of(pictures, c.index)});
  });
}

void Session::on(JobId id, Train c) {
  jobs_.add(id, Priority::kLong, "Training", {opening_data_},
            [this, id, c](const Emit& emit) { return train(id, c, emit); });
}

std::shared_ptr<Job> Session::train(JobId id, const Train& c, const Emit& emit) {
  require(!training_ || !training_->running(),
          "A run is going on. Stop it before starting another.");
  const auto place = c.together ? process_place() : std::nullopt;
  const auto processes = place ? std::make_shared<Processes>(*place) : nullptr;
  if (processes && !processes->first()) return follow(c, processes, emit);
  auto data = c.resume.empty() ? data_of(c.data, emit) : data_of_run(c, emit);
  auto run = std::make_shared<TrainingJob>(c, id, std::move(data), device_, emit, asked_);
  if (processes) run->lead(processes);
  if (run->measured_pictures() > 0) measure_while_it_trains(*run, emit);
  keep_model_of_last_run(emit);
  training_ = run;
  training_id_ = id;
  return run;
}

Emit Session::emit_of_run() const {
  return [this](Event event) { send_({training_id_, std::move(event)}); };
}

std::shared_ptr<Job> Session::follow(const Train& c, const std::shared_ptr<Processes>& processes,
                                     const Emit& emit) {
  const RunHead head = run_of_first(*processes);
  const auto data = c.data.place.empty() ? data_again(head.data, emit) : data_of(c.data, emit);
  return std::make_shared<FollowingJob>(Trainer::follow(processes, head, *data, device_), asked_);
}

void Session::on(JobId id, Snapshot c) {
  answer(id, "Keeping a model", {}, [this, id, c](const Emit& emit) {
    require(is_live(c.run), "That run is not the newest any more: its model stays as it is.");
    OpenedModel now = model_of_run();
    if (c.at) now.model = training_->model_at(*c.at);
    OpenedModel& kept = models_.emplace(id, std::move(now)).first->second;
    kept.announcement.id = id;
    kept.announcement.name = c.name;
    emit(kept.announcement);
  });
}

void Session::on(JobId id, Combine c) {
  const std::vector<ModelId> needed = c.models;
  jobs_.add(id, Priority::kOpening, "Combining models", needed, [this, id, c](const Emit& emit) {
    std::vector<OpenedModel> parts;
    for (const ModelId part : c.models) parts.push_back(as_it_is_now(part));
    OpenedModel& whole = models_.emplace(id, combined(parts, c.how)).first->second;
    whole.announcement.id = id;
    whole.announcement.name = c.name;
    emit(whole.announcement);
    return nullptr;
  });
}

void Session::on(JobId id, FindMask c) {
  jobs_.cancel(std::exchange(mask_, id), send_);
  jobs_.add(
      id, Priority::kWatched, "Finding what would change", {c.model},
      [this, c](const Emit& emit) { return begin_piecewise(finding(c, model(c.model)), emit); });
}

void Session::on(JobId id, DescribeModel c) {
  answer(id, "Describing a model", {}, [c](const Emit& emit) { emit(describe_model(c.folder)); });
}

void Session::on(JobId id, IdentifyModel c) {
  jobs_.add(id, Priority::kListing, "Identifying a model", {c.model}, [this, c](const Emit& begin) {
    return begin_piecewise(identifying(c.model, opened(c.model).folder.path), begin);
  });
}

// These act at once: what they are about may be at work for long.
void Session::on(JobId id, ChangeTraining c) {
  jobs_.now(id, "Changing how a run trains");
  if (is_live(c.run)) training_->change(c, emit_of_run());
  send_({id, Finished{}});
}

void Session::on(JobId id, MarkTraining c) {
  jobs_.now(id, "Marking a run");
  if (is_live(c.run)) training_->mark(emit_of_run());
  send_({id, Finished{}});
}

// Both are over before they act, for what fails then is not theirs.
void Session::on(JobId id, Cancel c) {
  send_({id, Finished{}});
  jobs_.cancel(c.job, send_);
}

void Session::on(JobId id, Pause c) {
  send_({id, Finished{}});
  jobs_.pause(c.job, c.paused, send_);
}

}  // namespace stepwise
