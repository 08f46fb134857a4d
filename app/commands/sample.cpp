// stepwise sample: pictures from a model, as a contact sheet, a film strip or numbers.
#include <cmath>
#include <cstdio>

#include "commands/command.h"
#include "data/dataset.h"
#include "error.h"
#include "image/png.h"
#include "image/sheet.h"
#include "model/safetensors.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kStripPictures = 10;  // Rows of a film strip, at most.

struct SampleOptions {
  fs::path model = shipped_model();
  std::optional<int> count, steps;
  std::string label = "all";
  std::optional<double> guidance, sigma_max;
  std::optional<std::string> sampler;
  std::uint64_t seed = 1;
  fs::path out, strip;
  bool replace = false;
};

SampleSettings settings_of(const SampleOptions& o, const ModelOpened& model) {
  SampleSettings s = model.defaults;
  s.count = o.count.value_or(s.count);
  s.label = o.label == "all" ? kAllClasses : class_of(model.class_names, o.label);
  s.guidance = o.guidance.value_or(s.guidance);
  if (o.sampler) s.sampler = sampler_of(*o.sampler);
  s.steps = o.steps.value_or(s.steps);
  s.sigma_max = o.sigma_max.value_or(s.sigma_max);
  if (o.sigma_max && s.grid == GridKind::kModel) s.grid = GridKind::kKarras;
  s.seed = o.seed;
  check(s);
  return s;
}

struct Samples {
  ImageBatch pictures;
  std::vector<int> labels;
};

void append(Samples& all, const Drawn& more) {
  ImageBatch& batch = all.pictures;
  batch.height = more.pictures.height, batch.width = more.pictures.width,
  batch.channels = more.pictures.channels;
  batch.count += more.pictures.count;
  batch.pixels.insert(batch.pixels.end(), more.pictures.pixels.begin(), more.pictures.pixels.end());
  all.labels.insert(all.labels.end(), more.labels.begin(), more.labels.end());
}

// images U8 [N, C, H, W] and labels I64 [N] (-2 where no class was asked for).
void write_numbers(const fs::path& path, const Samples& samples) {
  const ImageBatch& b = samples.pictures;
  std::vector<std::uint8_t> planes;
  planes.reserve(b.pixels.size());
  for (int i = 0; i < b.count; ++i) {
    const ByteImage image = to_bytes(b.image(i));
    for (int c = 0; c < b.channels; ++c)
      for (int y = 0; y < b.height; ++y)
        for (int x = 0; x < b.width; ++x) planes.push_back(image.at(y, x, c));
  }
  const std::vector<std::int64_t> labels(samples.labels.begin(), samples.labels.end());
  Safetensors file;
  file.tensors["images"] = stored({b.count, b.channels, b.height, b.width}, planes);
  file.tensors["labels"] = stored({b.count}, labels);
  write_safetensors(path, file);
}

void write_samples(const fs::path& path, const Samples& samples) {
  if (path.extension() == ".safetensors") return write_numbers(path, samples);
  const int columns =
      std::max(1, std::min(samples.pictures.count,
                           10 * int(std::ceil(std::sqrt(samples.pictures.count / 100.)))));
  write_png(path, contact_sheet(samples.pictures, columns));
}

// What the model guesses at each step, for the first pictures.
std::vector<ImageBatch> guesses_of(Headless& worker, SampleSettings settings) {
  settings.count = std::min(settings.count, kStripPictures);
  std::vector<ImageBatch> guesses;
  worker.run(Sample{settings}, [&](const Event& event) {
    if (const auto* frame = std::get_if<FrameReady>(&event)) guesses.push_back(frame->guess);
    return !std::holds_alternative<BranchDone>(event);
  });
  return guesses;
}

void sample(const SampleOptions& o, const SessionOptions& session) {
  require(o.out.empty() || o.out.extension() == ".png" || o.out.extension() == ".safetensors",
          "Cannot write '", o.out.string(), "': choose a name that ends in .png or .safetensors.");
  require(o.strip.empty() || o.strip.extension() == ".png", "Cannot write '", o.strip.string(),
          "': choose a name that ends in .png.");
  require_new(o.out, o.replace);
  require_new(o.strip, o.replace);

  Headless worker(session);
  const ModelOpened model = worker.open_model(o.model);
  require(o.sampler || model.stand_in.empty(), "Cannot sample from '", o.model.string(),
          "' as its own scheduler would. ", model.stand_in,
          " If that will do, name a sampler, for ", "example --sampler ",
          name_of(model.defaults.sampler).id, ".");
  const SampleSettings settings = settings_of(o, model);
  Progress progress;
  Samples samples;
  double seconds = 0;
  worker.run(Draw{settings}, [&](const Event& event) {
    if (const auto* drawn = std::get_if<Drawn>(&event)) append(samples, *drawn);
    if (const auto* at = std::get_if<DrawProgress>(&event))
      progress.show(at->fraction,
                    text_of(samples.pictures.count, " of ", settings.count, " pictures"));
    if (const auto* done = std::get_if<DrawDone>(&event)) seconds = done->seconds;
    return !std::holds_alternative<DrawDone>(event);
  });
  progress.clear();
  const fs::path out = o.out.empty() && o.strip.empty() ? fs::path("samples.png") : o.out;
  require_new(out, o.replace);
  if (!out.empty()) write_samples(out, samples);
  if (!o.strip.empty()) write_png(o.strip, film_strip(guesses_of(worker, settings)));
  std::printf("%d pictures in %.1f s, %d network evaluations each\n", samples.pictures.count,
              seconds, evaluations_per_picture(settings));
  if (!out.empty()) std::printf("wrote %s\n", out.c_str());
  if (!o.strip.empty()) std::printf("wrote %s\n", o.strip.c_str());
}

}  // namespace

void add_sample(CLI::App& app, const SessionOptions& session) {
  auto o = std::make_shared<SampleOptions>();
  CLI::App* sub = app.add_subcommand("sample", "Draw pictures from a model");
  sub->fallthrough();
  sub->add_option("--model", o->model, "Model folder")->type_name("DIR");
  sub->add_option("--count", o->count, "Pictures (default: the model's)")->type_name("N");
  sub->add_option("--class", o->label, "all, or a class by name or number")->capture_default_str();
  sub->add_option("--guidance", o->guidance, "w in D_null + w (D_class - D_null)")->type_name("W");
  sub->add_option("--sampler", o->sampler, "How to step from one noise level to the next")
      ->type_name("NAME");
  sub->add_option("--steps", o->steps, "Steps")->type_name("N");
  sub->add_option("--sigma-max", o->sigma_max, "First noise level, in units of the data")
      ->type_name("S");
  sub->add_option("--seed", o->seed, "Picture k depends on (seed, k) alone")->capture_default_str();
  sub->add_option("--out", o->out, "FILE.png: a contact sheet; FILE.safetensors: numbers")
      ->type_name("FILE");
  sub->add_option("--strip", o->strip, "FILE.png: the guess at every step")->type_name("FILE");
  sub->add_flag("--force", o->replace, "Replace files that exist");
  sub->callback([o, &session] { sample(*o, session); });
}

}  // namespace stepwise
