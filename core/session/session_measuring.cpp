// What the session draws and measures in large numbers, and the networks that it measures with.
#include "engine/run_folder.h"
#include "error.h"
#include "evaluation/reference_file.h"
#include "session/captions.h"
#include "session/change.h"
#include "session/classifiers.h"
#include "session/network_job.h"
#include "session/race.h"
#include "session/rate_job.h"
#include "session/session.h"
#include "session/survival.h"
#include "session/trial_job.h"
#include "settings/data_home.h"

namespace stepwise {

void Session::on(JobId id, Draw c) {
  jobs_.add(id, Priority::kLong, "Drawing pictures", {c.model}, [this, c](const Emit&) {
    check(c.settings);
    return std::make_shared<DrawJob>(c.settings, c.conditions, model(c.model));
  });
}

void Session::on(JobId id, Evaluate c) {
  const std::vector<JobId> needed{c.model, opening_data_};
  jobs_.add(id, Priority::kLong, "Evaluating", needed, [this, c](const Emit& emit) {
    check(c.settings);
    auto reference = reference_for(c, emit);
    return std::make_shared<EvaluateJob>(c.settings, model(c.model), announcement_of(c.model).name,
                                         std::move(reference));
  });
}

std::shared_ptr<ReferenceSet> Session::reference_for(const Evaluate& c, const Emit& emit) {
  return reference_of(measured_against(c, emit), c.classifier);
}

// What is known of real pictures is kept from one evaluation to the next, and to the next launch.
std::shared_ptr<ReferenceSet> Session::reference_of(std::shared_ptr<const Dataset> data,
                                                    const std::filesystem::path& classifier) {
  if (reference_ && reference_->data == data && measured_by_ == classifier) return reference_;
  DataRecord record = record_of(*data);
  Classifier judge = classifier_for(record, classifier, options_.assets);
  measured_by_ = classifier;
  reference_ = std::make_shared<ReferenceSet>(
      ReferenceSet{std::move(data), std::move(record), std::move(judge), {}, {}});
  if (const auto home = cache_home(); !home.empty()) keep_in(home / "stepwise", *reference_);
  return reference_;
}

void Session::measure_while_it_trains(TrainingJob& run, const Emit& emit) {
  try {
    run.measure_against(reference_of(run.data(), {}));
  } catch (const Error& e) {
    emit(Warning{text_of("Training goes on, but its pictures are not measured. ", e.what())});
  }
}

void Session::on(JobId id, TrainClassifier c) {
  jobs_.add(id, Priority::kLong, "Training a classifier", {opening_data_},
            [this, c](const Emit& emit) {
              return std::make_shared<NetworkJob<ClassifierTraining>>(c.out, classifiers_folder(),
                                                                      data_of(c.data, emit));
            });
}

void Session::on(JobId id, TrainMeter c) {
  jobs_.add(id, Priority::kLong, "Training a noise meter", {opening_data_},
            [this, c](const Emit& emit) {
              return std::make_shared<NetworkJob<MeterTraining>>(c.out, meters_folder(),
                                                                 data_of(c.data, emit));
            });
}

Meter* Session::meter_of(ModelId id) {
  const auto [known, is_new] = meters_.try_emplace(id);
  if (is_new) known->second = meter_for(as_it_is_now(id).folder.info.data_set, options_.assets);
  return known->second.get();
}

void Session::on(JobId id, MeasureSurvival c) {
  jobs_.add(id, Priority::kLong, "Measuring how strokes last", {c.model}, [this, c](const Emit&) {
    return std::make_shared<PiecewiseJob>(measuring(c.settings, model(c.model)));
  });
}

void Session::on(JobId id, TryRecipes c) {
  jobs_.add(id, Priority::kLong, "Trying recipes", {opening_data_}, [this, c](const Emit& emit) {
    return std::make_shared<TrialJob>(c, data_of(c.data, emit), device_, emit, asked_);
  });
}

void Session::on(JobId id, FindRate c) {
  jobs_.add(id, Priority::kLong, "Finding a learning rate", {opening_data_},
            [this, c](const Emit& emit) {
              return std::make_shared<RateJob>(c, data_of(c.data, emit), device_, asked_);
            });
}

void Session::on(JobId id, MeasureTradeOff c) {
  const std::vector<JobId> needed{c.model, opening_data_};
  jobs_.add(id, Priority::kLong, "Measuring changes of class", needed, [this, c](const Emit& emit) {
    auto reference = reference_for({c.model, c.settings}, emit);
    return std::make_shared<PiecewiseJob>(weighing(c, model(c.model), std::move(reference)));
  });
}

void Session::on(JobId id, ReviewCaptions c) {
  const std::vector<JobId> needed{c.model, opening_data_};
  jobs_.add(id, Priority::kLong, "Reviewing captions", needed, [this, c](const Emit& emit) {
    const auto data = newest(measured_against({c.model, {}}, emit));
    const JobId open = data == data_ ? data_from_ : kNoJob;
    return std::make_shared<PiecewiseJob>(
        reviewing(c, model(c.model), announcement_of(c.model).name, data, open));
  });
}

void Session::on(JobId id, Race c) {
  jobs_.add(id, Priority::kLong, "Racing samplers", {c.model}, [this, c](const Emit&) {
    return std::make_shared<PiecewiseJob>(racing(c, model(c.model)));
  });
}

}  // namespace stepwise
