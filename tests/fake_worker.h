// A worker without a network: the exact denoiser of a handful of pictures drawn here, in plain
// floats. It answers the commands of a window as the real one does, so that the window and its
// panels can be tested and looked at alone. Euler steps only; one picture of each class.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace stepwise {

inline constexpr int kFakeSide = 28;

// Ten soft shapes, a picture each.
inline std::vector<Image> fake_pictures() {
  std::vector<Image> pictures;
  for (int k = 0; k < 10; ++k) {
    Image image(kFakeSide, kFakeSide, 1, -1);
    for (int y = 0; y < kFakeSide; ++y)
      for (int x = 0; x < kFakeSide; ++x) {
        const double u = (x - 13.5) / 13.5, v = (y - 13.5) / 13.5;
        const double wide = 0.35 + 0.05 * k, tall = 0.85 - 0.04 * k;
        const double body =
            std::pow(std::abs(u / wide), 2 + k % 3) + std::pow(std::abs(v / tall), 4);
        const double sleeve = std::hypot(std::abs(u) - wide - 0.1, v + 0.5) / (0.2 + 0.02 * k);
        if (body < 1 || (k % 2 == 0 && sleeve < 1))
          image.at(y, x) = float(0.2 + 0.5 * std::cos(2 * u + k) * std::cos(v * (1 + k % 4)));
      }
    pictures.push_back(image);
  }
  return pictures;
}

class FakeWorker : public Worker {
 public:
  explicit FakeWorker(std::vector<Image> pictures = fake_pictures(), double seconds_per_step = 0)
      : pictures_(std::move(pictures)), seconds_per_step_(seconds_per_step) {}

  void handle(Request request, const Send& send) override {
    id_ = request.id;
    if (const auto* end = std::get_if<Cancel>(&request.command)) cancel(end->job, send);
    const bool ends =
        std::visit([&](const auto& c) { return act(c, emit_for(id_, send)); }, request.command);
    if (ends) send({id_, Finished{}});
  }

  bool step(const Send& send) override {
    if (training_ != kNoJob) train_step(emit_for(training_, send));
    if (running_ == kNoJob) return training_ != kNoJob;
    if (seconds_per_step_ > 0) wait(seconds_per_step_);
    sample_step(send);
    return true;
  }

  void finish(const Send&) override {}
  Report describe(const std::exception& e) const override { return {id_, Failed{"", e.what()}}; }

 private:
  static Emit emit_for(JobId id, const Send& send) {
    return [id, &send](Event event) { send({id, std::move(event)}); };
  }
  void cancel(JobId job, const Send& send) {
    if (job == training_ && job != kNoJob) {
      send({job, TrainingDone{"run-1", trained_, true, "stopped"}});
      training_ = kNoJob;
    } else if (job == running_ && job != kNoJob) {
      running_ = kNoJob;
    } else {
      return;
    }
    send({job, Finished{0, true}});
  }

  struct State {
    BranchStarted start;
    int next = 0;
    std::map<int, std::vector<float>> x;  // Of each picture the branch runs itself.
    std::map<std::pair<int, int>, std::vector<float>> kept;  // x of (step, picture).
  };

  std::vector<float> denoise(const std::vector<float>& x, double sigma,
                             const Condition& asked) const {
    if (sigma <= 0) return x;
    std::vector<double> log_weights;
    for (std::size_t k = 0; k < pictures_.size(); ++k) {
      double distance = 0;
      for (std::size_t i = 0; i < x.size(); ++i)
        distance += std::pow(double(x[i]) - pictures_[k].pixels[i], 2);
      // The named class is preferred, but a picture painted into another one may become it.
      const double prior = int(k % 10) == asked.label ? 60 : 0;
      log_weights.push_back(prior - distance / (2 * std::max(0.3, sigma * sigma) * 4));
    }
    const double most = *std::max_element(log_weights.begin(), log_weights.end());
    std::vector<float> mean(x.size(), 0);
    double sum = 0;
    for (double& w : log_weights) sum += w = std::exp(w - most);
    for (std::size_t k = 0; k < pictures_.size(); ++k)
      for (std::size_t i = 0; i < x.size(); ++i)
        mean[i] += float(log_weights[k] / sum * pictures_[k].pixels[i]);
    // A blur that goes with the noise, so that guesses sharpen as the real ones do.
    const float keep = float(1 / (1 + 0.5 * sigma));
    for (float& v : mean) v = keep * v + (1 - keep) * -0.45f;
    return mean;
  }

