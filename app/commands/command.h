// What the subcommands share: options that stand everywhere, where the program's files lie, and an
// engine without a window. The command line is a front end like the window: it posts commands and
// reads events.
#pragma once

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/engine.h"
#include "settings/recipe_book.h"

namespace stepwise {

// Adds --device and --threads, understood before and behind the subcommands that are added later.
void add_common_options(CLI::App& app, SessionOptions& options);

// What ships with the program: models, classifiers, shaders.
std::filesystem::path assets_folder();
std::filesystem::path shaders_folder();
std::filesystem::path shipped_model();

// The recipes that ship with it, and the user's own.
RecipeBook known_recipes();
// One by its name, or by its file, which ends with .json. Throws Error with what is wrong with it,
// or with the names that there are.
KnownRecipe recipe_named(const std::string& words, const RecipeBook& book);

// Each adds a subcommand that runs when it is parsed. `options` must outlive the parsing.
void add_sample(CLI::App& app, const SessionOptions& options);
void add_train(CLI::App& app, const SessionOptions& options);
void add_recipes(CLI::App& app);
void add_trial(CLI::App& app, const SessionOptions& options);
void add_find_rate(CLI::App& app, const SessionOptions& options);
void add_average(CLI::App& app, const SessionOptions& options);
void add_captions(CLI::App& app, const SessionOptions& options);
void add_evaluate(CLI::App& app, const SessionOptions& options);
void add_survival(CLI::App& app, const SessionOptions& options);
void add_trade_off(CLI::App& app, const SessionOptions& options);
void add_race(CLI::App& app, const SessionOptions& options);
void add_edit(CLI::App& app, const SessionOptions& options);
void add_info(CLI::App& app, const SessionOptions& options);
void add_show(CLI::App& app, const SessionOptions& options);
void add_worsen(CLI::App& app, const SessionOptions& options);
void add_replay(CLI::App& app, const SessionOptions& options);
void add_classifier(CLI::App& app, const SessionOptions& options);
void add_meter(CLI::App& app, const SessionOptions& options);

// An engine that nobody watches.
class Headless {
 public:
  explicit Headless(const SessionOptions& options);

  using OnEvent = std::function<void(const Event&)>;

  // Sees the request through to its end, and hands over the events that answer it; the seconds that
  // it took. Throws Error if it fails. Warnings go to stderr.
  double run(Request request, const OnEvent& on_event);
  // The same with its Progress as a bar, see ProgressBar.
  double run_with_bar(Request request, const OnEvent& on_event);

  // Any thread, also during run().
  void post(Request request) { engine_.post(std::move(request)); }

  ModelOpened open_model(const std::filesystem::path& folder);

 private:
  Engine engine_;
};

// Keeps the event of this kind that answers a request; the last, where there are several.
template <class Answer>
Headless::OnEvent keep(Answer& answer) {
  return [&answer](const Event& event) {
    if (const auto* told = std::get_if<Answer>(&event)) answer = *told;
  };
}

// Throws Error where stdout was closed or cannot be written to: the results would be lost.
void require_stdout();

void warn(const std::string& text);  // On stderr.

// For check_output(), of commands that have --force.
inline constexpr const char* kForceAdvice = "Choose another name, or say --force to replace it.";

// Writes an output, see write_output(), and says on stdout where it lies.
void write_and_say(const std::filesystem::path& file, std::string_view bytes, bool replace);

// How far a job is: a bar on a terminal that can take one back (TERM is not dumb, NO_COLOR not
// set), otherwise a line for every tenth. On stderr.
class ProgressBar {
 public:
  ProgressBar();
  void show(double fraction, const std::string& text);
  void clear();  // Takes the bar away.

 private:
  const bool bar_;
  int tenths_ = -1;
  bool drawn_ = false;
};

}  // namespace stepwise
