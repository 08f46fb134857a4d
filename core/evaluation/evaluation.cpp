#include "evaluation/evaluation.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/utils.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "diffusion/tensor_image.h"
#include "error.h"
#include "evaluation/held.h"
#include "evaluation/nearest.h"
#include "evaluation/reference_file.h"
#include "settings/sample_settings.h"

namespace stepwise {
namespace {

using torch::Tensor;

// Samples whose nearest training picture is looked for, at most.
constexpr std::int64_t kNearest = 1000;

// Samples are measured as they are written to a file: in steps of 1/255 of the range, none beyond
// it.
Tensor as_bytes(const Tensor& x) {
  return (x.clamp(-1, 1).add(1).mul(127.5)).round().div(127.5).sub(1);
}

// Sends pictures through the classifier, a portion at a time.
class FeaturePass {
 public:
  using Source = std::function<Tensor(std::int64_t first, std::int64_t count)>;
  FeaturePass(Classifier& classifier, std::int64_t count, Source source)
      : classifier_(classifier), count_(count), source_(std::move(source)) {}

  // How much is done; the result is there at 1.
  double step() {
    constexpr std::int64_t kPortion = 250;
    const std::int64_t n = std::min(kPortion, count_ - seen_);
    const Features judged = features_of(classifier_, source_(seen_, n));
    features_.push_back(judged.features);
    classes_.push_back(judged.classes);
    seen_ += n;
    return double(seen_) / double(count_);
  }
  Features result() const { return {torch::cat(features_), torch::cat(classes_)}; }

 private:
  Classifier& classifier_;
  std::int64_t count_, seen_ = 0;
  Source source_;
  std::vector<Tensor> features_, classes_;
};

// Share of pictures classed as asked for, among those where something was asked for.
double agreement_of(const Tensor& classes, const std::vector<Condition>& asked_for) {
  const Tensor found = classes.contiguous();
  int asked = 0, agreed = 0;
  for (std::size_t i = 0; i < asked_for.size(); ++i) {
    if (!asked_for[i].label) continue;
    ++asked;
    agreed += found.data_ptr<std::int64_t>()[i] == *asked_for[i].label;
  }
  return asked == 0 ? std::numeric_limits<double>::quiet_NaN() : double(agreed) / asked;
}

// What real pictures would be asked for as.
std::vector<Condition> conditions_of(const Pictures& pictures) {
  std::vector<Condition> all;
  for (const std::uint8_t label : pictures.labels) all.push_back({label});
  return all;
}

// One part of the work. `step` says how much of it is done; 1 ends it.
struct Stage {
  std::string name;
  double cost;  // As a share of the whole, in units of their own.
  std::function<double()> step;
};

}  // namespace

struct EvaluationJob::State {
  std::shared_ptr<ReferenceSet> set;
  std::vector<Condition> conditions;
  Tensor samples;
  Evaluation result;

  Features judged;               // The samples.
  Tensor held, held_pictures;    // Test pictures by their indices, where these are new, and
  std::vector<Features> noised;  //   the same at each of kNoiseLevels.
  HeldFigures real;              // Of them.
  std::vector<Stage> stages;
  std::size_t stage = 0;
  double stage_done = 0;

  const Dataset& data() const { return *set->data; }
  int count() const { return int(samples.size(0)); }

