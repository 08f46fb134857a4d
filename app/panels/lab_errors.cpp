#include <cmath>

#include "panels/lab.h"
#include "panels/lab_parts.h"
#include "widgets/form.h"
#include "widgets/plot.h"

namespace stepwise::app {
namespace {

constexpr float kBelowPlot = 72;  // What is said and asked below the plot.

// Of one denoiser, over the levels.
struct Curve {
  std::vector<float> mean, low, high;

  void add(double error, double spread) {
    mean.push_back(float(error));
    low.push_back(float(std::fmax(0, error - spread)));
    high.push_back(float(error + spread));
  }
};

PlotLine line_of(const char* label, const std::vector<double>& sigma, const Curve& curve,
                 ImU32 color) {
  return {.label = label,
          .x = sigma,
          .y = curve.mean,
          .color = color,
          .dots = true,
          .low = curve.low,
          .high = curve.high};
}

void survey_row(const View& view, LabUi& lab) {
  const auto job = view.jobs.find(lab.surveyed);
  if (job != view.jobs.end()) {
    const float fraction = float(job->second.fraction);
    const std::string words = text_of("Over ", kSurveyCount, " test pictures");
    progress_bar(fraction, words.c_str(), text_of(std::lround(100 * fraction), " %").c_str());
  } else if (lab.survey_stopped && plain_button("Compare over many pictures")) {
    lab.survey.reset();
  }
}

}  // namespace

void lab_errors(const View& view, LabUi& lab) {
  std::vector<double> sigma;
  Curve guess, ideal;
  int count = kSurveyCount;
  for (const Surveyed& level : lab_survey(view, lab)) {
    sigma.push_back(level.sigma);
    guess.add(level.guess_error, level.guess_spread);
    ideal.add(level.ideal_error, level.ideal_spread);
    count = level.count;
  }
  Plot plot;
  plot.title = text_of("Error, ", count, " pictures (RMS)");
  plot.x_name = "σ";
  plot.x = {kLabSigma.min, kLabSigma.max};  // Levels come one by one, from that of the picture on.
  plot.empty = "What model and ideal denoiser miss, by noise level.";
  plot.y_from_zero = true;
  plot.lines = {line_of("model", sigma, guess, hue(0)), line_of("ideal", sigma, ideal, hue(2))};
  if (const InspectedShown* a = lab_answer(view, lab))
    plot.dots = {{a->answer.sigma, float(a->answer.guess_error), hue(0)},
                 {a->answer.sigma, float(a->answer.ideal_error), hue(2)}};
  const float room = ImGui::GetContentRegionAvail().y;
  draw_plot("errors", {0, std::max(px(kErrorsHeight), room) - px(kBelowPlot)}, plot, lab.plot);
  caption("Lines: means over the pictures. Bands: their spread. Large dots: this picture.");
  survey_row(view, lab);
}

}  // namespace stepwise::app
