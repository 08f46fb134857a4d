// How well each method fills in what is missing of real pictures: whether they are still what they
// were, whether one sees where they were cut, and how near they are to what the model was trained
// on.
#include <torch/types.h>

#include <functional>
#include <memory>
#include <optional>

#include "bench/table.h"
#include "commands/command.h"
#include "data/dataset.h"
#include "diffusion/tensor_image.h"
#include "editing/branch.h"
#include "error.h"
#include "evaluation/classifier.h"
#include "evaluation/held.h"
#include "evaluation/nearest.h"
#include "session/opened_model.h"

namespace stepwise {
namespace {

constexpr int kPictures = 160, kPortion = 32, kSide = 28;

// What is known of a picture, 1, and what is missing, 0.
Image lower_half_missing() {
  Image known(kSide, kSide, 1, 1);
  for (int y = kSide / 2; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) known.at(y, x) = 0;
  return known;
}
Image hole_in_the_middle() {
  constexpr int kHole = 12, kFirst = (kSide - kHole) / 2;
  Image known(kSide, kSide, 1, 1);
  for (int y = kFirst; y < kFirst + kHole; ++y)
    for (int x = kFirst; x < kFirst + kHole; ++x) known.at(y, x) = 0;
  return known;
}

// The real pictures, and those who judge.
struct Gallery {
  Dataset data = open_dataset("fashion-mnist");
  Classifier classifier =
      load_classifier(assets_folder() / "classifiers/fashion-mnist.safetensors");
  SharedModel model = open_model(read_model(shipped_model()), torch::kCPU).model;
  Tensor real, classes;

