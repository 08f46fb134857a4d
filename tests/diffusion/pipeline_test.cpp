// Whole model folders, from noise to picture, held to what diffusers' own pipelines made of them.
#include <gtest/gtest.h>

#include "traces.h"

namespace stepwise {
namespace {

// The settings of the folder's scheduler with what the pipeline was called with.
SampleSettings settings_for(const nlohmann::json& pipeline, const Schedule& schedule) {
  SampleSettings s = settings_of(schedule);
  const auto& call = pipeline.at("call");
  s.steps = call.value("num_inference_steps", s.steps);
  s.eta = call.value("eta", s.eta);
  s.options.noise_of_clipped = call.value("use_clipped_model_output", false);
  return s;
}

Tensor image_of(const Tensor& x) { return (x / 2 + 0.5).clamp(0, 1).permute({0, 2, 3, 1}); }

void compare(Opened& opened) {
  const auto& pipeline = opened.manifest.at("pipeline");
  const Tensors wanted(opened.fixture.folder / "pipeline_expected.safetensors");
  const Schedule schedule(scheduler_config_of(opened.model.scheduler));
  const SampleSettings settings = settings_for(pipeline, schedule);
  const Network network = [&](const Tensor& x, const Tensor& timestep, const Conditioning& asked) {
    return opened.model.net->forward(x, timestep, asked.labels);
  };
  const Run run = run_of(settings, schedule, network, wanted["noise_T"],
                         stored_noise(wanted.has("noise") ? wanted["noise"] : Tensor()));
  const Tensor times = wanted["timesteps"].to(torch::kDouble), x = wanted["x"];
  EXPECT_TRUE(torch::equal(torch::tensor(run.times, torch::kDouble), times));
  const double allowed = pipeline.at("atol_x");
  Deviations all;
  ASSERT_EQ(x.size(0), std::int64_t(run.x.size()));
  for (std::int64_t i = 0; i < x.size(0); ++i)
    all.add("x", largest_difference(run.x[std::size_t(i)], x[i]), allowed);
  all.add("images", largest_difference(image_of(run.x.back()), wanted["images"]), allowed);
  for (std::int64_t i = 0; i + 1 < x.size(0); ++i) {
    const double grows = std::max(1., 1 / schedule.own(run.levels.sigmas[std::size_t(i)]));
    all.add("guess",
            largest_difference(run.guess[std::size_t(i)], wanted["pred_original_sample"][i]),
            allowed * grows);
  }
  for (const auto& [what, share] : all.worst())
    testing::Test::RecordProperty(opened.fixture.name + "." + what, text_of(share));
}

TEST(Pipeline, EndsWithTheSamePicturesAsDiffusers) {
  for_each_fixture([](Opened& opened) {
    if (opened.manifest.contains("pipeline") && !opened.manifest["pipeline"].is_null())
      compare(opened);
  });
}

}  // namespace
}  // namespace stepwise
