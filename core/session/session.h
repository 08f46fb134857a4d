// The worker of the real program, see session.h. Worker thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "engine/engine.h"
#include "engine/jobs.h"
#include "evaluation/ideal.h"
#include "session/evaluating.h"
#include "session/metering.h"
#include "session/opened_model.h"
#include "session/sampling.h"
#include "session/training_job.h"

namespace stepwise {

// Mail becomes jobs; step() gives each its turn.
class Session : public Worker {
 public:
  using Open = std::function<Opening(const std::filesystem::path& folder, torch::Device)>;

  // `open`: how models are opened.
  Session(const SessionOptions& options, Open open);

  void handle(Request request, const Send& send) override;
  void listen(std::function<bool()> asked) override { asked_ = std::move(asked); }
  bool step(const Send& send) override { return jobs_.step(send); }
  void finish(const Send& send) override { jobs_.leave(send); }
  Report describe(const std::exception& e) const override;

 private:
  void on(JobId id, OpenModel c);
  void on(JobId id, CloseModel c);
  void on(JobId id, OpenData c);
  void on(JobId id, Sample c);
  void on(JobId id, Continue c);
  void on(JobId id, CloseTree c);
  void on(JobId id, FetchFrame c);
  void on(JobId id, LimitFrames c);
  void on(JobId id, Resample c);
  void on(JobId id, Restore c);
  void on(JobId id, Preview c);
  void on(JobId id, LookAhead c);
  void on(JobId id, Inspect c);
  void on(JobId id, Worsen c);
  void on(JobId id, Survey c);
  void on(JobId id, FetchPicture c);
  void on(JobId id, Correct c);
  void on(JobId id, BrowseData c);
  void on(JobId id, Train c);
  void on(JobId id, AverageRun c);
  void on(JobId id, Snapshot c);
  void on(JobId id, Combine c);
  void on(JobId id, OpenTeacher c);
  void on(JobId id, TryRecipes c);
  void on(JobId id, FindRate c);
  void on(JobId id, LookAtLevels c);
  void on(JobId id, ChangeTraining c);
  void on(JobId id, MarkTraining c);
  void on(JobId id, Draw c);
  void on(JobId id, Evaluate c);
  void on(JobId id, TrainClassifier c);
  void on(JobId id, TrainMeter c);
  void on(JobId id, ListRuns c);
  void on(JobId id, DiscardRun c);
  void on(JobId id, TakeBackRun c);
  void on(JobId id, MeasureSurvival c);
  void on(JobId id, FindMask c);
  void on(JobId id, MeasureTradeOff c);
  void on(JobId id, ReviewCaptions c);
  void on(JobId id, Race c);
  void on(JobId id, DescribeModel c);
  void on(JobId id, IdentifyModel c);

  void on(JobId id, Cancel c);
  void on(JobId id, Pause c);

  // See beginning().
  Piece begin(const Begun& asked, std::optional<BranchId> as = {});

  // Work that is over with its first turn.
  void answer(JobId id, std::string what, std::vector<JobId> needs,
              std::function<void(const Emit&)> work);
  // Of the pictures that a model was trained on; nullptr where there is none.
  Meter* meter_of(ModelId id);
  std::shared_ptr<ReferenceSet> reference_for(const Evaluate& c, const Emit& emit);
  // By this classifier, or with an empty path by the one that was trained on the pictures.
  std::shared_ptr<ReferenceSet> reference_of(std::shared_ptr<const Dataset> data,
                                             const std::filesystem::path& classifier);
  // A run that cannot be measured trains all the same.
  void measure_while_it_trains(TrainingJob& run, const Emit& emit);

  // Says what it computes on, and what is wrong with that.
  void greet(const Emit& emit) const;
  // What the last run tells when it is told something.
  Emit emit_of_run() const;
  // Begins a run, or takes part in one that another process leads.
  std::shared_ptr<Job> train(JobId id, const Train& c, const Emit& emit);
  std::shared_ptr<Job> follow(const Train& c, const std::shared_ptr<Processes>& processes,
                              const Emit& emit);
  // As it is now. Throws Error if there is none of that id.
  SharedModel model(ModelId id);
  const OpenedModel& opened(ModelId id) const;  // The same, of a folder.
  OpenedModel model_of_run() const;             // As it is now.
  OpenedModel as_it_is_now(ModelId id) const { return is_live(id) ? model_of_run() : opened(id); }
  // The last run is as good as opened from its folder.
  void keep_model_of_last_run(const Emit& emit);
  void keep(ModelId id, OpenedModel model, const Emit& emit);
  // Opens it piece by piece, and keeps it as that model.
  std::shared_ptr<Job> open(ModelId id, Opening opening, const Emit& emit);
  void close(ModelId id, const Emit& emit);
  const ModelOpened& announcement_of(ModelId id) const;
  bool is_live(ModelId id) const { return training_ && id == training_id_; }
  const Dataset& data() const;
  std::shared_ptr<const IdealDenoiser> ideal(const Emit& emit);
  // Whether a class of the model is that of the open data set with the same number.
  bool knows_classes_of_data(ModelId id) const {
    return announcement_of(id).class_names == data().class_names;
  }
  void use(JobId id, std::shared_ptr<const Dataset> data, const Emit& emit);
  std::shared_ptr<Job> open_data(JobId id, const DataSource& source, const Emit& emit);
  std::shared_ptr<const Dataset> data_of(const DataSource& source, const Emit& emit);
  // One that is open, with the corrections that are asked for, or nullptr.
  std::shared_ptr<const Dataset> data_at_hand(const DataSource& source, const Emit& emit) const;
  // As it is corrected now, where it is the open data set.
  std::shared_ptr<const Dataset> newest(std::shared_ptr<const Dataset> data) const;
  // The data set that something was made from, where it lay or by its name.
  std::shared_ptr<const Dataset> data_again(const DataRecord& record, const Emit& emit);
  // Where the run to go on with found its pictures, or where they are said to lie now.
  std::shared_ptr<const Dataset> data_of_run(const Train& c, const Emit& emit);
  // What is asked for, or what the model was trained on; where nobody knows, the open one.
  std::shared_ptr<const Dataset> measured_against(const Evaluate& c, const Emit& emit);

  SessionOptions options_;
  Open open_;
  torch::Device device_;
  std::function<bool()> asked_ = [] { return false; };
  bool greeted_ = false;
  Jobs jobs_;
  Send send_;

  std::map<ModelId, OpenedModel> models_;
  std::shared_ptr<const Dataset> data_;
  JobId data_from_ = kNoJob;     // What opened it.
  JobId opening_data_ = kNoJob;  // The newest OpenData.

  Forest forest_;
  JobId preview_ = kNoJob, ahead_ = kNoJob, inspect_ = kNoJob, worsen_ = kNoJob, survey_ = kNoJob,
        fetch_ = kNoJob, browse_ = kNoJob,
        mask_ = kNoJob;                               // The newest.
  std::shared_ptr<const IdealDenoiser> ideal_;        // Of data_, made when first asked for.
  std::shared_ptr<ReferenceSet> reference_;           // Of the last evaluation,
  std::filesystem::path measured_by_;                 //   and the classifier that was asked for.
  std::map<ModelId, std::shared_ptr<Meter>> meters_;  // Of the models that were asked for.
  std::shared_ptr<TrainingJob> training_;             // The last run, also when it is over,
  JobId training_id_ = kNoJob;                        //   and what began it.
};

}  // namespace stepwise
