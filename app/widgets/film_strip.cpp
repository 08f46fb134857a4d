#include "widgets/film_strip.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "widgets/theme.h"

namespace stepwise::app {

int StepAxis::step_at(float x) const {
  return std::clamp(int(std::floor((x - left) / cell)), 0, steps);
}

StepAxis step_axis(float left, float right, int steps) {
  return {left, std::max(1.f, (right - left) / float(steps + 1)), steps};
}

float x_of_sigma(const StepAxis& axis, std::span<const double> sigmas, double sigma) {
  for (int k = 0; k + 1 < int(sigmas.size()); ++k) {
    const bool lowest = k + 2 >= int(sigmas.size()) || sigmas[k + 2] <= 0;
    if (sigmas[k + 1] <= 0 || (sigma < sigmas[k + 1] && !lowest)) continue;
    const double share = std::log(sigmas[k] / sigma) / std::log(sigmas[k] / sigmas[k + 1]);
    return axis.centre(k) + float(std::clamp(share, 0., 1.)) * axis.cell;
  }
  return axis.centre(int(sigmas.size()) - 1);
}

double sigma_of_x(const StepAxis& axis, std::span<const double> sigmas, float x) {
  const bool ends_at_0 = sigmas.back() <= 0;
  const int last = int(sigmas.size()) - (ends_at_0 ? 2 : 1);
  if (last <= 0) return sigmas.front();
  const float place = std::clamp((x - axis.centre(0)) / axis.cell, 0.f, float(last));
  const int k = std::min(int(place), last - 1);
  return sigmas[k] * std::pow(sigmas[k + 1] / sigmas[k], double(place - float(k)));
}

namespace {

// Labels from left to right that do not overlap.
class RulerLabels {
 public:
  RulerLabels(ImDrawList& list, float left, float y) : list_(list), free_from_(left), y_(y) {}

  void add(float x, const std::string& words) {
    const float width = width_of(words.c_str(), Font::kCaption);
    if (x - width / 2 < free_from_) return;
    draw_text(list_, {std::round(x - width / 2), y_}, Font::kCaption, colors.dim, words.c_str());
    free_from_ = x + width / 2 + px(10);
  }

 private:
  ImDrawList& list_;
  float free_from_, y_;
};

}  // namespace

void sigma_ruler(ImDrawList& list, const StepAxis& axis, std::span<const double> sigmas, float top,
                 float bottom) {
  if (sigmas.size() < 2 || sigmas.front() <= 0) return;
  const double high = sigmas.front();
  const double low = sigmas.back() > 0 ? sigmas.back() : sigmas[sigmas.size() - 2];
  list.AddLine({axis.centre(0), bottom}, {axis.centre(axis.steps), bottom}, colors.line, px(1));
  RulerLabels labels(list, axis.left, std::round(top));
  for (int decade = int(std::ceil(std::log10(high))); decade >= int(std::floor(std::log10(low)));
       --decade) {
    for (int m = 9; m >= 1; --m) {
      const double sigma = m * std::pow(10., decade);
      if (sigma > high * 1.0001 || sigma < low * 0.9999) continue;
      const float x = std::round(x_of_sigma(axis, sigmas, sigma));
      const bool named = m == 1 || m == 2 || m == 5;
      const float length = px(m == 1 ? 8 : named ? 6 : 4);
      list.AddLine({x, bottom - length}, {x, bottom}, m == 1 ? colors.dim : colors.faint, px(1));
      if (named) labels.add(x, fmt::format("{:g}", sigma));
    }
  }
  if (sigmas.back() <= 0) {
    const float x = axis.centre(axis.steps);
    list.AddLine({x, bottom - px(8)}, {x, bottom}, colors.dim, px(1));
    labels.add(x, "0");
  }
}

void even_ruler(ImDrawList& list, const StepAxis& axis, double first, float top, float bottom) {
  if (first <= 0) return;
  const float begin = axis.centre(0), end = axis.centre(axis.steps);
  list.AddLine({begin, bottom}, {end, bottom}, colors.line, px(1));
  RulerLabels labels(list, axis.left, std::round(top));
  for (int tenth = int(std::floor(10 * first + 1e-6)); tenth >= 0; --tenth) {
    const float x = std::round(end - (end - begin) * float(tenth / (10 * first)));
    const bool named = tenth % 5 == 0;
    list.AddLine({x, bottom - px(named ? 8 : 4)}, {x, bottom}, named ? colors.dim : colors.faint,
                 px(1));
    if (tenth % 2 == 0 || named) labels.add(x, fmt::format("{:g}", tenth / 10.));
  }
}

float film_side(const StepAxis& axis, float height) {
  return std::floor(std::min(height, std::max(axis.cell - px(2), px(36))));
}

float fork_x(const StepAxis& axis, float side, int step, int which) {
  const float gap = std::clamp(axis.cell - side, px(13), px(28)), apart = px(3);
  const int places = std::max(1, int((gap - px(4)) / apart));
  const float left = axis.centre(step) - axis.cell / 2 - gap / 2;
  return std::round(left + px(2) + float(which % places) * apart);
}

namespace {

int steps_per_frame(const StepAxis& axis, float side) {
  return std::max(1, int(std::ceil((side + px(1)) / axis.cell)));
}

}  // namespace

Frame frame_for(const StepAxis& axis, float side, int step) {
  const int stride = steps_per_frame(axis, side);
  const int last = axis.steps - (axis.steps - step) / stride * stride;
  return {last, (axis.centre(last - stride + 1) + axis.centre(last)) / 2};
}

void film_strip(ImDrawList& list, PictureRenderer& pictures, const StepAxis& axis, int first,
                float top, float bottom, const std::function<Shown(int step)>& picture,
                const std::function<bool(int step)>& dimmed) {
  const float side = film_side(axis, bottom - top);
  const int stride = steps_per_frame(axis, side);
  const float y = std::round((top + bottom - side) / 2);
  const auto left = [&](int step) {
    return std::round(frame_for(axis, side, step).middle - side / 2);
  };
  int from = axis.steps;  // The first may stand for steps before it, but not far out of the strip.
  while (from - stride >= first && left(from - stride) >= axis.left - side / 2) from -= stride;
  for (int step = from; step <= axis.steps; step += stride) {
    const float x = left(step);
    draw_or_blank(list, pictures, picture(step), {x, y}, {x + side, y + side},
                  faded(colors.raised, 0.5f));
    if (dimmed && dimmed(step))
      list.AddRectFilled({x, y}, {x + side, y + side}, faded(colors.panel, 0.7f));
  }
}

}  // namespace stepwise::app
