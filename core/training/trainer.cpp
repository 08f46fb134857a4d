#include "training/trainer.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cassert>

#include "model/behind.h"
#include "model/placed.h"
#include "settings/schedule.h"
#include "training/checkpoint.h"
#include "training/room.h"
#include "training/step.h"
#include "training/together.h"

namespace stepwise {
namespace {

// What processes that train together have spent before their first step; of the next ones the first
// process tells the others.
void tell_how_far(TrainerState& s, const RunHead& head) {
  s.told.next.fill_(fraction_spent(head.recipe.budget, head.seconds, head.step));
}

}  // namespace

Trainer::Trainer(const Recipe& recipe, const Dataset& data, torch::Device device)
    : state_(std::make_unique<TrainerState>(recipe, data, device)) {}

void Trainer::begin_with(const UNet2DModelImpl& net) {
  const torch::NoGradGuard no_gradients;
  TrainerState& s = *state_;
  const auto given = net.named_parameters();
  for (const torch::Tensor& all : {s.weights, s.averages, s.longer})
    for (const auto& [name, view] : s.layout.named_views(all)) {
      const torch::Tensor* found = given.find(name);
      require(found && found->sizes() == view.sizes(),
              "A run of this recipe cannot begin with the weights of that model: their '", name,
              "' ", found ? "has another size" : "is missing",
              ". Choose a recipe with the channels and layers that it was trained with.");
      view.copy_(*found);
    }
  s.written();
}

void Trainer::lead(std::shared_ptr<Processes> processes) {
  TrainerState& s = *state_;
  require(s.recipe.batch >= processes->size(), "A batch of ", s.recipe.batch,
          " pictures cannot be shared by ", processes->size(), " processes.");
  tell_how_far(s, run_of_first(*processes, head_of(s)));
  for (const auto& [name, tensor] : tensors_of(s)) processes->send(tensor);
  s.processes = std::move(processes);
}

Trainer Trainer::follow(std::shared_ptr<Processes> processes, const RunHead& head,
                        const Dataset& data, torch::Device device) {
  require(same_pictures(head.data, record_of(data)), "Process ", processes->rank(), " has ",
          words_for(record_of(data)), ", but the first one trains on ", words_for(head.data), ".");
  auto state = std::make_unique<TrainerState>(head.recipe, data, device);
  for (const auto& [name, tensor] : tensors_of(*state)) processes->send(tensor);
  state->step = head.step;
  state->optimiser.set_steps(head.step);
  tell_how_far(*state, head);
  state->written();
  state->processes = std::move(processes);
  return Trainer(std::move(state));
}

void Trainer::dismiss() {
  TrainerState& s = *state_;
  const auto processes = std::exchange(s.processes, nullptr);
  if (!processes || !processes->first() || processes->broken()) return;
  try {
    s.ahead.settle();
    s.told.sum.zero_();
    s.told.farewell.fill_(1);
    processes->sum(s.told.sum);
    processes->leave();
  } catch (const Error&) {  // They are gone already.
  }
}

TrainingPoint Trainer::step() {
  advance([] { return false; });
  return collect().back();
}

bool Trainer::advance(const std::function<bool()>& asked) {
  TrainerState& s = *state_;
  s.clock.run();
  const double start = TrainingClock::steady_seconds();
  bool last = false;
  try {
    last = s.device.is_cpu() ? pieces(asked) : whole_step(asked);
  } catch (const std::exception& e) {
    if (!ran_out_of_memory(e)) throw;
    s.broken = words_for_lack_of_room(s);
    throw Error(s.broken);
  }
  s.seconds_unread += TrainingClock::steady_seconds() - start;
  if (last) s.clock.lap();
  return last;
}

// Until somebody asks, but at least one. True with the last of a step.
bool Trainer::pieces(const std::function<bool()>& asked) {
  for (;;)
    if (const bool last = piece(asked); last || asked()) return last;
}

bool Trainer::piece(const std::function<bool()>& asked) {
  TrainerState& s = *state_;
  if (!s.under_way) {
    tell_batch(s);
    s.under_way = begin_gradients(s, s.told.place, s.share());
  }
  const bool last = s.under_way->done();
  if (last)
    end_step();
  else
    s.under_way->advance(asked);
  return last;
}

void Trainer::end_step() {
  TrainerState& s = *state_;
  end_gradients(s, std::exchange(s.under_way, nullptr)->take());
  tell_rates(s, factor());
  if (!add_up()) return;
  update(s);
  note();
}

// A device is told of the step at once: it never stands between the worker and whoever asks.
bool Trainer::whole_step(const std::function<bool()>& asked) {
  TrainerState& s = *state_;
  if (!s.ahead.has_room(asked)) return false;
  const Behind behind(s.device);
  tell_batch(s);
  tell_rates(s, factor());
  if (!s.processes) {
    s.both();
  } else {
    s.gradients();
    if (!add_up()) return true;
    s.update();
  }
  note();
  s.ahead.told();
  return true;
}

std::string Trainer::obstacle() const {
  const TrainerState& s = *state_;
  for (const Replay* replay : {&s.both, &s.gradients, &s.update})
    if (!replay->obstacle().empty()) return replay->obstacle();
  return "";
}

// Over all processes. False where there are no more steps.
bool Trainer::add_up() {
  TrainerState& s = *state_;
  if (!s.processes) return true;
  s.processes->sum(s.told.sum);
  if (s.processes->first()) return true;
  s.dismissed = s.told.farewell.item<float>() != 0;
  if (s.dismissed) s.processes->leave();
  return !s.dismissed;
}

void Trainer::note() {
  TrainerState& s = *state_;
  ++s.step;
  s.written();
  if (s.processes && !s.processes->first()) return;
  TrainingPoint point;
  point.step = s.step;
  point.learning_rate = s.rate;
  point.seconds = s.clock.seconds();
  s.unread.push_back({point, s.told.loss.clone(), s.told.norm.clone()});
}

// What a device was told before is training yet.
TrainingClock::Look Trainer::look() {
  state_->ahead.settle();
  return TrainingClock::Look(state_->clock);
}

HeldOutPoint Trainer::evaluate_held_out() {
  const auto looking = look();
  HeldOutPoint point = state_->held_out.evaluate(state_->averaged, state_->step);
  add_held_out(state_->history.held_out, point);
  return point;
}

std::shared_ptr<UNet2DModelImpl> Trainer::snapshot_after(
    std::int64_t step, std::shared_ptr<UNet2DModelImpl> reuse) const {
  const torch::NoGradGuard no_gradients;
  const TrainerState& s = *state_;
  if (!reuse) {
    reuse = placed(UNet2DModel(s.averaged->config), s.device).ptr();
    reuse->eval();
  }
  if (step > steps_done()) s.ahead.settle();
  const auto averages = s.layout.views(s.recent ? s.recent->after(step) : s.averages);
  const auto copies = reuse->parameters();
  for (std::size_t i = 0; i < copies.size(); ++i) copies[i].copy_(averages[i]);
  return reuse;
}

void Trainer::scale_learning_rate(double multiplier) {
  kMultiplier.check("The learning rate's multiplier", multiplier);
  state_->multiplier = multiplier;
}

void Trainer::change(const Recipe& recipe) {
  TrainerState& s = *state_;
  assert(alone());
  if (recipe == s.recipe) return;
  s.ahead.settle();
  s.recipe = recipe;
  s.info.name = s.info.data + " " + recipe.name;
  s.batches.change(recipe);
  s.begin_step_anew();
}

// Of the held-out losses those on training pictures are told other classes; test pictures stay.
void Trainer::learn_from(const Dataset& data) {
  TrainerState& s = *state_;
  assert(alone());
  s.ahead.settle();
  s.info.data_set = record_of(data);
  s.batches.learn_from(data);
  s.held_out = HeldOut(data, s.regressor);
  s.begin_step_anew();
}

void Trainer::set_learning_rate(double rate) {
  kLearningRate.check("The learning rate", rate);
  assert(rate_factor() > 0);
  state_->multiplier = rate / (state_->recipe.learning_rate * rate_factor());
}

void Trainer::set_paused(bool paused) {
  if (paused)
    state_->clock.pause();
  else if (state_->step > 0)
    state_->clock.run();
}

void Trainer::extend(const Budget& more) {
  state_->recipe.budget = extended(state_->recipe.budget, more, seconds(), state_->step);
}

double Trainer::fraction() const {
  return fraction_spent(state_->recipe.budget, seconds(), state_->step);
}

double Trainer::seconds_left() const {
  const Budget& budget = state_->recipe.budget;
  double left = budget.minutes > 0 ? 60 * budget.minutes - seconds() : INFINITY;
  if (budget.steps > 0 && state_->step > 0)
    left = std::min(left, double(budget.steps - state_->step) * seconds() / double(state_->step));
  return std::isfinite(left) ? std::max(0.0, left) : 0;
}

double Trainer::factor() const { return rate_factor() * state_->multiplier; }

double Trainer::rate_factor() const { return stepwise::rate_factor(state_->recipe, fraction()); }

std::int64_t Trainer::parameters() const {
  std::int64_t count = 0;
  for (const auto& parameter : state_->parameters) count += parameter.numel();
  return count;
}

void Trainer::keep_gaussians(ClassGaussians gaussians) {
  state_->gaussians = std::make_shared<const ClassGaussians>(std::move(gaussians));
}

void Trainer::save(const std::filesystem::path& folder) {
  require_sound();
  save_run(*state_, folder);
  state_->clock.lap();
}

void Trainer::save_mark(const std::filesystem::path& file, const std::string& change) {
  require_sound();
  stepwise::save_mark(*state_, file, change);
  state_->clock.lap();
}

Trainer Trainer::begin_at(const std::filesystem::path& mark, const std::vector<FieldValue>& values,
                          const Dataset& data, torch::Device device) {
  return Trainer(load_mark(mark, values, data, device));
}

Trainer Trainer::resume(const std::filesystem::path& folder, const Dataset& data,
                        torch::Device device) {
  return Trainer(load_run(folder, data, device));
}

void make_run_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  require(!error, "Cannot make the folder '", folder.string(), "': ", error.message(), ".");
  require(std::filesystem::is_empty(folder, error) && !error, "The folder '", folder.string(),
          "' is not empty, and a run is never overwritten. Name another one, or resume that run.");
}

}  // namespace stepwise
