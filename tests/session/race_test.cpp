// A race as a job of the session.
#include <gmock/gmock.h>

#include "diffusion/tensor_image.h"
#include "session/session_fixture.h"
#include "session/stepped_session.h"
#include "settings/race.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

// Bends on the way: the sign of the mean decides.
OpenedModel bending_model(const std::filesystem::path& folder) {
  Model model;
  model.unclamped = [](const std::vector<Condition>&, const SampleSettings&) -> Denoise {
    return [](const Tensor& x, double sigma) {
      return Guess(0.5 * torch::tanh(x / (0.05 + sigma * sigma)));
    };
  };
  model.shape = {1, kSide, kSide};
  return opened_from(folder, std::move(model));
}

class RaceJob : public SteppedSession {
 protected:
  RaceJob() : SteppedSession(bending_model) {}

  Race race(std::vector<SamplerKind> samplers) const {
    return {model_, few_steps(), dealt({}, 0, 4), std::move(samplers), 13};
  }

  const ModelId model_ = ask(OpenModel{"model"});
};

TEST_F(RaceJob, TellsTheReferenceThenEveryStepOfEverySampler) {
  const JobId job = ask(race({SamplerKind::kEuler, SamplerKind::kHeun}));
  run();
  const auto all = told<Raced>(job);
  ASSERT_EQ(all.size(), 1u + 13u + 7u);
  EXPECT_TRUE(all[0].reference);
  EXPECT_TRUE(all[0].finished);
  EXPECT_EQ(all[0].distance, 0);
  std::map<SamplerKind, Raced> ends;
  for (std::size_t i = 1; i < all.size(); ++i) {
    EXPECT_FALSE(all[i].reference);
    EXPECT_EQ(all[i].guess.count, 4);
    if (all[i].finished) ends[all[i].sampler] = all[i];
  }
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(ends[SamplerKind::kEuler].steps, 13);
  EXPECT_EQ(ends[SamplerKind::kHeun].steps, 7);
  for (const auto& [sampler, end] : ends) EXPECT_EQ(end.evaluations, 13) << name_of(sampler).id;
  EXPECT_DOUBLE_EQ(told<Progress>(job).back().fraction, 1);
  EXPECT_FALSE(told<Finished>(job).at(0).cancelled);
}

TEST_F(RaceJob, ASamplerEndsWithThePicturesThatItDraws) {
  const JobId job = ask(race({SamplerKind::kHeun}));
  const JobId drawing =
      ask(Draw{model_, racing(few_steps(), SamplerKind::kHeun, 13), dealt({}, 0, 4)});
  run();
  EXPECT_EQ(told<Raced>(job).back().guess.pixels,
            to_bytes(told<Drawn>(drawing).at(0).pictures).pixels);
}

TEST_F(RaceJob, EndsWhenItIsToldTo) {
  const JobId job = ask(race({SamplerKind::kEuler}));
  for (int i = 0; i < 4; ++i) step();
  ask(Cancel{job});
  run();
  EXPECT_TRUE(told<Finished>(job).at(0).cancelled);
  EXPECT_TRUE(told<Raced>(job).empty());
}

TEST_F(RaceJob, WhatCannotRaceIsRefused) {
  const JobId noisy = ask(race({SamplerKind::kDdpm})), nobody = ask(race({}));
  Race odd = race({SamplerKind::kHeun});
  odd.evaluations = 12;
  const JobId uneven = ask(odd);
  run();
  EXPECT_THAT(told<Failed>(noisy).at(0).message, HasSubstr("DDPM cannot race"));
  EXPECT_THAT(told<Failed>(nobody).at(0).message, HasSubstr("no sampler"));
  EXPECT_THAT(told<Failed>(uneven).at(0).message, HasSubstr("just 12 evaluations"));
}

}  // namespace
}  // namespace stepwise
