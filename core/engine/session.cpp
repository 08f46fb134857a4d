#include "engine/session.h"

#include <torch/torch.h>

#include <algorithm>

#include "data/dataset.h"
#include "engine/answers.h"
#include "engine/classifiers.h"
#include "engine/platform.h"
#include "engine/session_state.h"
#include "error.h"
#include "training/run_head.h"

namespace stepwise {

std::unique_ptr<Worker> make_session(const SessionOptions& options) {
  return std::make_unique<Session>(options);
}

Session::Session(const SessionOptions& options)
    : options_(options), device_(device_of(options.device)) {
  use_threads(options.threads);
}

Failed Session::describe(const std::exception& e) const {
  // torch puts a backtrace in what(); people should not have to read it.
  if (const auto* error = dynamic_cast<const c10::Error*>(&e))
    return {doing_, error->what_without_backtrace()};
  return {doing_, e.what()};
}

void Session::handle(Command command, const Emit& emit) {
  if (!std::exchange(greeted_, true)) greet(emit);
  std::visit([&](const auto& c) { on(c, emit); }, command);
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

const Dataset& Session::data() const {
  require(data_ != nullptr, "No data set is open. Open one first.");
  return *data_;
}

std::shared_ptr<const Dataset> Session::data_of(const DataSource& source, const Emit& emit) {
  for (const auto& open : {data_, judge_ ? judge_->data : nullptr})
    if (open && (source == open->source || source == lasting_source(*open))) return open;
  auto data = std::make_shared<const Dataset>(open_dataset(source));
  for (const std::string& note : data->notes) emit(Warning{note});
  return data;
}

std::shared_ptr<const Dataset> Session::data_again(const DataRecord& record, const Emit& emit) {
  DataSource named = record.source.value_or(DataSource{});
  named.place = record.name;
  if (!record.source) return data_of(named, emit);
  try {
    return data_of(*record.source, emit);
  } catch (const Error& moved) {
    try {  // On another machine it may be known by its name.
      auto data = data_of(named, emit);
      if (identity_of(*data) == record.identity) return data;
    } catch (const Error&) {
    }
    throw Error(text_of("The data set ", words_for(record), " is not where it was: ", moved.what(),
                        " Say where it lies now, with --data."));
  }
}

std::shared_ptr<const Dataset> Session::data_of_run(const Train& c, const Emit& emit) {
  const DataRecord record = head_of(SafetensorsFile(run_file(c.resume))).data;
  if (c.data.place.empty()) return data_again(record, emit);
  DataSource moved = record.source.value_or(DataSource{});  // Only the place is another one.
  moved.place = c.data.place;
  auto data = data_of(moved, emit);
  if (record.identity.empty() && data->name != record.name)
    emit(Warning{text_of("The run knows of its data set no more than its name, '", record.name,
                         "'. It goes on with ", words_for(record_of(*data)), ".")});
  return data;
}

std::shared_ptr<const Dataset> Session::measured_against(const std::optional<DataSource>& asked,
                                                         const Emit& emit) {
  if (asked) return data_of(*asked, emit);
  if (use_ == ModelSource::kTraining && training_) return training_->data();
  require(model_.has_value(), "No model is open. Open one, or train one.");
  DataRecord record = model_->folder.info.data_set;
  if (record.name.empty()) record.name = model_->folder.info.data;
  if (!record.name.empty()) {
    auto data = data_again(record, emit);
    if (!record.identity.empty() && identity_of(*data) != record.identity)
      emit(Warning{text_of("The model was trained on ", words_for(record), ". What lies in '",
                           data->folder.string(), "' now is another data set.")});
    return data;
  }
  auto data = data_ ? data_ : data_of({}, emit);
  emit(Warning{text_of("The model in '", model_->folder.path.string(),
                       "' does not say what it was trained on. It is measured against ",
                       words_for(record_of(*data)), ". --data names another data set.")});
  return data;
}

void Session::on(const OpenModel& c, const Emit& emit) {
  doing_ = "Opening a model";
  OpenedModel model = open_model(c.folder, device_);
  model_ = std::move(model);
  emit(model_->announcement);
  for (const std::string& note : model_->folder.notes) emit(Warning{note});
  on(UseModel{ModelSource::kOpened}, emit);
}

void Session::on(const OpenData& c, const Emit& emit) {
  doing_ = "Opening a data set";
  data_ = data_of(c.data, emit);
  ideal_.reset();
  emit(DataOpened{data_->name, data_->class_names, data_->train.count, data_->test.count,
                  data_->train.height, data_->train.width, data_->train.channels});
}

void Session::on(const UseModel& c, const Emit& emit) {
  doing_ = "Choosing a model";
  require(c.source == ModelSource::kOpened || training_, "No model has been trained yet.");
  use_ = c.source;
  emit(ModelUsed{use_});
}

void Session::on(const Sample& c, const Emit& emit) {
  doing_ = "Sampling";
  sampling_.start(c, source(), use_, emit);
}

void Session::on(const Continue& c, const Emit&) {
  doing_ = "Sampling";
  sampling_.go_on(c);
}

void Session::on(const StopSampling&, const Emit& emit) { sampling_.stop(emit); }

void Session::on(const Resample& c, const Emit& emit) {
  doing_ = "Resampling";
  sampling_.resample(c, source(), use_, emit);
}

void Session::on(const Preview& c, const Emit&) { preview_ = c; }
void Session::on(const Inspect& c, const Emit&) { inspect_ = c; }

void Session::on(const FetchPicture& c, const Emit& emit) {
  doing_ = "Fetching a picture";
  const Pictures& pictures = c.test ? data().test : data().train;
  require(c.index >= 0 && c.index < pictures.count, "There is no picture ", c.index,
          "; choose 0 to ", pictures.count - 1, ".");
  emit(PictureFetched{c.index, c.test, pictures.labels[std::size_t(c.index)],
                      image_of(pictures, c.index)});
}

void Session::on(const Train& c, const Emit& emit) {
  doing_ = "Starting a run";
  require(!training_ || !training_->running(),
          "A run is going on. Stop it before starting another.");
  auto data = c.resume.empty() ? data_of(c.data, emit) : data_of_run(c, emit);
  training_ = std::make_unique<TrainingJob>(c, std::move(data), device_, emit);
  on(UseModel{ModelSource::kTraining}, emit);
}

void Session::on(const PauseTraining& c, const Emit& emit) {
  if (training_) training_->pause(c.paused, emit);
}

void Session::on(const StopTraining&, const Emit& emit) {
  doing_ = "Saving the run";
  if (training_) training_->stop(emit);
}

void Session::on(const ScaleLearningRate& c, const Emit&) {
  doing_ = "Changing the learning rate";
  if (training_) training_->scale_learning_rate(c.multiplier);
}

void Session::on(const Draw& c, const Emit&) {
  doing_ = "Drawing pictures";
  check(c.settings);
  draw_ = std::make_unique<DrawJob>(c.settings, source());
}

void Session::on(const Evaluate& c, const Emit& emit) {
  doing_ = "Evaluating";
  check(c.settings);
  auto data = measured_against(c.data, emit);
  // Features of real pictures are kept from one evaluation to the next.
  if (!judge_ || judge_->data != data || judged_by_ != c.classifier) {
    DataRecord record = record_of(*data);
    Classifier classifier = classifier_for(record, c.classifier, options_.assets);
    judge_ = std::make_shared<Judge>(
        Judge{std::move(data), std::move(record), std::move(classifier), {}, {}});
    judged_by_ = c.classifier;
  }
  evaluate_ = std::make_unique<EvaluateJob>(c.settings, source(), judge_);
}

void Session::on(const StopEvaluating&, const Emit& emit) {
  if (!evaluate_) return;
  evaluate_.reset();
  emit(EvaluationStopped{});
}

void Session::on(const TrainClassifier& c, const Emit& emit) {
  doing_ = "Training a classifier";
  classifier_ = std::make_unique<ClassifierJob>(c, data_of(c.data, emit));
}

void Session::on(const ListRuns& c, const Emit&) {
  unlisted_ = run_folders(c.folder);
  std::ranges::reverse(unlisted_);
}

void Session::on(const DescribeModel& c, const Emit& emit) {
  doing_ = "Describing a model";
  emit(describe_model(c.folder));
}

bool Session::step(const Emit& emit) {
  return step_questions(emit) || step_sampling(emit) || step_listing(emit) || step_long_work(emit);
}

bool Session::step_questions(const Emit& emit) {
  if (preview_) {
    doing_ = "Previewing an edit";
    const Preview question = *std::exchange(preview_, std::nullopt);
    emit(preview(question, sampling_.trajectory(), source()));
    return true;
  }
  if (inspect_) {
    doing_ = "Looking at a noise level";
    const Inspect question = *std::exchange(inspect_, std::nullopt);
    if (!ideal_) ideal_.emplace(tensor_of(data().train, 0, data().train.count));
    emit(inspect(question, source(), *ideal_));
    return true;
  }
  return false;
}

bool Session::step_sampling(const Emit& emit) {
  if (!sampling_.busy()) return false;
  doing_ = "Sampling";
  sampling_.step(source(), emit);
  return true;
}

bool Session::step_long_work(const Emit& emit) {
  training_turn_ = !training_turn_;
  if (training_turn_ && step_training(emit)) return true;
  if (step_job(draw_, "Drawing pictures", emit) || step_job(evaluate_, "Evaluating", emit) ||
      step_job(classifier_, "Training a classifier", emit))
    return true;
  return !training_turn_ && step_training(emit);
}

bool Session::step_listing(const Emit& emit) {
  if (unlisted_.empty()) return false;
  const std::filesystem::path folder = std::move(unlisted_.back());
  unlisted_.pop_back();
  emit(RunFound{summary_of(folder)});
  return true;
}

template <class Job>
bool Session::step_job(std::unique_ptr<Job>& slot, const char* doing, const Emit& emit) {
  if (!slot) return false;
  doing_ = doing;
  auto job = std::move(slot);  // Taken out while it works, so that one that fails is gone.
  if (job->step(emit)) slot = std::move(job);
  return true;
}

bool Session::step_training(const Emit& emit) {
  if (!training_) return false;
  doing_ = "Training";
  return training_->step(emit);
}

void Session::finish(const Emit& emit) {
  doing_ = "Saving the run";
  if (training_) training_->leave(emit);
}

}  // namespace stepwise
