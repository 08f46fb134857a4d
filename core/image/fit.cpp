#include "image/fit.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "error.h"

namespace stepwise {
namespace {

// Which pixels of a row one of another row is made of, and how much of each.
struct Taps {
  int first = 0;
  std::vector<float> weights;
};

constexpr int kLobes = 3;

// sinc(x) sinc(x / 3).
double lanczos(double x) {
  if (std::abs(x) >= kLobes) return 0;
  const double angle = std::numbers::pi * x;
  if (std::abs(angle) < 1e-9) return 1;
  return kLobes * std::sin(angle) * std::sin(angle / kLobes) / (angle * angle);
}

// How much the pixel `at` gives to one that covers [begin, end) of its row.
double weight_of(int at, double begin, double end) {
  if (end - begin >= 1) return std::max(0., std::min(end, at + 1.) - std::max(begin, double(at)));
  return lanczos(at + 0.5 - (begin + end) / 2);
}

std::vector<Taps> taps_of(int from, int to) {
  const double scale = double(from) / to;
  const int reach = scale >= 1 ? 0 : kLobes;
  std::vector<Taps> all;
  for (int i = 0; i < to; ++i) {
    const double begin = i * scale, end = begin + scale;
    Taps taps{std::clamp(int(begin) - reach, 0, from - 1), {}};
    const int last = std::clamp(int(std::ceil(end)) + reach, taps.first + 1, from);
    double sum = 0;
    for (int at = taps.first; at < last; ++at) sum += weight_of(at, begin, end);
    for (int at = taps.first; at < last; ++at)
      taps.weights.push_back(float(weight_of(at, begin, end) / sum));
    all.push_back(std::move(taps));
  }
  return all;
}

// Each value between 0 and 255, in data units when all is done.
float over_background(const ByteImage& rgba, int y, int x, int c, std::uint8_t background) {
  const int alpha = rgba.at(y, x, 3);
  if (alpha == 255) return float(rgba.at(y, x, c));
  return float(rgba.at(y, x, c) * alpha + background * (255 - alpha)) / 255;
}

// The piece that is cut out, each row brought to that width: [crop.height, width, 3].
Image rows_of(const ByteImage& rgba, const PictureCrop& crop, int width, std::uint8_t background) {
  Image rows(crop.height, width, 3);
  const std::vector<Taps> across = taps_of(crop.width, width);
  for (int y = 0; y < crop.height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) {
        float sum = 0;
        const Taps& taps = across[std::size_t(x)];
        for (std::size_t i = 0; i < taps.weights.size(); ++i)
          sum += taps.weights[i] * over_background(rgba, crop.top + y,
                                                   crop.left + taps.first + int(i), c, background);
        rows.at(y, x, c) = sum;
      }
  return rows;
}

Image columns_of(const Image& rows, int height) {
  Image whole(height, rows.width, 3);
  const std::vector<Taps> down = taps_of(rows.height, height);
  for (int y = 0; y < height; ++y) {
    const Taps& taps = down[std::size_t(y)];
    for (std::size_t i = 0; i < taps.weights.size(); ++i)
      for (int x = 0; x < rows.width; ++x)
        for (int c = 0; c < 3; ++c)
          whole.at(y, x, c) += taps.weights[i] * rows.at(taps.first + int(i), x, c);
  }
  return whole;
}

// Grey stays what it is to the bit.
float luma(float r, float g, float b) {
  return r == g && g == b ? r : 0.299f * r + 0.587f * g + 0.114f * b;
}

}  // namespace

PictureCrop crop_of(int height, int width, int to_height, int to_width, const PictureFit& fit) {
  const double scale = std::min(double(height) / to_height, double(width) / to_width);
  PictureCrop crop;
  crop.height = std::clamp(int(std::lround(scale * to_height)), 1, height);
  crop.width = std::clamp(int(std::lround(scale * to_width)), 1, width);
  crop.top = int(std::lround(double(std::clamp(fit.y, 0.f, 1.f)) * (height - crop.height)));
  crop.left = int(std::lround(double(std::clamp(fit.x, 0.f, 1.f)) * (width - crop.width)));
  return crop;
}

Image fitted(const ByteImage& rgba, int height, int width, int channels, const PictureFit& fit) {
  require(rgba.channels == 4 && !rgba.empty(), "There is no picture to fit.");
  require(height > 0 && width > 0 && (channels == 1 || channels == 3),
          "The model takes pictures of ", width, " x ", height, " pixels and ", channels,
          " channels; a picture from a file can have 1 channel (grey) or 3 (red, green, blue).");
  const PictureCrop crop = crop_of(rgba.height, rgba.width, height, width, fit);
  const Image colors = columns_of(rows_of(rgba, crop, width, fit.background), height);
  Image image(height, width, channels);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < channels; ++c) {
        const float value = channels == 3
                                ? colors.at(y, x, c)
                                : luma(colors.at(y, x, 0), colors.at(y, x, 1), colors.at(y, x, 2));
        const float unit = std::clamp(2 * value / 255 - 1, -1.f, 1.f);
        image.at(y, x, c) = fit.inverted ? -unit : unit;
      }
  return image;
}

}  // namespace stepwise
