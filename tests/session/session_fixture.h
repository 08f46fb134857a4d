// A session on its thread with a toy data set, told what to do and listened to as a front end does.
#pragma once

#include <gtest/gtest.h>

#include "data/idx_files.h"
#include "session/make_session.h"
#include "strokes.h"
#include "temporary_folder.h"

namespace stepwise {

inline constexpr int kSide = 8;

// Two classes, bright above and bright below, as the four files of MNIST.
inline void write_toy_data(const TemporaryFolder& folder) {
  std::vector<int> labels;
  std::string pixels;
  for (int i = 0; i < 64; ++i) {
    labels.push_back(i % 2);
    for (int y = 0; y < kSide; ++y)
      pixels += std::string(kSide, char((y < kSide / 2) == (i % 2 == 0) ? 230 : 10));
  }
  put_data(folder.path(), kSide, labels, pixels);
}

class SessionTest : public testing::Test {
 protected:
  SessionTest() { write_toy_data(data_); }

  Train train(std::int64_t steps) {
    Train command;
    command.recipe.channels = {8, 16};
    command.recipe.batch = 8;
    command.recipe.budget = {0, steps};
    command.data.place = data_.path().string();
    command.out = runs_ / "run";
    return command;
  }

  // The first event of type T from now on; the others before it are kept in seen_.
  template <class T>
  T wait_for() {
    for (;;) {
      for (; next_ < seen_.size();) {
        const Event& event = seen_[next_++].event;
        if (const auto* found = std::get_if<T>(&event)) return *found;
        if (const auto* failed = std::get_if<Failed>(&event)) {
          if constexpr (!std::is_same_v<T, Failed>) throw std::runtime_error(failed->message);
        }
      }
      for (Report& report : engine_.wait()) seen_.push_back(std::move(report));
    }
  }

  // Throws where the job failed.
  Finished wait_for_end_of(JobId job) {
    for (;;) {
      const Finished end = wait_for<Finished>();
      if (seen_[next_ - 1].job == job) return end;
    }
  }

  // Why the job failed; nothing where it did not.
  std::string failure_of(JobId job) {
    try {
      wait_for_end_of(job);
      return "";
    } catch (const std::runtime_error& e) {
      return e.what();
    }
  }

  // Of all that has been read so far.
  BranchId branch_of(JobId job) const {
    for (const Report& report : seen_)
      if (const auto* branch = std::get_if<BranchStarted>(&report.event))
        if (report.job == job) return branch->id;
    throw std::runtime_error("There is no such branch.");
  }
  FrameFetched step_of(BranchId branch, int step) {
    engine_.post(FetchFrame{branch, step});
    return wait_for<FrameFetched>();
  }
  // Of a branch that has come to its end.
  ImageBatch finished(BranchId branch) { return step_of(branch, 6).noisy; }
  std::int64_t step_reached() const {
    std::int64_t step = 0;
    for (const Report& report : seen_)
      if (const auto* news = std::get_if<TrainingProgress>(&report.event)) step = news->step;
    return step;
  }

  TemporaryFolder data_, runs_;
  std::vector<Report> seen_;
  std::size_t next_ = 0;
  Engine engine_{[] { return make_session({"cpu", 1, {}}); }, [] {}};
};

inline SampleSettings few_steps() {
  SampleSettings settings;
  settings.count = 4;
  settings.steps = 6;
  return settings;
}

// The third picture at step 3, all of it.
inline Edit repainted() {
  Edit edit;
  edit.step = 3;
  edit.picture = 2;
  edit.layers = {flood(1)};
  return edit;
}

// Of the toy data.
inline std::vector<Condition> in_turn(int count = 4) { return dealt({}, 2, count); }

}  // namespace stepwise
