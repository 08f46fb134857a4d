// Every scheduler of diffusers that is supported, held to runs of diffusers itself.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "traces.h"

namespace stepwise {
namespace {

std::vector<nlohmann::json> traces() {
  const auto manifest = read_json(chosen_folder("schedulers") / "manifest.json");
  return manifest.at("traces").get<std::vector<nlohmann::json>>();
}

void compare_each(Deviations& all, const std::string& what, const std::vector<Tensor>& got,
                  const Tensor& wanted, double tolerance) {
  ASSERT_LE(wanted.size(0), std::int64_t(got.size())) << what;
  for (std::int64_t i = 0; i < wanted.size(0); ++i) {
    SCOPED_TRACE(text_of(what, " ", i));
    all.add(what, got[std::size_t(i)], wanted[i], tolerance);
  }
}

void compare_levels(Deviations& all, const Run& run, const Tensors& trace) {
  const Tensor times = trace["timesteps"].to(torch::kDouble);
  ASSERT_EQ(times.size(0), std::int64_t(run.times.size()));
  const bool whole = trace["timesteps"].scalar_type() == torch::kLong;
  const double most = times.abs().max().item<double>();
  for (std::int64_t i = 0; i < times.size(0); ++i)
    all.add("timesteps", std::abs(times[i].item<double>() - run.times[std::size_t(i)]),
            whole ? 0 : 1e-5 * most);
  if (!trace.has("sigmas")) return;

  const SchedulerConfig& config = run.levels.schedule.config();
  std::vector<double> wanted;
  const Tensor sigmas = trace["sigmas"].to(torch::kDouble);
  for (std::int64_t i = 0; i < sigmas.size(0); ++i) wanted.push_back(sigmas[i].item<double>());
  if (config.kind == SchedulerClass::kHeun)  // Its list has all but the ends twice.
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  ASSERT_EQ(wanted.size(), run.levels.sigmas.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    double got = i + 1 < wanted.size() ? run.levels.sigmas[i] : run.levels.end;
    if (is_flow(config)) got = got / (1 + got);
    if (config.invert_sigmas) got = 1 - got;
    const double pure =
        config.invert_sigmas ? 1 / kMaxSigma : 0;  // Pure noise has no finite level.
    all.add("sigmas", std::abs(got - wanted[i]), 1e-5 * std::abs(wanted[i]) + 2 * pure);
  }
}

void compare(Deviations& all, const nlohmann::json& entry) {
  const auto folder = chosen_folder("schedulers") / entry.at("name").get<std::string>();
  const Tensors trace(folder / "trace.safetensors");
  const Schedule schedule = schedule_in(folder / "scheduler_config.json");
  const SampleSettings settings = settings_in(entry, schedule);
  const Run run = run_of(settings, schedule, formula(entry.at("model")), trace["init_noise"],
                         stored_noise(trace.has("noise") ? trace["noise"] : Tensor()));
  compare_levels(all, run, trace);
  const double tolerance = entry.at("tol_x");
  compare_each(all, "x", run.x, trace["x"], tolerance);
  compare_each(all, "model_input", run.input, trace["model_input"], tolerance);
  compare_each(all, "model_output", run.output, trace["model_output"], tolerance);
  // With churn diffusers notes the guess from after its noise, which is nobody's guess here.
  if (trace.has("pred_original_sample") && settings.options.churn == 0)
    compare_each(all, "guess", run.guess, trace["pred_original_sample"], entry.at("tol_x0"));
  if (trace.has("converted_model_output"))
    compare_each(all, "converted", settings.options.extrapolate_noise ? run.noise : run.guess,
                 trace["converted_model_output"], entry.at("tol_conv"));
}

class Trace : public testing::TestWithParam<Named<SchedulerClass>> {};
INSTANTIATE_TEST_SUITE_P(Scheduler, Trace, testing::ValuesIn(kSchedulerClasses),
                         [](const auto& of) { return std::string(of.param.second); });

// STEPWISE_DEVIATIONS=1 prints how near it comes.
TEST_P(Trace, IsReproduced) {
  Deviations all;
  int count = 0;
  for (const nlohmann::json& entry : traces()) {
    if (entry.at("scheduler").get<std::string>() != GetParam().second) continue;
    SCOPED_TRACE(entry.at("name").get<std::string>());
    ++count;
    try {
      compare(all, entry);
    } catch (const Error& error) {
      ADD_FAILURE() << error.what();
    }
  }
  if (count == 0) GTEST_SKIP() << "no traces of this class";
  for (const auto& [what, share] : all.worst()) RecordProperty(what, text_of(share));
  if (!std::getenv("STEPWISE_DEVIATIONS")) return;
  std::cout << GetParam().second << ": " << count << " traces, of the tolerance:";
  for (const auto& [what, share] : all.worst()) std::cout << " " << what << " " << share;
  std::cout << "\n";
}

TEST(Scheduler, EveryTraceIsOfASupportedClass) {
  for (const nlohmann::json& entry : traces()) {
    const std::string name = entry.at("scheduler");
    EXPECT_TRUE(std::any_of(kSchedulerClasses.begin(), kSchedulerClasses.end(),
                            [&](const auto& known) { return known.second == name; }))
        << name;
  }
}

}  // namespace
}  // namespace stepwise