  Gallery() {
    const std::vector<int> held = hold(data.test, kPictures, 1);
    const Tensor index = torch::tensor(std::vector<std::int64_t>(held.begin(), held.end()));
    real = tensor_of(data.test, index);
    classes = labels_of(data.test).index_select(0, index).to(torch::kLong);
  }
};
Gallery& gallery() {
  static Gallery all;
  return all;
}

// 20 levels from 40, with fresh noise at each step, whatever class it may be.
SampleSettings settings() {
  SampleSettings s;
  s.count = kPictures;
  s.sampler = SamplerKind::kEulerAncestral;
  s.steps = 20;
  s.sigma_max = 40;
  return s;
}

// So many pictures, from `first` on.
Tensor filled_in(const Image& known, const FillIn& fill, int first, int count) {
  const Gallery& g = gallery();
  Branch branch;
  branch.settings = settings();
  branch.levels = levels_of(branch.settings, g.model->schedule);
  branch.pictures = picture_range(first, count);
  branch.conditions.resize(kPictures);
  branch.model = g.model;
  branch.layers = {{.shape = Mask{known}, .what = Lock{}}};
  branch.fill = fill;
  branch.edited = g.real.narrow(0, first, std::int64_t(branch.pictures.size()));
  const Denoise denoise = compose(branch);
  const PictureNoise noise(branch.settings.seed, branch.pictures);
  Frame frame{branch.levels.start * noise.draw(NoiseUse::kStart, 0, g.model->shape), {}, {}};
  for (int step = 0; step < branch.steps(); ++step) {
    if (!frame.guess.defined()) frame = next_frame(branch, step, frame, denoise);
    frame = next_frame(branch, step, frame, denoise);
  }
  const Tensor kept = to_tensor(known).expand_as(branch.edited) == 1;
  require(torch::equal(frame.x.masked_select(kept), branch.edited.masked_select(kept)),
          "What was known is not as it was.");
  return frame.x;
}

// Mean change from a pixel that is known to its neighbour that is not.
double change_at_seam(const Tensor& pictures, const Image& known) {
  const Tensor mask = to_tensor(known);
  const auto along = [&](std::int64_t axis) {
    const std::int64_t n = pictures.size(axis) - 1;
    const auto steps = [&](const Tensor& t) {
      const std::int64_t at = axis + t.dim() - 4;
      return (t.narrow(at, 1, n) - t.narrow(at, 0, n)).abs();
    };
    const Tensor across = steps(mask);
    return std::pair{(steps(pictures) * across).sum().item<double>(),
                     across.sum().item<double>() * double(pictures.size(0))};
  };
  const auto [down, edges_down] = along(2);
  const auto [right, edges_right] = along(3);
  return (down + right) / (edges_down + edges_right);
}

struct Judged {
  double kept = 0;         // % whose class the classifier tells,
  double kept_by_nearest;  //   or that of the nearest training picture is.
  double seam = 0;         // Of a real picture's.
  double nearest = 0;      // Root mean square to the nearest training picture.
  double seconds = 0;      // That a picture took.
};
Judged judged(const Tensor& pictures, const Image& known, double seconds) {
  Gallery& g = gallery();
  const auto percent = [&](const Tensor& classes) {
    return 100 * (classes == g.classes).to(torch::kDouble).mean().item<double>();
  };
  NearestSearch search(g.data.train, pictures);
  while (search.step()) continue;
  const Nearest nearest = search.result();
  const Tensor labels = labels_of(g.data.train).index_select(0, nearest.index).to(torch::kLong);
  return {percent(features_of(g.classifier, pictures).classes), percent(labels),
          change_at_seam(pictures, known) / change_at_seam(g.real, known),
          nearest.distance.mean().item<double>(), seconds};
}

Judged measured(const Image& known, const FillIn& fill) {
  std::vector<Tensor> all;
  const double seconds = seconds_of([&] {
    for (int first = 0; first < kPictures; first += kPortion)
      all.push_back(filled_in(known, fill, first, std::min(kPortion, kPictures - first)));
  });
  return judged(torch::cat(all), known, seconds / kPictures);
}

std::string in_words(const FillIn& fill) {
  const FillMethodName& name = name_of(fill.method);
  return name.takes_rounds ? text_of(name.id, " of ", fill.rounds, " rounds") : name.id;
}

using Measure = std::function<Judged()>;

void add_lines(const std::string& what, const Measure& measure, bool is_usual) {
  const auto memo = std::make_shared<std::optional<Judged>>();
  const auto line = [&](const char* figure, const char* unit, auto member, Bar bar = {}) {
    add_line(what + ": " + figure, unit, [=] {
      if (!*memo) *memo = measure();
      return Figure{(**memo).*member, bar};
    });
  };
  const auto bar = [&](Bar wanted) { return is_usual ? wanted : Bar{}; };
  line("class kept", "%", &Judged::kept, bar({.at_least = 70}));
  line("class of the nearest kept", "%", &Judged::kept_by_nearest);
  line("seam", "of a real one", &Judged::seam, bar({.at_most = 1.1}));
  line("distance to the nearest", "rms", &Judged::nearest);
  line("time", "s a picture", &Judged::seconds);
}

}  // namespace

void add_fill_in_lines() {
  const struct {
    const char* name;
    Image known;
  } cuts[] = {{"lower half missing", lower_half_missing()},
              {"12 x 12 pixels missing", hole_in_the_middle()}};
  for (const auto& [name, known] : cuts) {
    add_lines(
        text_of(name, ", real pictures"),
        [=, known = known] { return judged(gallery().real, known, 0); }, false);
    for (const FillMethodName& method : kFillMethods) {
      const FillIn fill{.method = method.method};
      add_lines(
          text_of(name, ", ", in_words(fill)), [=, known = known] { return measured(known, fill); },
          method.method == FillIn{}.method);
    }
  }
  // What a person waits for it.
  for (const FillMethodName& method : kFillMethods) {
    const FillIn fill{.method = method.method};
    add_line(text_of("20 steps of a picture alone, ", in_words(fill)), "ms", [=] {
      return Figure{1e3 * median_seconds([&] { filled_in(lower_half_missing(), fill, 0, 1); })};
    });
  }
}

}  // namespace stepwise
