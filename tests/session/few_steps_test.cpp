// The few-step weights in the folder of a model, opened with it or left out.
#include <gmock/gmock.h>

#include "image/file.h"
#include "model/small_net.h"
#include "session/few_steps.h"
#include "settings/few_steps.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class FewStepWeights : public testing::Test {
 protected:
  FewStepWeights() { write(folder_.path(), 8, false); }

  // A network for pictures of so many pixels along each side.
  static void write(const std::filesystem::path& folder, std::int64_t side, bool tuned,
                    const DegradationStack& degradation = Degradation::kNoise) {
    UNet2DConfig config = small_config();
    config.sample_height = config.sample_width = side;
    StepwiseInfo info;
    info.degradation = degradation;
    if (tuned) use_few_steps(info.defaults);
    write_model(folder, UNet2DModel(config), SchedulerInfo(), info);
  }

  OpenedModel opened() const {
    const Opening opening = opening_of(folder_.path(), torch::kCPU);
    std::optional<OpenedModel> model;
    while (!model) model = opening([](const Event&) {});
    return *model;
  }

  // Of the model, which opens all the same.
  void expect_left_out(const char* why) const {
    const OpenedModel model = opened();
    EXPECT_FALSE(model.model->few_steps);
    EXPECT_FALSE(model.announcement.has_few_steps);
    EXPECT_THAT(model.folder.notes, Contains(AllOf(HasSubstr("are left out"), HasSubstr(why))));
    EXPECT_THAT(describe_model(folder_.path()).notes, Contains(HasSubstr(why)));
  }

  const TemporaryFolder folder_;
  const std::filesystem::path inside_ = folder_ / "few-steps";
};

TEST_F(FewStepWeights, AreOpenedWithTheModel) {
  write(inside_, 8, true);
  const OpenedModel model = opened();
  ASSERT_TRUE(model.model->few_steps);
  EXPECT_EQ(model.model->few_steps->shape, (std::vector<std::int64_t>{1, 8, 8}));
  EXPECT_TRUE(model.announcement.has_few_steps);
  EXPECT_NE(model.announcement.defaults.sampler, SamplerKind::kConsistency);
  EXPECT_THAT(model.folder.notes, Not(Contains(HasSubstr("few-step"))));
  EXPECT_TRUE(describe_model(folder_.path()).has_few_steps);
  EXPECT_FALSE(describe_model(inside_).has_few_steps);
}

TEST_F(FewStepWeights, AreMissedByNobodyWhereThereAreNone) {
  const OpenedModel model = opened();
  EXPECT_FALSE(model.model->few_steps);
  EXPECT_FALSE(model.announcement.has_few_steps);
  EXPECT_THAT(model.folder.notes, Not(Contains(HasSubstr("few-step"))));
}

TEST_F(FewStepWeights, ForPicturesOfAnotherSizeAreLeftOut) {
  write(inside_, 4, true);
  expect_left_out("[1, 4, 4]");
}

TEST_F(FewStepWeights, ThatWereNotTunedAreLeftOut) {
  write(inside_, 8, false);
  expect_left_out("not tuned for few steps");
}

TEST_F(FewStepWeights, OfWhatUndoesSomethingElseAreLeftOut) {
  write(inside_, 8, true, Degradation::kBlur);
  expect_left_out("undo noise");
}

TEST_F(FewStepWeights, ThatAreDamagedAreLeftOut) {
  write(inside_, 8, true);
  write_file(inside_ / "unet" / "config.json", "{");
  expect_left_out("config.json");
  std::filesystem::remove_all(inside_);
  std::filesystem::create_directory(inside_);
  expect_left_out("There is no model in");
}

TEST_F(FewStepWeights, AreNotThoseOfACombination) {
  write(inside_, 8, true);
  const OpenedModel model = opened();
  for (const Combination& how : {Combination(Autoguidance{2}), Combination(Experts{{1}})}) {
    const OpenedModel both = combined({model, model}, how);
    EXPECT_FALSE(both.model->few_steps);
    EXPECT_FALSE(both.announcement.has_few_steps);
  }
}

}  // namespace
}  // namespace stepwise