  void plan();
  void plan_held();
  void plan_judging(const std::string& name, std::int64_t count, FeaturePass::Source source,
                    std::function<void(Features)> keep);
  void plan_nearest(const std::string& name, const Tensor& pictures, double& mean);
  void plan_distances(int count, std::function<Tensor(int)> features,
                      std::function<void(const std::vector<double>&)> keep);
  void learn(const std::vector<double>& held_distances);
  void conclude(const std::vector<double>& distances);
};

void EvaluationJob::State::plan_judging(const std::string& name, std::int64_t n,
                                        FeaturePass::Source source,
                                        std::function<void(Features)> keep) {
  auto judging = std::make_shared<FeaturePass>(set->classifier, n, std::move(source));
  stages.push_back({name, double(n), [judging, keep = std::move(keep)] {
                      const double done = judging->step();
                      if (done >= 1) keep(judging->result());
                      return done;
                    }});
}

void EvaluationJob::State::plan_nearest(const std::string& name, const Tensor& pictures,
                                        double& mean) {
  const Tensor queries = pictures.narrow(0, 0, std::min<std::int64_t>(kNearest, pictures.size(0)));
  auto search = std::make_shared<NearestSearch>(data().train, queries);
  const double cost =
      double(queries.size(0)) * data().train.count / 5000;  // Against one classification.
  stages.push_back({name, cost, [search, &mean] {
                      if (search->step()) return search->fraction();
                      mean = search->result().distance.mean().item<double>();
                      return 1.;
                    }});
}

// Frechet distances of so many sets of features to the reference, one at a time.
void EvaluationJob::State::plan_distances(int n, std::function<Tensor(int)> features,
                                          std::function<void(const std::vector<double>&)> keep) {
  auto distances = std::make_shared<std::vector<double>>();
  stages.push_back({"comparing", 100. * n, [=, this] {
                      const Tensor next = features(int(distances->size()));
                      distances->push_back(frechet_distance(gaussian_of(next), set->train));
                      if (std::ssize(*distances) == n) keep(*distances);
                      return double(distances->size()) / n;
                    }});
}

void EvaluationJob::State::plan() {
  const auto part = [this](const Pictures& pictures, const char* name, auto keep) {
    plan_judging(
        name, pictures.count,
        [&pictures](std::int64_t first, std::int64_t n) { return tensor_of(pictures, first, n); },
        keep);
  };
  if (!set->train.mean.defined())
    part(data().train, "judging training pictures",
         [this](const Features& j) { set->train = gaussian_of(j.features); });
  if (!set->test.features.defined())
    part(data().test, "judging test pictures", [this](Features j) { set->test = std::move(j); });
  plan_judging(
      "judging samples", count(),
      [this](std::int64_t i, std::int64_t n) { return samples.narrow(0, i, n); },
      [this](Features j) { judged = std::move(j); });
  const auto known = std::ranges::find(set->held, count(), &HeldFigures::count);
  if (known == set->held.end())
    plan_held();
  else
    real = *known;
  plan_nearest("looking for copies", samples, result.nearest);
  // The samples', and those without some of them.
  const int parts = count() < 2 * kJackknifeParts ? 0 : kJackknifeParts;
  plan_distances(
      1 + parts,
      [this](int k) { return k == 0 ? judged.features : without_part(judged.features, k - 1); },
      [this](const std::vector<double>& distances) { conclude(distances); });
}

void EvaluationJob::State::plan_held() {
  held = torch::tensor(hold(data().test, count(), kEvaluationSeed), torch::kLong);
  held_pictures = tensor_of(data().test, held);
  for (double level : kNoiseLevels) {
    // One seed for all levels: the same noise, only stronger, so that the curve is smooth.
    const auto generator = at::make_generator<at::CPUGeneratorImpl>(kEvaluationSeed);
    plan_judging(
        "judging real pictures with noise", count(),
        [this, level, generator](std::int64_t first, std::int64_t n) {
          const Tensor clean = held_pictures.narrow(0, first, n);
          return clean + level * torch::randn(clean.sizes(), generator);
        },
        [this](Features j) { noised.push_back(std::move(j)); });
  }
  plan_nearest("looking for copies among real pictures", held_pictures, real.nearest);
  // The floor, and those of the noise levels.
  plan_distances(
      1 + int(std::size(kNoiseLevels)),
      [this](int k) {
        return k == 0 ? set->test.features.index_select(0, held)
                      : noised[std::size_t(k - 1)].features;
      },
      [this](const std::vector<double>& distances) { learn(distances); });
}

// What the next evaluation of as many samples need not find out again.
void EvaluationJob::State::learn(const std::vector<double>& held_distances) {
  real.count = count();
  real.floor = held_distances[0];
  real.noise_distances.assign(held_distances.begin() + 1, held_distances.end());
  set->held.push_back(real);
  keep(*set);
}

void EvaluationJob::State::conclude(const std::vector<double>& distances) {
  const auto parts = distances.begin() + 1;
  result.distance = distances[0];
  result.standard_error = parts == distances.end() ? std::numeric_limits<double>::quiet_NaN()
                                                   : jackknife_error({parts, distances.end()});
  result.floor = real.floor;
  result.real_nearest = real.nearest;
  result.noise_distances = real.noise_distances;
  result.noise_equivalent_level = noise_equivalent_level(
      {std::begin(kNoiseLevels), std::end(kNoiseLevels)}, result.noise_distances, result.distance);
  result.agreement = agreement_of(judged.classes, conditions);
  result.real_agreement = agreement_of(set->test.classes, conditions_of(data().test));
}

void check_comparable(const ReferenceSet& set, const std::vector<std::int64_t>& shape, int count) {
  const Pictures& real = set.data->test;
  require(shape == std::vector<std::int64_t>{real.channels, real.height, real.width},
          "The model draws pictures of ", shape[2], " x ", shape[1], " and ", shape[0],
          " channels, but those of ", words_for(set.record), " have ", real.channels,
          ". Measure it against the data set it was trained on.");
  require(count >= 2 && count <= real.count, "Cannot measure ", count, " pictures: choose 2 to ",
          real.count, ".");
}

EvaluationJob::EvaluationJob(std::shared_ptr<ReferenceSet> set, const Tensor& samples,
                             std::vector<Condition> conditions)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  const int count = int(samples.size(0));
  check_comparable(*set, samples.sizes().slice(1).vec(), count);
  require(int(conditions.size()) == count, "There are ", count, " samples, but ", conditions.size(),
          " conditions.");
  s.set = std::move(set);
  s.conditions = std::move(conditions);
  s.samples = as_bytes(samples.contiguous());
  require(torch::isfinite(s.samples).all().item<bool>(),
          "Some samples hold values that are not numbers: the model's weights are broken.");
  s.result.count = count;
  s.result.classifier = s.set->classifier.checksum;
  s.result.reference = "train";
  s.plan();
}

EvaluationJob::~EvaluationJob() = default;

bool EvaluationJob::step() {
  State& s = *state_;
  if (s.stage == s.stages.size()) return false;
  const torch::NoGradGuard no_grad;
  s.stage_done = s.stages[s.stage].step();
  if (s.stage_done >= 1) ++s.stage, s.stage_done = 0;
  return s.stage < s.stages.size();
}

double EvaluationJob::fraction() const {
  double done = 0, all = 0;
  for (std::size_t i = 0; i < state_->stages.size(); ++i) {
    const double cost = state_->stages[i].cost;
    all += cost;
    done += i < state_->stage ? cost : i == state_->stage ? cost * state_->stage_done : 0;
  }
  return done / all;
}

const std::string& EvaluationJob::stage() const {
  return state_->stages[std::min(state_->stage, state_->stages.size() - 1)].name;
}

const Evaluation& EvaluationJob::result() const { return state_->result; }

}  // namespace stepwise
