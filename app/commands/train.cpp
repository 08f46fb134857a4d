// stepwise train: a training run without a window, the same job as behind one.
#include <cstdio>

#include "commands/command.h"
#include "commands/data_options.h"
#include "commands/options.h"
#include "error.h"
#include "image/output.h"

namespace stepwise {
namespace {

struct TrainOptions {
  DataSource data;
  std::string recipe = "quick";
  std::optional<double> minutes;
  std::optional<std::int64_t> steps;
  std::optional<std::uint64_t> seed;
  std::filesystem::path out, resume;
};

Train command_of(const TrainOptions& o) {
  if (!o.out.empty()) check_output_folder(o.out);
  Train command{recipe_of(o.recipe), o.data, o.out, o.resume};
  if (o.minutes || o.steps) command.recipe.budget = {o.minutes.value_or(0), o.steps.value_or(0)};
  if (o.seed) command.recipe.seed = *o.seed;
  command.recipe.gallery_seconds = 0;  // Nobody is watching.
  check(command.recipe);
  return command;
}

class TrainLog {
 public:
  bool operator()(const Event& event) {
    if (const auto* started = std::get_if<TrainingStarted>(&event)) {
      std::printf("training in %s: %s, recipe %s, %lld parameters\n", started->folder.c_str(),
                  started->data.c_str(), started->recipe.name.c_str(),
                  static_cast<long long>(started->parameters));
      std::fflush(stdout);
    }
    if (const auto* news = std::get_if<TrainingProgress>(&event)) show(*news);
    if (const auto* done = std::get_if<TrainingDone>(&event)) {
      progress_.clear();
      std::printf("%s %lld steps, held-out loss %.4f\nwrote %s\n", done->why.c_str(),
                  static_cast<long long>(done->step), held_out_, done->folder.c_str());
      return false;
    }
    return true;
  }

 private:
  void show(const TrainingProgress& news) {
    if (!news.held_out.empty()) held_out_ = news.held_out.back().held_out;
    progress_.show(news.fraction, text_of("step ", news.step, ", held-out loss ", held_out_, ", ",
                                          int(news.pictures_per_second), " pictures/s, ",
                                          int(news.seconds_left), " s left"));
  }

  Progress progress_;
  double held_out_ = 0;
};

}  // namespace

void add_train(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<TrainOptions>();
  CLI::App* sub = app.add_subcommand("train", "Train a model; Ctrl-C saves it and ends");
  sub->fallthrough();
  const std::vector<CLI::Option*> data = add_data_options(*sub, o->data);
  auto* recipe =
      sub->add_option("--recipe", o->recipe, "quick, standard or best")->capture_default_str();
  auto* minutes =
      add_number(*sub, "--minutes", o->minutes, kMinutes, "Time to train for")->type_name("M");
  auto* steps =
      add_number(*sub, "--steps", o->steps, kTrainingSteps, "Optimiser steps to train for");
  minutes->excludes(steps);
  auto* seed = add_number(*sub, "--seed", o->seed, kSeed, "Of weights, noise and order");
  auto* out = sub->add_option("--out", o->out, "A new folder for the run")->type_name("DIR");
  auto* resume = sub->add_option("--resume", o->resume, "A run to go on with, by its own recipe")
                     ->type_name("DIR")
                     ->excludes(recipe)
                     ->excludes(minutes)
                     ->excludes(steps)
                     ->excludes(seed)
                     ->excludes(out);
  for (CLI::Option* option : data) resume->excludes(option);
  sub->callback(
      [o, &session] { Headless(session).run(command_of(*o), TrainLog(), StopTraining{}); });
}

}  // namespace stepwise
