// The network against diffusers: every checkpoint in the manifest, within the tolerances it states.
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "model/fixtures.h"

namespace stepwise {
namespace {

using torch::Tensor;

TEST(Unet, OutputsMatch) {
  for_each_fixture([](Opened& opened) {
    const torch::NoGradGuard no_grad;
    opened.expect_items_match(opened.forward(), opened.expected["out"]);
  });
}

TEST(Unet, OutputsMatchWhileGradientsAreRecorded) {
  for_each_fixture([](Opened& opened) {
    opened.expect_items_match(opened.forward().detach(), opened.expected["out"]);
  });
}

TEST(Unet, OneAtATimeIsTheSameAsABatch) {
  for_each_fixture([](Opened& opened) {
    const torch::NoGradGuard no_grad;
    std::vector<Tensor> out;
    for (std::int64_t i = 0; i < opened.expected["sample_in"].size(0); ++i) {
      const Tensor classes = opened.expected.classes();
      out.push_back(opened.model.net(opened.expected["sample_in"].narrow(0, i, 1),
                                     opened.expected["timestep"].narrow(0, i, 1),
                                     classes.defined() ? classes.narrow(0, i, 1) : Tensor()));
    }
    opened.expect_items_match(torch::cat(out), opened.expected["out"]);
  });
}

TEST(Unet, OneTimestepServesTheWholeBatch) {
  for_each_fixture([](Opened& opened) {
    const torch::NoGradGuard no_grad;
    const Tensor out =
        opened.model.net(opened.expected["sample_in"], opened.expected["scalar_timestep"],
                         opened.expected.classes());
    opened.expect_items_match(out.narrow(0, 0, 1), opened.expected["out_scalar_timestep_item0"]);
    const Tensor scalar = opened.expected["scalar_timestep"].reshape({});
    EXPECT_TRUE(out.equal(
        opened.model.net(opened.expected["sample_in"], scalar, opened.expected.classes())));
  });
}

TEST(Unet, TimeFeaturesMatch) {
  for_each_fixture([](Opened& opened) {
    const torch::NoGradGuard no_grad;
    const Tensor features = opened.model.net->time_features(opened.expected["timestep"]);
    ASSERT_EQ(features.sizes(), opened.expected["time_proj"].sizes());
    EXPECT_LE(largest_difference(features, opened.expected["time_proj"]), 2e-4);
  });
}

TEST(Unet, LossAndGradientOfTheInputMatch) {
  for_each_fixture([](Opened& opened) {
    const Tensor sample = opened.expected["sample_in"].set_requires_grad(true);
    const double loss = opened.backward(sample).item<double>();
    const double wanted = opened.expected["loss"].item<double>();
    EXPECT_NEAR(loss, wanted, 1e-5 * wanted);
    const Tensor grad = opened.expected["grad_sample"];
    EXPECT_LE(largest_difference(sample.grad(), grad), 1e-4 * grad.abs().max().item<double>());
  });
}

TEST(Unet, GradientNormsOfAllParametersMatch) {
  for_each_fixture([](Opened& opened) {
    const nlohmann::json norms = read_json(opened.fixture.folder / "probe.json").at("grad_l2");
    double largest = 0;
    for (const auto& norm : norms) largest = std::max(largest, norm.get<double>());
    opened.backward(opened.expected["sample_in"]);
    const auto parameters = opened.model.net->named_parameters();
    EXPECT_EQ(parameters.size(), norms.size());
    for (const auto& parameter : parameters) {
      ASSERT_TRUE(norms.contains(parameter.key())) << parameter.key();
      const double wanted = norms.at(parameter.key());
      EXPECT_NEAR(parameter.value().grad().norm().item<double>(), wanted,
                  1e-4 * wanted + 1e-6 * largest)
          << parameter.key();
    }
  });
}

TEST(Unet, ParametersAreAsManyAsTheConfigSays) {
  for_each_fixture([](Opened& opened) {
    std::int64_t count = 0;
    for (const auto& [name, tensor] : state_of(*opened.model.net)) count += tensor.numel();
    EXPECT_EQ(count, opened.manifest.value("params", count));
    EXPECT_EQ(parameter_count(opened.model.net->config), count);
  });
}

TEST(Unet, WrittenAndReadAgainGivesTheSameOutputs) {
  for_each_fixture([](Opened& opened) {
    const TemporaryFolder folder;
    write_model(folder / "copy", opened.model.net, SchedulerInfo{}, StepwiseInfo{});
    ModelFolder copy = read_model(folder / "copy");
    EXPECT_EQ(copy.net->config, opened.model.net->config);
    const Tensor before = opened.forward();
    std::swap(opened.model.net, copy.net);
    EXPECT_TRUE(before.equal(opened.forward()));
  });
}

}  // namespace
}  // namespace stepwise