  bool act(const OpenModel& c, const Emit& emit) {
    ModelOpened e;
    e.id = id_;
    e.folder = c.folder;
    e.name = "fashion-mnist";
    e.class_names = {"T-shirt", "Trouser", "Pullover", "Dress", "Coat",
                     "Sandal",  "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};
    e.height = e.width = kFakeSide;
    e.channels = 1;
    e.parameters = 1834561;
    emit(Ready{"cpu", 2});
    emit(e);
    return true;
  }
  bool act(const OpenData&, const Emit& emit) {
    emit(DataOpened{"Fashion-MNIST", {}, 60000, 10000, kFakeSide, kFakeSide, 1});
    return true;
  }

  bool act(const Sample& c, const Emit& emit) {
    states_.clear();
    BranchStarted start;
    start.id = next_id_++;
    start.model = c.model;
    start.settings = c.settings;
    start.conditions = c.conditions;
    const double rho = c.settings.rho, n = std::max(1, c.settings.steps - 1);
    const double high = std::pow(c.settings.sigma_max, 1 / rho);
    const double low = std::pow(c.settings.sigma_min, 1 / rho);
    for (int k = 0; k < c.settings.steps; ++k)
      start.sigmas.push_back(std::pow(high + k / n * (low - high), rho));
    start.sigmas.push_back(0);
    State state;
    for (int i = 0; i < c.settings.count; ++i) {
      start.pictures.push_back(i);
      std::mt19937_64 random(c.settings.seed * 1000 + std::uint64_t(i));
      std::normal_distribution<float> normal;
      for (std::size_t p = 0; p < pictures_[0].pixels.size(); ++p)
        state.x[i].push_back(normal(random) * float(c.settings.sigma_max));
    }
    state.start = start;
    return begin(state, c.until, emit);
  }

  std::vector<float> x_at(BranchId branch, int step, int picture) const {
    for (const State* s = &states_.at(branch);; s = &states_.at(s->start.parent)) {
      const auto kept = s->kept.find({step, picture});
      if (kept != s->kept.end() || s->start.parent < 0) return kept->second;
    }
  }

  // The edited x, and the noise that is in it.
  std::vector<float> edited(const Edit& edit) const {
    const State& parent = states_.at(edit.branch);
    const double sigma = parent.start.sigmas[edit.step];
    Image x(kFakeSide, kFakeSide, 1), guess = x;
    x.pixels = x_at(edit.branch, edit.step, edit.picture);
    guess.pixels = denoise(x.pixels, sigma, parent.start.conditions[edit.picture]);
    const Image with_paint = painted(guess, edit.layers, Surface::kGuess);
    std::mt19937_64 random(edit.noise_seed);
    std::normal_distribution<float> normal;
    for (std::size_t i = 0; i < x.pixels.size(); ++i) {
      const float noise = edit.noise == NoiseSource::kFresh ? normal(random) * float(sigma)
                                                            : x.pixels[i] - guess.pixels[i];
      x.pixels[i] = with_paint.pixels[i] + noise;
    }
    return painted(x, edit.layers, Surface::kNoisy).pixels;
  }

  bool act(const Resample& c, const Emit& emit) {
    const Edit& edit = c.fork.edit;
    State state;
    state.start = states_.at(edit.branch).start;
    state.start.id = next_id_++;
    state.start.parent = edit.branch;
    state.start.fork = state.next = edit.step;
    state.start.pictures = {edit.picture};
    state.start.conditions[edit.picture] = c.fork.condition;
    state.start.layers = edit.layers;
    state.start.settings = c.fork.settings;
    state.start.model = c.fork.model;
    state.x[edit.picture] = edited(edit);
    return begin(state, c.until, emit);
  }

  bool begin(const State& state, int until, const Emit& emit) {
    emit(state.start);
    states_[state.start.id] = state;
    return run(state.start.id, until);
  }
  bool run(BranchId branch, int until) {
    running_ = id_;
    branch_ = branch;
    until_ = until;
    return false;
  }
  bool act(const Continue& c, const Emit&) { return run(c.branch, c.until); }

  void sample_step(const Send& send) {
    State& s = states_[branch_];
    const int k = s.next++, steps = int(s.start.sigmas.size()) - 1;
    const double sigma = s.start.sigmas[k];
    FrameReady frame{
        branch_, k, sigma, {0, kFakeSide, kFakeSide, 1, {}}, {0, kFakeSide, kFakeSide, 1, {}}};
    for (auto& [i, x] : s.x) {
      const std::vector<float> guess = denoise(x, sigma, s.start.conditions[i]);
      for (ImageBatch* batch : {&frame.noisy, &frame.guess}) {
        const std::vector<float>& from = batch == &frame.noisy ? x : guess;
        batch->pixels.insert(batch->pixels.end(), from.begin(), from.end());
        ++batch->count;
      }
      s.kept[{k, i}] = x;
      if (k == steps) continue;
      const float share = float(s.start.sigmas[k + 1] / sigma);
      for (std::size_t p = 0; p < x.size(); ++p) x[p] = guess[p] + share * (x[p] - guess[p]);
    }
    send({running_, std::move(frame)});
    if (k == steps || (until_ >= 0 && k + 1 >= until_))
      send({std::exchange(running_, kNoJob), Finished{0.42}});
  }

  bool act(const Preview& c, const Emit& emit) {
    const Edit& edit = c.fork.edit;
    PreviewReady e;
    e.edit = edit;
    e.sigma = states_.at(edit.branch).start.sigmas[edit.step];
    e.noisy = e.guess = Image(kFakeSide, kFakeSide, 1);
    e.noisy.pixels = edited(edit);
    e.guess.pixels = denoise(e.noisy.pixels, e.sigma, c.fork.condition);
    double sum = 0;
    for (std::size_t i = 0; i < e.noisy.pixels.size(); ++i)
      sum += std::pow(e.noisy.pixels[i] - e.guess.pixels[i], 2);
    e.noise_level = std::sqrt(sum / double(e.noisy.pixels.size()));
    emit(e);
    return true;
  }

  bool act(const FetchPicture& c, const Emit& emit) {
    const int k = c.index % int(pictures_.size());
    emit(PictureFetched{c.index, c.test, k % 10, pictures_[k]});
    return true;
  }
  bool act(const Inspect& c, const Emit& emit) {
    Inspected e;
    e.sigma = c.sigma;
    e.noisy = e.guess = e.ideal = c.picture;
    std::mt19937_64 random(c.seed);
    std::normal_distribution<float> normal;
    for (float& v : e.noisy.pixels) v += normal(random) * float(c.sigma);
    e.guess.pixels = denoise(e.noisy.pixels, c.sigma, c.condition);
    e.ideal.pixels = denoise(e.noisy.pixels, c.sigma, {});
    e.guess_error = 0.1 * c.sigma;
    e.ideal_error = 0.12 * c.sigma;
    e.nearest = 4711;
    e.nearest_weight = 0.7;
    emit(e);
    return true;
  }

  bool act(const Train& c, const Emit& emit) {
    TrainingStarted e;
    e.folder = "run-1";
    e.recipe = c.recipe;
    e.data = c.data.place;
    e.parameters = 200000;
    e.bin_edges = {0.01, 0.03, 0.1, 0.3, 1, 3, 10};
    for (int i = 0; i < 10; ++i) e.gallery.push_back({i});
    emit(e);
    training_ = id_;
    trained_ = 0;
    return false;
  }
  bool act(const Pause&, const Emit&) { return true; }
  bool act(const Cancel&, const Emit&) { return true; }
  void train_step(const Emit& emit) {
    wait(0.02);
    ++trained_;
    const float loss = 0.3f + 2 / (1 + 0.05f * float(trained_)) + 0.05f * float(trained_ % 7 - 3);
    TrainingProgress e;
    e.points.push_back({trained_, 0.02 * double(trained_), loss, 0.5f, 0.008f});
    e.step = trained_;
    e.pictures_per_second = 1600;
    e.seconds = 0.02 * double(trained_);
    e.seconds_left = 120 - e.seconds;
    e.fraction = e.seconds / 120;
    if (trained_ % 20 == 0)
      e.held_out.push_back({trained_, loss, loss + 0.02f, {.9f, .7f, .5f, .4f, .3f, .2f}});
    emit(e);
    if (trained_ % 50 != 1) return;
    ImageBatch gallery{10, kFakeSide, kFakeSide, 1, {}};
    for (int i = 0; i < 10; ++i)
      gallery.pixels.insert(gallery.pixels.end(), pictures_[i].pixels.begin(),
                            pictures_[i].pixels.end());
    emit(GalleryReady{trained_, e.seconds, gallery});
  }

  template <class Other>
  bool act(const Other&, const Emit& emit) {
    emit(Failed{"This command", "the stand-in for the worker does not know it."});
    return false;
  }

  static void wait(double seconds) {  // Busy, as a network would be.
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (std::chrono::steady_clock::now() < end) {
    }
  }

  std::vector<Image> pictures_;
  double seconds_per_step_;
  std::map<BranchId, State> states_;
  JobId id_ = kNoJob, running_ = kNoJob, training_ = kNoJob;
  BranchId branch_ = 0, next_id_ = 0;
  int until_ = -1;
  std::int64_t trained_ = 0;
};

}  // namespace stepwise
