#include "commands/command.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "commands/options.h"
#include "engine/load_session.h"
#include "engine/recipe_files.h"
#include "engine/run_folder.h"
#include "error.h"
#include "image/output.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// The folder with assets/ and shaders/: $STEPWISE_HOME, beside the program when installed, or where
// it was built.
fs::path home() {
  if (const char* path = std::getenv("STEPWISE_HOME"); path && *path) return path;
  std::error_code ignored;
  const fs::path installed =
      fs::read_symlink("/proc/self/exe", ignored).parent_path() / ".." / "share" / "stepwise";
  if (fs::exists(installed / "assets", ignored)) return installed.lexically_normal();
  return STEPWISE_SOURCE_DIR;
}

// Whether a line on stderr can be written over.
bool has_live_terminal() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value ? value : "");
  };
  const std::string_view terminal = variable("TERM");
  return isatty(STDERR_FILENO) && !terminal.empty() && terminal != "dumb" &&
         variable("NO_COLOR").empty();
}

}  // namespace

fs::path assets_folder() { return home() / "assets"; }
fs::path shaders_folder() { return home() / "shaders"; }
fs::path shipped_model() { return assets_folder() / "models" / "fashion-mnist"; }

RecipeBook known_recipes() {
  return load_recipes(assets_folder() / "recipes", own_recipes_folder());
}

KnownRecipe recipe_named(const std::string& words, const RecipeBook& book) {
  return words.ends_with(kRecipeExtension) ? load_recipe(words, book) : recipe_of(book, words);
}

void add_common_options(CLI::App& app, SessionOptions& options) {
  options.assets = assets_folder();
  app.fallthrough();  // Subcommands inherit it: what they do not know is the program's own.
  app.add_option("--device", options.device, "Where to compute")
      ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
      ->capture_default_str();
  add_number(app, "--threads", options.threads, Range<int>{0, 1024},
             "Processor threads to compute on; 0: one per core");
}

Headless::Headless(const SessionOptions& options)
    : engine_([options] { return load_session(options); }, [] {}) {
  require_stdout();
}

double Headless::run(Request request, const OnEvent& on_event) {
  const JobId id = engine_.post(std::move(request));
  for (;;)
    for (const auto& [job, event] : engine_.wait()) {
      if (const auto* warning = std::get_if<Warning>(&event)) warn(warning->text);
      if (job != id) continue;
      if (const auto* failed = std::get_if<Failed>(&event)) throw Error(failed->message);
      if (const auto* finished = std::get_if<Finished>(&event)) return finished->seconds;
      on_event(event);
    }
}

double Headless::run_with_bar(Request request, const OnEvent& on_event) {
  ProgressBar bar;
  const double seconds = run(std::move(request), [&](const Event& event) {
    if (const auto* at = std::get_if<Progress>(&event)) bar.show(at->fraction, at->words);
    on_event(event);
  });
  bar.clear();
  return seconds;
}

ModelOpened Headless::open_model(const fs::path& folder) {
  ModelOpened model;
  run(OpenModel{folder}, keep(model));
  return model;
}

void require_stdout() {
  const int flags = ::fcntl(STDOUT_FILENO, F_GETFL);
  require(
      flags >= 0 && (flags & O_ACCMODE) != O_RDONLY,
      "Standard output is closed: what is found out would be lost. Lead it somewhere, as with > "
      "FILE.");
}

void warn(const std::string& text) {
  std::fprintf(stderr, "stepwise: warning: %s\n", text.c_str());
}

void write_and_say(const fs::path& file, std::string_view bytes, bool replace) {
  const Written written = write_output(file, bytes, replace);
  if (!written.note.empty()) warn(written.note);
  std::printf("wrote %s\n", written.path.c_str());
}

ProgressBar::ProgressBar() : bar_(has_live_terminal()) {}

void ProgressBar::show(double fraction, const std::string& text) {
  if (bar_) {
    constexpr int kWidth = 30;
    std::string bar(std::size_t(kWidth), ' ');
    bar.replace(0, std::size_t(kWidth * fraction), std::size_t(kWidth * fraction), '#');
    std::fprintf(stderr, "\r\033[K[%s] %3.0f %%  %s", bar.c_str(), 100 * fraction, text.c_str());
    std::fflush(stderr);
    drawn_ = true;
  } else if (const int tenths = int(10 * fraction); tenths != tenths_) {
    tenths_ = tenths;
    std::fprintf(stderr, "%3.0f %%  %s\n", 100 * fraction, text.c_str());
  }
}

void ProgressBar::clear() {
  if (drawn_) std::fputs("\r\033[K", stderr);
  drawn_ = false;
}

}  // namespace stepwise
