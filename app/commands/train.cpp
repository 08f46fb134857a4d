// stepwise train: a training run without a window, the same job as behind one, by one process or
// several.
#include <array>
#include <csignal>
#include <cstdio>

#include "commands/command.h"
#include "commands/options.h"
#include "commands/other_processes.h"
#include "commands/recipe_options.h"
#include "engine/signals.h"
#include "error.h"
#include "image/output.h"
#include "settings/process_place.h"
#include "settings/recipe_fields.h"

namespace stepwise {
namespace {

struct TrainOptions {
  DataSource data;
  std::string recipe = "quick";
  std::vector<std::string> set;  // field=value
  std::optional<double> minutes;
  std::optional<std::int64_t> steps;
  std::optional<std::uint64_t> seed;
  std::filesystem::path out, resume, from;
  std::optional<std::int64_t> at;  // A mark of the run to resume.
  int processes = 1;
};

constexpr Range<int> kProcesses{1, 1024};
constexpr Range<std::int64_t> kMarkedSteps{0, kTrainingSteps.max};

// As its file says, but for what was asked for.
Recipe recipe_for(const TrainOptions& o, const Budget& budget) {
  const Recipe base = recipe_named(o.recipe, known_recipes()).recipe;
  Recipe recipe = base;
  recipe.gallery_seconds = 0;  // Nobody is watching.
  put_fields(recipe, o.set);
  if (budget != Budget{}) recipe.budget = budget;
  if (o.seed) recipe.seed = *o.seed;
  check(recipe);
  const std::string trouble = o.from.empty() ? trouble_with_new_weights(recipe) : "";
  require(trouble.empty(), trouble);
  return named_for_run(std::move(recipe), base);
}

Train command_of(const TrainOptions& o) {
  if (!o.out.empty()) check_output_folder(o.out);
  Train command{.data = o.data, .out = o.out, .resume = o.resume, .from = o.from};
  const Budget budget{o.minutes.value_or(0), o.steps.value_or(0)};
  if (o.resume.empty()) {
    command.recipe = recipe_for(o, budget);
  } else {
    command.more = budget;
    command.at = o.at;
    command.changes = fields_in(o.set);
  }
  command.together = true;
  return command;
}

std::string words_for(const Budget& budget) {
  if (budget.minutes == 0) return text_of(budget.steps, budget.steps == 1 ? " step" : " steps");
  return text_of(budget.minutes, budget.minutes == 1 ? " minute" : " minutes");
}

// ", FD 0.61 (floor 0.31, 200 pictures)"
std::string words_for(const MeasuredPoint& point) {
  std::array<char, 96> words;
  std::snprintf(words.data(), words.size(), ", FD %.2f (floor %.2f, %lld pictures)",
                double(point.distance), double(point.floor), static_cast<long long>(point.count));
  return words.data();
}

class TrainLog {
 public:
  void operator()(const Event& event) {
    if (const auto* started = std::get_if<TrainingStarted>(&event)) {
      std::printf("training in %s: %s, recipe %s, %lld parameters\n", started->folder.c_str(),
                  started->data.c_str(), started->recipe.name.c_str(),
                  static_cast<long long>(started->parameters));
      if (started->added != Budget{}) tell_of_more(*started);
      std::fflush(stdout);
      begun_ = started->step;
    }
    if (const auto* news = std::get_if<TrainingProgress>(&event)) show(*news);
    if (const auto* done = std::get_if<TrainingDone>(&event)) {
      bar_.clear();
      tell_of_end(*done);
    }
  }

 private:
  static void tell_of_more(const TrainingStarted& run) {
    std::printf(
        "The budget grows by %s, to %s. The learning rate goes on at %.0f %% of its peak, as "
        "if the run had been planned so long from the start, and falls to 0 at the new end.\n",
        words_for(run.added).c_str(), words_for(run.recipe.budget).c_str(), 100 * run.rate_factor);
  }

  void tell_of_end(const TrainingDone& done) const {
    const std::string resume = "stepwise train --resume '" + done.folder.string() + "'";
    std::printf("%s %lld steps, held-out loss %.4f%s\n", done.why.c_str(),
                static_cast<long long>(done.step), held_out_, distance_.c_str());
    if (looked_ >= 1) std::printf("Looking: %.0f s of %.0f s\n", looked_, seconds_ + looked_);
    if (begun_ == done.step && !done.stopped_early)
      std::printf("To train it on, add to its budget: %s --minutes M (or --steps N)\n",
                  resume.c_str());
    else
      std::printf("wrote %s\n", done.folder.c_str());
    if (!done.of.empty())
      std::printf("The model in '%s' previews edits with it from now on.\n", done.of.c_str());
    if (done.stopped_early) std::printf("To go on: %s\n", resume.c_str());
  }

