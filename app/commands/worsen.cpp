// stepwise worsen: pictures made worse in every way that a model can learn to undo, side by side.
#include <algorithm>
#include <string>

#include "commands/command.h"
#include "commands/options.h"
#include "error.h"
#include "image/fit.h"
#include "image/output.h"
#include "image/picture_file.h"
#include "image/png.h"
#include "image/sheet.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr Range<int> kSide{8, 512};
constexpr Range<int> kColumns{2, 21};

struct WorsenOptions {
  fs::path file, out;
  int side = 0, columns = 7;
  std::uint64_t seed = 1;
  std::vector<std::string> stacks;
  bool replace = false;
};

// The largest square of it, no larger than asked for, in the colors that it has.
Image read_square(const WorsenOptions& o) {
  const PictureFile read = open_picture(o.file);
  if (!read.note.empty()) warn(read.note);
  const int own = std::min(read.pixels.height, read.pixels.width);
  const int side = o.side > 0 ? o.side : std::clamp(own, kSide.min, kSide.max);
  PictureFit fit;
  fit.background = usual_background(3);
  return fitted(read.pixels, side, side, 3, fit);
}

std::vector<double> even_severities(int count) {
  std::vector<double> severities;
  for (int i = 0; i < count; ++i) severities.push_back(double(i) / (count - 1));
  return severities;
}

std::vector<DegradationStack> stacks_of(const std::vector<std::string>& ids) {
  std::vector<DegradationStack> stacks(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i)
    in_context("Cannot read '--stack " + ids[i] + "': ", [&] { read_id(ids[i], stacks[i]); });
  return stacks;
}

void worsen(const WorsenOptions& o, const SessionOptions& session) {
  check_output(o.out, {".png"}, o.replace, kForceAdvice);
  Worsened answer;
  const Worsen asked{read_square(o), even_severities(o.columns), o.seed, stacks_of(o.stacks)};
  Headless(session).run(asked, keep(answer));
  SheetStyle style;
  style.scale = std::max(1, 84 / answer.pictures.width);
  write_and_say(o.out, png_of(contact_sheet(answer.pictures, o.columns, style)), o.replace);
  std::string ways = joined(kDegradations, &DegradationName::id);
  for (const DegradationStack& stack : answer.stacks) ways += " and " + id_of(stack);
  std::printf("from the picture itself to severity 1; from above: %s\n", ways.c_str());
}

}  // namespace

void add_worsen(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<WorsenOptions>();
  CLI::App* sub = app.add_subcommand(
      "worsen", "Show a picture made worse in every way that a model can learn to undo");
  sub->add_option("picture", o->file, "A PNG, JPEG or WebP file")->required()->type_name("FILE");
  sub->add_option("--out", o->out, "FILE.png: a row for each way, severity rising")
      ->required()
      ->type_name("FILE");
  add_number(*sub, "--size", o->side, kSide, "Pixels along a side; by default as the picture has");
  add_number(*sub, "--columns", o->columns, kColumns, "Severities, from 0 to 1");
  add_number(*sub, "--seed", o->seed, kSeed, "What is random about it comes from this");
  sub->add_option("--stack", o->stacks, "Several ways one after the other, as a row of their own")
      ->type_name("A,B")
      ->allow_extra_args(false);
  sub->add_flag("--force", o->replace, "Replace a file that exists");
  sub->callback([o, &session] { worsen(*o, session); });
}

}  // namespace stepwise
