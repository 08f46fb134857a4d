// Models that diffusers trained and saved: opened, sampled as their own schedulers do, and with
// samplers and levels of ours.
#include <gtest/gtest.h>

#include "error_of.h"
#include "image/file.h"
#include "model/fixtures.h"
#include "session/evaluating.h"
#include "session/opened_model.h"
#include "session/sampling.h"

namespace stepwise {
namespace {

OpenedModel open_fixture(const char* name) {
  return open_model(read_model(shipped_unets() / name), torch::kCPU);
}

// A bare network of the fixtures as a pipeline folder with this scheduler.
void write_pipeline(const TemporaryFolder& folder, const char* name, const std::string& scheduler) {
  const ModelFolder model = read_model(shipped_unets() / name);
  write_model(folder.path(), model.net, {}, {});
  write_file(folder / "scheduler" / "scheduler_config.json", scheduler);
  std::filesystem::remove(folder / "stepwise.json");  // Nobody else writes one.
}

// All steps of a whole run.
std::vector<FrameFetched> sampled(const OpenedModel& model, const SampleSettings& settings,
                                  const std::optional<Condition>& same = {}) {
  std::vector<FrameFetched> frames;
  const Emit emit = [&](Event event) {
    if (auto* frame = std::get_if<FrameFetched>(&event)) frames.push_back(std::move(*frame));
  };
  Forest forest;
  forest.start(settings, dealt(same, model.model->classes.count, settings.count), model.model);
  const Piece run = running(forest, 0, -1);
  while (run(emit)) continue;
  for (int step = 0; step <= settings.steps; ++step) fetching(forest, {0, step})(emit);
  return frames;
}

SampleSettings its_defaults(const OpenedModel& model) {
  SampleSettings settings = model.announcement.defaults;
  settings.count = 2;
  settings.steps = 4;
  return settings;
}

TEST(ForeignModel, IsSampledAsItsOwnSchedulerDoesUnlessToldOtherwise) {
  const OpenedModel model = open_fixture("p1_gray28_attn");
  const SampleSettings& defaults = model.announcement.defaults;
  EXPECT_EQ(defaults.sampler, SamplerKind::kDdpm);
  EXPECT_EQ(defaults.grid, GridKind::kModel);
  EXPECT_EQ(defaults.options.variance, Variance::kLarge);
  EXPECT_EQ(defaults.options.clip, 1);
  EXPECT_TRUE(model.announcement.class_names.empty());
  EXPECT_FALSE(model.announcement.has_null_class);
  const auto frames = sampled(model, its_defaults(model));
  const auto& last = frames.back();
  EXPECT_EQ(last.step, 4);
  EXPECT_EQ(last.noisy, last.guess);  // Nothing is left to guess.
  EXPECT_EQ(last.noisy.count, 2);
  for (const float value : last.noisy.pixels) EXPECT_TRUE(std::isfinite(value));
}

TEST(ForeignModel, TakesEverySamplerOnItsOwnLevelsAndOnChosenOnes) {
  const OpenedModel model = open_fixture("p4_rgb32_singlehead_rescale");
  for (const SamplerName& name : kSamplers)
    for (const GridKind grid : {GridKind::kModel, GridKind::kKarras}) {
      SampleSettings settings = its_defaults(model);
      settings.sampler = name.kind;
      settings.grid = grid;
      const auto frames = sampled(model, settings);
      ASSERT_EQ(frames.size(), 5u) << name.id;
      for (const float value : frames.back().noisy.pixels)
        ASSERT_TRUE(std::isfinite(value)) << name.id;
    }
}

TEST(ForeignModel, WithClassesHasNoGuidanceAndNoPictureWithoutAClass) {
  TemporaryFolder folder;
  write_pipeline(folder, "p2_rgb32_class_scaleshift", R"({"_class_name": "DDIMScheduler"})");
  const OpenedModel model = open_model(read_model(folder.path()), torch::kCPU);
  EXPECT_EQ(model.announcement.class_names.size(), 10u);
  EXPECT_FALSE(model.announcement.has_null_class);
  SampleSettings settings = its_defaults(model);
  EXPECT_EQ(sampled(model, settings).size(), 5u);
  settings.guidance = 2;
  EXPECT_THROW(sampled(model, settings), Error);
  settings.guidance = 1;
  EXPECT_THROW(sampled(model, settings, Condition{}), Error);
}

TEST(ForeignModel, OfLargePicturesBeginsWithOneAndSmallOnesWithTen) {
  EXPECT_EQ(open_fixture("p1_gray28_attn").announcement.defaults.count, 10);
  TemporaryFolder folder;
  UNet2DConfig config = read_model(shipped_unets() / "p1_gray28_attn").net->config;
  config.sample_height = config.sample_width = 256;
  write_model(folder.path(), UNet2DModel(config),
              scheduler_info_of(R"({"_class_name": "DDPMScheduler"})", "scheduler"), {});
  std::filesystem::remove(folder / "stepwise.json");
  EXPECT_EQ(open_model(read_model(folder.path()), torch::kCPU).announcement.defaults.count, 1);
}

TEST(ForeignModel, OfManyMegabytesIsOpenedInPiecesAndIsTheSame) {
  const TemporaryFolder folder;
  UNet2DConfig config = read_model(shipped_unets() / "p1_gray28_attn").net->config;
  for (std::int64_t& channels : config.block_out_channels) channels *= 6;  // 23 MB.
  const UNet2DModel net(config);
  write_model(folder.path(), net, {}, {});
  std::vector<double> fractions;
  const Emit emit = [&](const Event& event) {
    fractions.push_back(std::get<Progress>(event).fraction);
  };
  const Opening opening = opening_of(folder.path(), torch::kCPU);
  std::optional<OpenedModel> model;
  while (!model) model = opening(emit);
  ASSERT_EQ(fractions.size(), 1u);
  EXPECT_NEAR(fractions[0], 0.7, 0.2);
  EXPECT_EQ(state_of(*model->folder.net), state_of(*net));
}

TEST(ForeignModel, IsDrawnWithProgressAtEveryStep) {
  const OpenedModel model = open_fixture("p1_gray28_attn");
  std::vector<double> fractions;
  DrawJob job(its_defaults(model), dealt({}, model.model->classes.count, 2), model.model);
  const Emit emit = [&](Event event) {
    if (const auto* at = std::get_if<Progress>(&event)) fractions.push_back(at->fraction);
  };
  while (job.step(emit)) {
  }
  EXPECT_EQ(fractions, (std::vector<double>{0.25, 0.5, 0.75, 1}));
}

TEST(ForeignModel, OfAScoreSdeIsDescribedAsWhatItIs) {
  TemporaryFolder folder;
  write_pipeline(folder, "p3_gray28_fourier_noattn", R"({"_class_name": "ScoreSdeVeScheduler"})");
  const ModelDescribed told = describe_model(folder.path());
  EXPECT_EQ(told.obstacle, "");
  EXPECT_EQ(told.prediction_type, "score");
  EXPECT_EQ(told.defaults.sampler, SamplerKind::kPredictorCorrector);
}

TEST(ForeignModel, WithoutItsSchedulerIsOpenedAndSaysSo) {
  TemporaryFolder folder;
  write_pipeline(folder, "p2_rgb32_class_scaleshift",
                 R"({"_class_name": "KDPM2DiscreteScheduler"})");
  const OpenedModel kin = open_model(read_model(folder.path()), torch::kCPU);
  EXPECT_EQ(kin.announcement.defaults.sampler, SamplerKind::kHeun);
  EXPECT_NE(kin.announcement.stand_in.find("no scheduler 'KDPM2DiscreteScheduler'"),
            std::string::npos);
  EXPECT_EQ(kin.folder.notes, std::vector<std::string>{kin.announcement.stand_in});
  const OpenedModel bare =
      open_model(read_model(shipped_unets() / "p2_rgb32_class_scaleshift"), torch::kCPU);
  EXPECT_EQ(bare.announcement.defaults.sampler, SamplerKind::kDdpm);
  EXPECT_NE(bare.announcement.stand_in.find("without a scheduler"), std::string::npos);
}

TEST(ForeignModel, OfUnknownNoiseIsRefusedByName) {
  const auto refusal = [](const std::filesystem::path& path) -> std::string {
    return error_of([&] { open_model(read_model(path), torch::kCPU); });
  };
  TemporaryFolder folder;
  write_pipeline(folder, "p2_rgb32_class_scaleshift", R"({"_class_name": "IPNDMScheduler"})");
  EXPECT_NE(refusal(folder.path()).find("IPNDMScheduler"), std::string::npos);
  EXPECT_NE(refusal(folder.path()).find("DDIMScheduler"), std::string::npos);
  const std::string bare = refusal(shipped_unets() / "p3_gray28_fourier_noattn");
  EXPECT_NE(bare.find("without a scheduler"), std::string::npos) << bare;
}

}  // namespace
}  // namespace stepwise
