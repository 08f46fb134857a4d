// A search for a learning rate, as a session is asked for it.
#include <gmock/gmock.h>

#include "session/session_fixture.h"
#include "session/stepped_session.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class RateSearchJob : public SteppedSession {
 protected:
  RateSearchJob()
      : SteppedSession([](const std::filesystem::path&, torch::Device) -> Opening {
          return [](const Emit&) { return std::nullopt; };
        }) {
    write_toy_data(data_);
  }

  // One whose loss soon grows.
  FindRate wild() const {
    FindRate command;
    command.recipe.channels = {8, 8};
    command.recipe.batch = 8;
    command.recipe.learning_rate = 1;
    command.data.place = data_.path().string();
    return command;
  }

  TemporaryFolder data_;
};

TEST_F(RateSearchJob, TellsOfItsCurveAsItGrowsAndOnceOfItsEnd) {
  const JobId job = ask(wild());
  run();
  const std::vector<RateSearched> told = this->told<RateSearched>(job);
  ASSERT_GE(told.size(), 2u);
  for (std::size_t i = 1; i < told.size(); ++i) {
    EXPECT_FALSE(told[i - 1].finished);
    EXPECT_GE(told[i].search.points.size(), told[i - 1].search.points.size());
  }
  EXPECT_TRUE(told.back().finished);
  EXPECT_TRUE(is_over(told.back().search));
  EXPECT_EQ(this->told<Progress>(job).back().fraction, 1);
  EXPECT_FALSE(this->told<Finished>(job).at(0).cancelled);
}

TEST_F(RateSearchJob, BeginsNoRunAndOpensNoModel) {
  const JobId job = ask(wild());
  for (int i = 0; i < 6; ++i) step();
  EXPECT_THAT(told<TrainingStarted>(job), IsEmpty());
  EXPECT_THAT(told<RunFound>(job), IsEmpty());
  EXPECT_THAT(told<ModelOpened>(job), IsEmpty());
}

TEST_F(RateSearchJob, EndsWhenItIsToldTo) {
  const JobId job = ask(wild());
  for (int i = 0; i < 6; ++i) step();
  ask(Cancel{job});
  run();
  EXPECT_TRUE(told<Finished>(job).at(0).cancelled);
  for (const RateSearched& searched : told<RateSearched>(job)) EXPECT_FALSE(searched.finished);
}

TEST_F(RateSearchJob, OfARecipeThatNothingCanBeTrainedByIsRefused) {
  FindRate command = wild();
  command.recipe.learning_rate = 2;
  const JobId job = ask(command);
  run();
  EXPECT_THAT(told<Failed>(job).at(0).message, HasSubstr("learning_rate is 2"));
}

}  // namespace
}  // namespace stepwise
