// The measurement as a job, and its table with the model that it is of.
#include <gmock/gmock.h>

#include "editing/survival.h"
#include "model/small_net.h"
#include "session/session_fixture.h"
#include "session/stepped_session.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

const std::vector<Survival> kTable{{1, 2, 0.25}, {0.5, 2, 0.75}};

// Keeps what it sees, the less so the more noise there is.
OpenedModel keeping_model(const std::filesystem::path& folder) {
  Model model;
  model.unclamped = [](const std::vector<Condition>&, const SampleSettings&) -> Denoise {
    return [](const Tensor& x, double sigma) { return Guess(x / (1 + sigma)); };
  };
  model.classes = {2};
  model.shape = {1, kSide, kSide};
  OpenedModel opened = opened_from(folder, std::move(model));
  opened.announcement.survival = kTable;
  return opened;
}

class SurvivalJob : public SteppedSession {
 protected:
  SurvivalJob() : SteppedSession(keeping_model) {}

  const ModelId model_ = ask(OpenModel{"model"});
};

TEST_F(SurvivalJob, TellsWhatTheMeasurementFinds) {
  SurvivalMeasurement direct(few_steps(), keeping_model("model").model);
  while (direct.step()) continue;
  const JobId job = ask(MeasureSurvival{model_, few_steps()});
  run();
  const auto told = this->told<SurvivalMeasured>(job);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].table, direct.table());
  EXPECT_DOUBLE_EQ(this->told<Progress>(job).back().fraction, 1);
  EXPECT_FALSE(this->told<Finished>(job).at(0).cancelled);
}

TEST_F(SurvivalJob, EndsWhenItIsToldTo) {
  const JobId job = ask(MeasureSurvival{model_, few_steps()});
  for (int i = 0; i < 4; ++i) step();
  ask(Cancel{job});
  run();
  EXPECT_TRUE(told<Finished>(job).at(0).cancelled);
  EXPECT_TRUE(told<SurvivalMeasured>(job).empty());
}

TEST_F(SurvivalJob, OfNoStepsIsRefused) {
  SampleSettings settings = few_steps();
  settings.steps = 0;
  const JobId job = ask(MeasureSurvival{model_, settings});
  run();
  EXPECT_THAT(told<Failed>(job).at(0).message, HasSubstr("number of steps is 0"));
}

TEST_F(SurvivalJob, ATableIsNotOfWhatOthersMakeOfTheModel) {
  const JobId combination = ask(Combine{{model_, model_}, Autoguidance{2}, "both"});
  run();
  EXPECT_TRUE(told<ModelOpened>(combination).at(0).survival.empty());
  EXPECT_EQ(told<ModelOpened>(model_).at(0).survival, kTable);
}

TEST(OpenedModel, TellsTheTableOfItsFolder) {
  const TemporaryFolder folder;
  StepwiseInfo info;
  info.survival = kTable;
  write_model(folder.path(), UNet2DModel([] {
                UNet2DConfig config = small_config();
                config.sample_height = config.sample_width = kSide;
                return config;
              }()),
              SchedulerInfo{}, info);
  EXPECT_EQ(open_model(read_model(folder.path()), torch::kCPU).announcement.survival, kTable);
}

}  // namespace
}  // namespace stepwise
