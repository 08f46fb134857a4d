#include "engine/session.h"

#include <torch/torch.h>

#include <algorithm>

#include "data/dataset.h"
#include "engine/answers.h"
#include "engine/classifiers.h"
#include "engine/platform.h"
#include "engine/session_state.h"
#include "error.h"

namespace stepwise {
namespace {

// Tells of runs, one at a time.
class ListJob : public Job {
 public:
  explicit ListJob(std::vector<std::filesystem::path> folders) : left_(std::move(folders)) {
    std::ranges::reverse(left_);
  }
  bool step(const Emit& emit) override {
    if (left_.empty()) return false;
    emit(RunFound{summary_of(left_.back())});
    left_.pop_back();
    return !left_.empty();
  }

 private:
  std::vector<std::filesystem::path> left_;  // The next one last.
};

}  // namespace

std::unique_ptr<Worker> make_session(const SessionOptions& options) {
  return std::make_unique<Session>(options);
}

Session::Session(const SessionOptions& options)
    : options_(options), device_(device_of(options.device)) {
  use_threads(options.threads);
}

Report Session::describe(const std::exception& e) const {
  // torch puts a backtrace in what(); people should not have to read it.
  if (const auto* error = dynamic_cast<const c10::Error*>(&e))
    return jobs_.failure(error->what_without_backtrace());
  return jobs_.failure(e.what());
}

void Session::handle(Request request, const Send& send) {
  if (!std::exchange(greeted_, true))
    greet([&](Event event) { send({kNoJob, std::move(event)}); });
  send_ = send;
  std::visit([&](auto& command) { on(request.id, std::move(command)); }, request.command);
}

void Session::greet(const Emit& emit) const {
  emit(Ready{device_.is_cuda() ? "cuda" : "cpu", torch::get_num_threads()});
  if (const std::string warning = blas_warning(); !warning.empty()) emit(Warning{warning});
}

Source Session::source() {
  if (use_ == ModelSource::kTraining && training_) return training_->source();
  require(model_.has_value(), "No model is open. Open one, or train one.");
  return model_->source;
}

Trajectory& Session::tree() const {
  require(tree_ != nullptr, "There is nothing to continue yet. Sample first.");
  return *tree_;
}

void Session::answer(JobId id, std::string what, std::function<void(const Emit&)> work) {
  jobs_.add(id, Priority::kWatched, std::move(what), [work = std::move(work)](const Emit& emit) {
    work(emit);
    return nullptr;
  });
}

void Session::use(ModelSource source, const Emit& emit) {
  use_ = source;
  emit(ModelUsed{use_});
}

void Session::on(JobId id, OpenModel c) {
  answer(id, "Opening a model", [this, c](const Emit& emit) {
    OpenedModel model = open_model(c.folder, device_);
    model_ = std::move(model);
    emit(model_->announcement);
    for (const std::string& note : model_->folder.notes) emit(Warning{note});
    use(ModelSource::kOpened, emit);
  });
}

void Session::on(JobId id, OpenData c) {
  answer(id, "Opening a data set", [this, c](const Emit& emit) {
    data_ = data_of(c.data, emit);
    ideal_.reset();
    emit(DataOpened{data_->name, data_->class_names, data_->train.count, data_->test.count,
                    data_->train.height, data_->train.width, data_->train.channels});
  });
}

void Session::on(JobId id, UseModel c) {
  answer(id, "Choosing a model", [this, c](const Emit& emit) {
    require(c.source == ModelSource::kOpened || training_, "No model has been trained yet.");
    use(c.source, emit);
  });
}

void Session::on(JobId id, Sample c) {
  jobs_.add(id, Priority::kWatched, "Sampling", [this, c](const Emit& emit) {
    Source source = this->source();
    tree_ = std::make_shared<Trajectory>(c.settings, source.classes.count, source.shape,
                                         torch::TensorOptions().device(source.device),
                                         source.schedule);
    emit(announcement(tree_->branch(0), use_));
    return std::make_shared<BranchJob>(tree_, 0, c.until, std::move(source));
  });
}

void Session::on(JobId id, Continue c) {
  jobs_.add(id, Priority::kWatched, "Sampling", [this, c](const Emit&) {
    tree().branch(c.branch);  // Throws where there is none.
    return std::make_shared<BranchJob>(tree_, c.branch, c.until, source());
  });
}

void Session::on(JobId id, Resample c) {
  jobs_.add(id, Priority::kWatched, "Resampling", [this, c](const Emit& emit) {
    Source source = this->source();
    const auto shape = tree().branch(0).frames[0].x.sizes().slice(1);
    require(shape == torch::IntArrayRef(source.shape),
            "Cannot go on with a model for pictures of another size. Choose the model that began "
            "them.");
    const BranchId branch = tree_->fork(c.edit, c.settings);
    emit(announcement(tree_->branch(branch), use_));
    return std::make_shared<BranchJob>(tree_, branch, c.until, std::move(source));
  });
}

void Session::on(JobId id, Preview c) {
  jobs_.cancel(std::exchange(preview_, id), send_);
  answer(id, "Previewing an edit",
         [this, c](const Emit& emit) { emit(preview(c, tree(), source())); });
}

void Session::on(JobId id, Inspect c) {
  jobs_.cancel(std::exchange(inspect_, id), send_);
  answer(id, "Looking at a noise level", [this, c](const Emit& emit) {
    if (!ideal_) ideal_.emplace(tensor_of(data().train, 0, data().train.count));
    emit(inspect(c, source(), *ideal_));
  });
}

void Session::on(JobId id, FetchPicture c) {
  answer(id, "Fetching a picture", [this, c](const Emit& emit) {
    const Pictures& pictures = c.test ? data().test : data().train;
    require(c.index >= 0 && c.index < pictures.count, "There is no picture ", c.index,
            "; choose 0 to ", pictures.count - 1, ".");
    emit(PictureFetched{c.index, c.test, pictures.labels[std::size_t(c.index)],
                        image_of(pictures, c.index)});
  });
}

void Session::on(JobId id, Train c) {
  jobs_.add(id, Priority::kLong, "Training", [this, id, c](const Emit& emit) {
    require(!training_ || !training_->running(),
            "A run is going on. Stop it before starting another.");
    auto data = c.resume.empty() ? data_of(c.data, emit) : data_of_run(c, emit);
    training_ = std::make_shared<TrainingJob>(c, std::move(data), device_, emit);
    training_id_ = id;
    use(ModelSource::kTraining, emit);
    return training_;
  });
}

void Session::on(JobId id, Draw c) {
  jobs_.add(id, Priority::kLong, "Drawing pictures", [this, c](const Emit&) {
    check(c.settings);
    return std::make_shared<DrawJob>(c.settings, source());
  });
}

void Session::on(JobId id, Evaluate c) {
  jobs_.add(id, Priority::kLong, "Evaluating", [this, c](const Emit& emit) {
    check(c.settings);
    return std::make_shared<EvaluateJob>(c.settings, source(), judge_for(c, emit));
  });
}

// Features of real pictures are kept from one evaluation to the next.
std::shared_ptr<Judge> Session::judge_for(const Evaluate& c, const Emit& emit) {
  auto data = measured_against(c.data, emit);
  if (judge_ && judge_->data == data && judged_by_ == c.classifier) return judge_;
  DataRecord record = record_of(*data);
  Classifier classifier = classifier_for(record, c.classifier, options_.assets);
  judged_by_ = c.classifier;
  return judge_ = std::make_shared<Judge>(
             Judge{std::move(data), std::move(record), std::move(classifier), {}, {}});
}

void Session::on(JobId id, TrainClassifier c) {
  jobs_.add(id, Priority::kLong, "Training a classifier", [this, c](const Emit& emit) {
    return std::make_shared<ClassifierJob>(c, data_of(c.data, emit));
  });
}

void Session::on(JobId id, ListRuns c) {
  jobs_.add(id, Priority::kListing, "Listing runs", [c](const Emit&) {
    return std::make_shared<ListJob>(run_folders(c.folder));
  });
}

void Session::on(JobId id, DescribeModel c) {
  answer(id, "Describing a model", [c](const Emit& emit) { emit(describe_model(c.folder)); });
}

// These act at once: what they are about may be at work for long.
void Session::on(JobId id, ScaleLearningRate c) {
  jobs_.now(id, "Changing the learning rate");
  if (training_ && c.run == training_id_) training_->scale_learning_rate(c.multiplier);
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
