#include "training/run_log.h"

#include <torch/types.h>
#include <torch/utils.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "error.h"
#include "settings/json.h"

namespace stepwise {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCurvePoints = 400;

double rounded(double value) { return std::round(value * 1e5) / 1e5; }

// Columns of numbers: what plots read, and half the size of a list of objects.
Json curve_of(const std::vector<TrainingPoint>& points) {
  Json curve{{"step", Json::array()},
             {"seconds", Json::array()},
             {"loss", Json::array()},
             {"gradient_norm", Json::array()},
             {"learning_rate", Json::array()}};
  const std::size_t parts = std::min(points.size(), kCurvePoints);
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t from = part * points.size() / parts, to = (part + 1) * points.size() / parts;
    double loss = 0, norm = 0;
    for (std::size_t i = from; i < to; ++i) {
      loss += points[i].loss;
      norm += points[i].gradient_norm;
    }
    const TrainingPoint& last = points[to - 1];
    curve["step"].push_back(last.step);
    curve["seconds"].push_back(std::round(last.seconds * 100) / 100);
    curve["loss"].push_back(rounded(loss / double(to - from)));
    curve["gradient_norm"].push_back(rounded(norm / double(to - from)));
    curve["learning_rate"].push_back(rounded(last.learning_rate));
  }
  return curve;
}

Json held_out_of(const std::vector<HeldOutPoint>& points) {
  Json curve{{"step", Json::array()}, {"train", Json::array()}, {"held_out", Json::array()}};
  const std::size_t kept = std::min(points.size(), kCurvePoints);
  for (std::size_t k = 0; k < kept; ++k) {
    const HeldOutPoint& point = points[(k + 1) * points.size() / kept - 1];
    curve["step"].push_back(point.step);
    curve["train"].push_back(rounded(point.train));
    curve["held_out"].push_back(rounded(point.held_out));
  }
  if (!points.empty())
    for (const float bin : points.back().bins) curve["last_bins"].push_back(rounded(bin));
  return curve;
}

Json measured_of(const std::vector<MeasuredPoint>& points) {
  Json curve{{"step", Json::array()},
             {"count", Json::array()},
             {"distance", Json::array()},
             {"floor", Json::array()}};
  const std::size_t kept = std::min(points.size(), kCurvePoints);
  for (std::size_t k = 0; k < kept; ++k) {
    const MeasuredPoint& point = points[(k + 1) * points.size() / kept - 1];
    curve["step"].push_back(point.step);
    curve["count"].push_back(point.count);
    curve["distance"].push_back(rounded(point.distance));
    curve["floor"].push_back(rounded(point.floor));
  }
  return curve;
}

}  // namespace

std::string run_log(const Recipe& recipe, const RunHistory& history, const std::string& device) {
  const std::vector<TrainingPoint> points = history.curve.all();
  const auto steps = points.empty() ? 0 : points.back().step;
  Json log;
  log["recipe"] = Json::parse(text_of_json(value_of(recipe)));
  log["steps"] = steps;
  log["pictures"] = steps * recipe.batch;
  log["seconds"] = points.empty() ? 0.0 : points.back().seconds;
  log["device"] = device;
  log["threads"] = torch::get_num_threads();
  log["torch"] = TORCH_VERSION;
  log["curve"] = curve_of(points);
  log["held_out"] = held_out_of(history.held_out);
  if (!history.measured.empty()) log["measured"] = measured_of(history.measured);
  return log.dump();
}

std::optional<Recipe> recipe_in_log(const std::string& training) {
  const Json log = Json::parse(training, nullptr, /*allow_exceptions=*/false);
  if (!log.is_object() || !log.contains("recipe")) return std::nullopt;
  try {
    return read_object<Recipe>(log["recipe"].dump(), "recipe");
  } catch (const Error&) {  // Of a version that knows others.
    return std::nullopt;
  }
}

}  // namespace stepwise
