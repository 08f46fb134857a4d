// The worker of the real program, see session.h. Worker thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/evaluating.h"
#include "engine/opened_model.h"
#include "engine/sampling.h"
#include "engine/session.h"
#include "engine/training_job.h"
#include "evaluation/ideal.h"

namespace stepwise {

// Mail sets things up, step() does the work: questions first, then what somebody watches, then
// everything that may take its time, in turn.
class Session : public Worker {
 public:
  explicit Session(const SessionOptions& options);

  void handle(Command command, const Emit& emit) override;
  bool step(const Emit& emit) override;
  void finish(const Emit& emit) override;
  Failed describe(const std::exception& e) const override;

 private:
  void on(const OpenModel& c, const Emit& emit);
  void on(const OpenData& c, const Emit& emit);
  void on(const UseModel& c, const Emit& emit);
  void on(const Sample& c, const Emit& emit);
  void on(const Continue& c, const Emit& emit);
  void on(const StopSampling& c, const Emit& emit);
  void on(const Resample& c, const Emit& emit);
  void on(const Preview& c, const Emit& emit);
  void on(const Inspect& c, const Emit& emit);
  void on(const FetchPicture& c, const Emit& emit);
  void on(const Train& c, const Emit& emit);
  void on(const PauseTraining& c, const Emit& emit);
  void on(const StopTraining& c, const Emit& emit);
  void on(const ScaleLearningRate& c, const Emit& emit);
  void on(const Draw& c, const Emit& emit);
  void on(const Evaluate& c, const Emit& emit);
  void on(const StopEvaluating& c, const Emit& emit);
  void on(const TrainClassifier& c, const Emit& emit);
  void on(const ListRuns& c, const Emit& emit);
  void on(const DescribeModel& c, const Emit& emit);

  bool step_questions(const Emit& emit);
  bool step_sampling(const Emit& emit);
  bool step_long_work(const Emit& emit);
  template <class Job>
  bool step_job(std::unique_ptr<Job>& slot, const char* doing, const Emit& emit);
  bool step_training(const Emit& emit);
  bool step_listing(const Emit& emit);

  // Says what it computes on, and what is wrong with that.
  void greet(const Emit& emit) const;
  Source source();  // Of the weights in use. Throws Error if there are none.
  const Dataset& data() const;
  std::shared_ptr<const Dataset> data_of(const DataSource& source, const Emit& emit);
  // The data set that something was made from, where it lay or by its name.
  std::shared_ptr<const Dataset> data_again(const DataRecord& record, const Emit& emit);
  // Where the run to go on with found its pictures, or where they are said to lie now.
  std::shared_ptr<const Dataset> data_of_run(const Train& c, const Emit& emit);
  // What is asked for, or what the model in use was trained on; where nobody knows, the open one.
  std::shared_ptr<const Dataset> measured_against(const std::optional<DataSource>& asked,
                                                  const Emit& emit);

  SessionOptions options_;
  torch::Device device_;
  bool greeted_ = false;
  std::string doing_;  // What a failure would be a failure of.

  std::optional<OpenedModel> model_;
  std::shared_ptr<const Dataset> data_;
  ModelSource use_ = ModelSource::kOpened;

  Sampling sampling_;
  std::optional<Preview> preview_;  // The newest unanswered one.
  std::optional<Inspect> inspect_;
  std::optional<IdealDenoiser> ideal_;  // Of data_, made when first asked for.
  std::shared_ptr<Judge> judge_;        // Of the last evaluation,
  std::filesystem::path judged_by_;     //   and the classifier that was asked for.
  std::unique_ptr<DrawJob> draw_;
  std::unique_ptr<EvaluateJob> evaluate_;
  std::unique_ptr<ClassifierJob> classifier_;
  std::unique_ptr<TrainingJob> training_;        // The last run, also when it is over.
  bool training_turn_ = false;                   // Training and other long work take turns.
  std::vector<std::filesystem::path> unlisted_;  // Runs to tell of, the next one last.
};

}  // namespace stepwise