  void show(const TrainingProgress& news) {
    if (!news.held_out.empty()) held_out_ = news.held_out.back().held_out;
    if (!news.measured.empty()) distance_ = words_for(news.measured.back());
    looked_ = news.looked;
    seconds_ = news.seconds;
    bar_.show(news.fraction, text_of("step ", news.step, ", held-out loss ", held_out_, distance_,
                                     ", ", int(news.pictures_per_second), " pictures/s, ",
                                     int(news.seconds_left), " s left"));
  }

  ProgressBar bar_;
  double held_out_ = 0;
  std::string distance_;  // The newest, in words; empty: none.
  double looked_ = 0, seconds_ = 0;
  std::int64_t begun_ = -1;  // At this step.
};

// Takes part in a run until the first process, who hears the signals too, lets this one go.
void follow(const Train& command, const SessionOptions& session) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_IGN);
  Headless(session).run(command, [](const Event&) {});
}

// A signal saves the run; the exit status tells of it all the same.
void lead(const Train& command, const SessionOptions& session) {
  Headless worker(session);
  const Request request = command;
  const SignalWatch signals([&](int) { worker.post(Cancel{request.id}); });
  worker.run(request, [&, log = TrainLog()](const Event& event) mutable {
    // One that came before the request was on its way found nothing to end.
    if (std::holds_alternative<TrainingStarted>(event) && signals.exit_status() != 0)
      worker.post(Cancel{request.id});
    log(event);
  });
  if (const int status = signals.exit_status()) throw CLI::RuntimeError(status);
}

void train(const TrainOptions& o, SessionOptions session) {
  const Train command = command_of(o);  // What is wrong with it is said once, by this process.
  std::optional<OtherProcesses> others;
  if (o.processes > 1 && !process_place()) others.emplace(o.processes);
  const ProcessPlace place = process_place().value_or(ProcessPlace{});
  session.local_rank = place.local_rank;
  session.local_size = place.local_size;
  if (place.rank > 0) return follow(command, session);
  lead(command, session);
  if (others) others->wait();
}

}  // namespace

void add_train(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<TrainOptions>();
  CLI::App* sub = app.add_subcommand(
      "train",
      "Train a model. Ctrl-C, SIGTERM and SIGHUP save it and end, with exit status 128 and the "
      "signal's number; a second one, later than a second, ends at once");
  std::vector<CLI::Option*> data = add_data_options(*sub, o->data);
  const std::vector<CLI::Option*> more = add_more_options(*sub, o->data);
  data.insert(data.end(), more.begin(), more.end());
  auto* recipe = sub->add_option("--recipe", o->recipe,
                                 "How to train: a recipe by name, or the file of one; see "
                                 "stepwise recipes")
                     ->type_name("NAME|FILE.json")
                     ->capture_default_str();
  auto* changed = add_set_option(*sub, o->set,
                                 "Another value for a field of the recipe, as in batch=64 or "
                                 "channels=32,64; can be said again for others");
  auto* minutes = add_number(*sub, "--minutes", o->minutes, kMinutes,
                             "Time to train for; with --resume: added to the run's budget");
  auto* steps =
      add_number(*sub, "--steps", o->steps, kTrainingSteps,
                 "Optimiser steps to train for; with --resume: added to the run's budget");
  minutes->type_name("M")->excludes(steps);
  auto* seed = add_number(*sub, "--seed", o->seed, kSeed, "Of weights, noise and order");
  auto* out = sub->add_option("--out", o->out, "A new folder for the run")->type_name("DIR");
  add_number(*sub, "--processes", o->processes, kProcesses,
             "Processes of this machine that train together; see the README for several machines");
  auto* resume =
      sub->add_option("--resume", o->resume,
                      "A run to go on with, by its own recipe and with its own data set; "
                      "--data says where that lies now, should it have moved");
  sub->add_option("--from", o->from, "Begin with the weights of this model, not with new ones")
      ->type_name("DIR")
      ->excludes(resume);
  resume->type_name("DIR")->excludes(recipe)->excludes(seed);
  for (std::size_t i = 1; i < data.size(); ++i) resume->excludes(data[i]);  // How it is read.
  CLI::Option* at = add_number(*sub, "--at", o->at, kMarkedSteps,
                               "Begin a new run as the one to resume was at its mark of this step, "
                               "in --out and with what --set changes; that one stays as it is");
  at->type_name("STEP")->needs(resume);
  sub->callback([o, place = data.front(), resume, at, changed, out, &session] {
    for (const CLI::Option* of_new : {changed, out})  // A run that itself goes on has its own.
      if (!resume->empty() && at->empty() && !of_new->empty())
        throw CLI::ExcludesError("--resume without --at", of_new->get_name());
    if (!o->resume.empty() && place->empty()) o->data.place.clear();
    train(*o, session);
  });
}

}  // namespace stepwise
