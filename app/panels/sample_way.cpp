#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "first_of.h"
#include "panels/by_hand.h"
#include "panels/sample_parts.h"
#include "panels/sampler_words.h"
#include "panels/terms.h"
#include "settings/first_level.h"
#include "widgets/form.h"

namespace stepwise::app {
namespace {

constexpr Range<double> kFirstSeverity{0.05, 1};
constexpr Range<double> kBorder{0.02, 20};

// Those that ask the model once per step, those that ask it more often, those that add noise.
int group_of(const SamplerName& sampler) {
  return sampler.fresh != FreshNoise::kNone ? 2 : sampler.evaluations > 1 ? 1 : 0;
}

void sampler_row(const ModelOpened* model, SampleSettings& s) {
  auto samplers = samplers_for(model ? model->degradation : Degradation::kNoise);
  std::ranges::stable_sort(samplers, {}, group_of);
  const auto first = [&](int group) {
    return int(std::ranges::find(samplers, group, group_of) - samplers.begin());
  };
  const ChoiceGroup groups[] = {{first(0), "Deterministic, one evaluation per step"},
                                {first(1), "Deterministic, several evaluations per step"},
                                {first(2), "With fresh noise"}};
  const std::span shown(groups, undoes_noise(model) ? std::size(groups) : 1);
  std::vector<std::string> names, words;
  int chosen = 0;
  for (const SamplerName& sampler : samplers) {
    if (sampler.kind == s.sampler) chosen = int(names.size());
    names.emplace_back(sampler.label);
    words.push_back(words_of(sampler));
  }
  const std::string help =
      text_of("The rule that takes x from one level to the next. ",
              samplers[std::size_t(chosen)].label, ": ", words[std::size_t(chosen)]);
  if (choice_row("Sampler", chosen, names, help.c_str(), shown, words))
    s.sampler = samplers[std::size_t(chosen)].kind;
  if (name_of(s.sampler).fresh == FreshNoise::kEta)
    slider_row("Fresh noise", s.eta, kEta, "%.2f", help_of("η").c_str());
}

// A first level that suits the choice comes with it.
void beginning_row(const ModelOpened* model, SampleSettings& s) {
  if (!model || !model->has_gaussians) return void(s.begin = stepwise::Beginning::kNoise);
  begin_row("Begins with");
  constexpr std::array kNames{"Noise", "Gaussian"};
  int chosen = int(s.begin);
  const bool changed = segments("begin", chosen, kNames, ImGui::CalcItemWidth());
  s.begin = stepwise::Beginning(chosen);
  end_row(
      "Noise alone, or noise in the shape of a Gaussian of the class, fitted to the pictures: "
      "there it is known exactly how noise would come down to a level of about 2, without the "
      "network.");
  if (!changed) return;
  s.sigma_max =
      s.begin == stepwise::Beginning::kGaussian ? kGaussianSigma : model->defaults.sigma_max;
}

// The model never saw what it is to begin with.
void first_level_warning(const ModelOpened& model, const SampleSettings& s) {
  const std::string trouble = trouble_at_first_level(s, model.defaults, model.learned_up_to);
  if (trouble.empty()) return;
  caption(trouble, colors.warning);
  tooltip(
      model.has_gaussians && model.defaults.begin == stepwise::Beginning::kGaussian
          ? "Begin with a Gaussian, at a level that it learned."
          : "Combine it with a model for the levels above, or begin at a level that it learned.");
}

void grid_rows(SampleSettings& s) {
  const std::vector<std::string> names{"Karras", "Log-uniform", "The model's own", "By hand"};
  int chosen = int(s.grid);
  if (choice_row(
          "Spacing", chosen, names,
          "How the noise levels are spread: Karras by σ^(1/ρ), log-uniform by equal ratios, as "
          "the scheduler that came with the model does, or as you draw them.")) {
    if (GridKind(chosen) == GridKind::kDrawn) s.grid_shape = shape_of_levels(s);
    s.grid = GridKind(chosen);
  }
  if (s.grid == GridKind::kModel) return;
  range_row("Noise levels", s.sigma_min, s.sigma_max, kSigma,
            help_of("σ", "These are the last level before 0 and the first.").c_str());
  if (s.grid == GridKind::kDrawn) levels_by_hand(s);
  if (s.grid == GridKind::kKarras)
    slider_row("Crowding", s.rho, kRho, "%.1f", help_of("ρ", "7 is usual.").c_str());
}

// They come with the settings of a picture that was drawn without them.
void left_out_row(SampleSettings& s) {
  if (s.left_out.empty()) return;
  begin_row("Left out");
  if (plain_button(text_of("Take ", joined(s.left_out), " again").c_str())) s.left_out.clear();
  end_row(
      "Pictures are drawn without these steps: from the level before straight to the level after.");
}

// Of a model that consists of two.
void border_row(const ModelOpened* model, SampleSettings& s) {
  if (!model || model->boundaries.size() != 1) return;
  double border = s.border > 0 ? s.border : model->boundaries.front();
  if (slider_row("Hands over", border, kBorder, "σ %.2g",
                 "Where the model for much noise hands over to the one for little. On the ruler "
                 "below it can be dragged.",
                 true))
    s.border = border;
}

// Where the way begins: levels are severities, and evenly spaced.
void severity_row(const ModelOpened& model, SampleSettings& s) {
  slider_row("First severity", s.sigma_max, kFirstSeverity, "%.2f",
             text_of("How much worse the pictures are that it begins with: each is drawn from a "
                     "Gaussian of its class and made worse so. ",
                     help_of(model.degradation))
                 .c_str());
}

}  // namespace

void way_rows(const ModelOpened* model, SampleSettings& s) {
  heading(undoes_noise(model) ? "Way from noise to picture" : "Way back to the picture");
  sampler_row(model, s);
  slider_row("Steps", s.steps, kSteps, s.steps == 1 ? "%d step" : "%d steps",
             help_of("step", "More of them follow the exact way more closely.").c_str(), true,
             kUnitWidth);
  left_out_row(s);
  if (!undoes_noise(model)) return severity_row(*model, s);
  beginning_row(model, s);
  if (model) first_level_warning(*model, s);
  border_row(model, s);
  grid_rows(s);
}

}  // namespace stepwise::app
