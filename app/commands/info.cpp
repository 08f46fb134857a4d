// stepwise info: what a model folder holds, and whether and how it opens.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "commands/command.h"
#include "first_of.h"
#include "formats/layout.h"

namespace stepwise {
namespace {

constexpr int kRows = 24, kBar = 40;  // Of the plot of noise levels.
constexpr double kPureNoise = 1e4;    // Higher levels look the same.

// A row for each step, or for every few; the bar is as long as ln sigma is high.
void plot(const std::vector<double>& sigmas, const std::vector<double>& times) {
  const std::size_t steps = times.size(), stride = (steps + kRows - 1) / kRows;
  const auto noisy = [](double sigma) { return sigma > 0; };
  const auto height_of = [](double sigma) { return std::log(std::min(sigma, kPureNoise)); };
  const double least = height_of(*std::find_if(sigmas.rbegin(), sigmas.rend(), noisy));
  const double span = std::max(1e-9, height_of(sigmas.front()) - least);
  std::printf("\nstep       time      sigma\n");
  for (std::size_t k = 0; k < steps; k += stride) {
    const double height = (height_of(sigmas[k]) - least) / span;
    const auto bar = std::size_t(1 + std::lround((kBar - 1) * height));
    std::printf("%4zu %10.4g %10.4g  %s\n", k, times[k], sigmas[k], std::string(bar, '#').c_str());
  }
}

void print(const ModelDescribed& m) {
  std::printf("folder      %s\n", m.folder.c_str());
  if (!m.name.empty()) std::printf("name        %s\n", m.name.c_str());
  if (!m.data.empty()) std::printf("trained on  %s\n", m.data.c_str());
  std::printf("network     UNet2DModel, %lld parameters, %s channels, %lld layers per block\n",
              static_cast<long long>(m.parameters), joined(m.block_out_channels, {}, "/").c_str(),
              static_cast<long long>(m.layers_per_block));
  std::printf("pictures    %lld channels in, %lld out, %lld x %lld pixels\n",
              static_cast<long long>(m.in_channels), static_cast<long long>(m.out_channels),
              static_cast<long long>(m.height), static_cast<long long>(m.width));
  if (!m.class_names.empty()) std::printf("classes     %s\n", joined(m.class_names).c_str());
  std::printf("scheduler   %s%s%s\n", m.scheduler.empty() ? "none" : m.scheduler.c_str(),
              m.prediction_type.empty() ? "" : ", predicts ", m.prediction_type.c_str());
  if (!m.left_over.empty())
    std::printf("left over   %s (keys of other schedulers)\n", m.left_over.c_str());
  for (const std::string& note : m.notes) std::printf("note        %s\n", note.c_str());
  if (!m.obstacle.empty()) return void(std::printf("opens       no: %s\n", m.obstacle.c_str()));
  std::printf("opens       %s; samples with %s, %d steps, %d network evaluations a picture\n",
              m.is_finite ? "yes" : "yes, but with numbers that are not finite (see the note)",
              std::string(name_of(m.defaults.sampler).label).c_str(), m.defaults.steps,
              evaluations_per_picture(
                  heeded(m.defaults, dealt({}, int(m.class_names.size()), m.defaults.count))));
  if (m.has_few_steps)
    std::printf("few steps   previews edits with the weights in %s\n",
                (m.folder / kFewSteps).c_str());
  plot(m.sigmas, m.times);
}

}  // namespace

void add_info(CLI::App& app, const SessionOptions& session) {
  auto folder = std::make_shared<std::filesystem::path>(shipped_model());
  CLI::App* sub = app.add_subcommand("info", "Tell what a model folder holds");
  sub->add_option("model", *folder, "Model folder")->type_name("DIR");
  sub->callback([folder, &session] {
    ModelDescribed model;
    Headless(session).run(DescribeModel{*folder}, keep(model));
    print(model);
  });
}

}  // namespace stepwise
