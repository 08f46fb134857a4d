// Options of commands that draw pictures: how, where it is not as the model draws best.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/options.h"
#include "engine/events.h"
#include "settings/sample_settings.h"

namespace stepwise {

struct SamplingOptions {
  std::optional<double> guidance, sigma_max;
  std::optional<std::string> sampler, begin;
  std::optional<int> steps;
  std::vector<int> left_out;
  std::vector<double> levels;
  std::vector<LevelShare> guidance_shape;
};

// Adds --class, "all" or one by its name or number, which fills `label`; it must outlive the
// parsing.
void add_class_option(CLI::App& command, std::string& label);

// What that asks of so many pictures. Throws Error for a class that the model does not know.
std::vector<Condition> conditions_for(const std::string& label, const ModelOpened& model,
                                      int count);

// Adds --guidance, --guidance-shape, --sampler, --steps, --levels, --leave-out, --sigma-max and
// --begin, which fill `options`; it must outlive the parsing.
void add_sampling_options(CLI::App& command, SamplingOptions& options);

// The model's defaults with what was asked for.
SampleSettings settings_with(const SamplingOptions& options, SampleSettings defaults);

// That the model learned nothing of where these begin, and what to do; empty: it did.
std::string about_first_level(const SampleSettings& settings, const ModelOpened& model);

}  // namespace stepwise
