#include "commands/edit_tools.h"

#include <algorithm>
#include <utility>

#include "first_of.h"

namespace stepwise {
namespace {

constexpr double kHighest = kSigma.max;  // All levels that there are.

Shape shape_of(const EditAsked& asked, std::size_t i = 0) {
  if (i < asked.areas.size()) return Mask{asked.areas[i]};
  return Everywhere{};
}

Layers rewinding(const EditAsked& asked, double sigma) {
  return {{shape_of(asked), Rewind{sigma}}};
}

Layers with_classes(const EditAsked& asked, double) {
  Layers layers;
  for (std::size_t i = 0; i < asked.classes.size(); ++i)
    layers.push_back({shape_of(asked, i), Region{asked.classes[i], asked.strength}});
  return layers;
}

Layers wishing(const EditAsked& asked, double) {
  Wish wish = asked.wish;
  if (wish.kind == WishKind::kSketch) wish.sketch = asked.picture;
  Layer layer{shape_of(asked), std::move(wish)};
  layer.strength = asked.strength;
  return {layer};
}

constexpr std::array kEditTools = {
    EditTool{.id = "lock",
             .help = "fills the mask in anew; the rest stays",
             .start = StartKind::kSdedit,
             .sigma = kHighest,
             .area = Need::kMust,
             .classes = Need::kMay,
             .fills = true},
    EditTool{.id = "rewind",
             .help = "goes back to sigma within the mask, or as far as --levels says",
             .start = StartKind::kEditFriendly,
             .sigma = 1,
             .area = Need::kMay,
             .classes = Need::kMay,
             .ends = true,
             .from = true,
             .layers = rewinding},
    EditTool{.id = "sdedit",
             .help = "adds noise of sigma and lets the model make a picture of it",
             .start = StartKind::kSdedit,
             .sigma = 5,
             .area = Need::kMay,
             .classes = Need::kMay,
             .fills = true},
    EditTool{.id = "invert",
             .help = "opens the picture as an exact way from sigma, and takes it as a class",
             .start = StartKind::kEditFriendly,
             .sigma = 5,
             .area = Need::kMay,
             .classes = Need::kMay,
             .fills = true,
             .from = true},
    EditTool{.id = "ddim",
             .help = "traces the picture back to sigma, and takes it from there as a class",
             .start = StartKind::kDdim,
             .sigma = 5,
             .area = Need::kMay,
             .classes = Need::kMay,
             .fills = true},
    EditTool{.id = "diffedit",
             .help = "finds where two classes differ, and changes the picture there alone",
             .start = StartKind::kSdedit,
             .sigma = 5,
             .area = Need::kMay,
             .classes = Need::kMust,
             .fills = true,
             .searches = true},
    EditTool{.id = "flowedit",
             .help = "moves only what two classes differ in",
             .start = StartKind::kFlow,
             .sigma = 5,
             .area = Need::kMay,
             .classes = Need::kMust,
             .fills = true},
    EditTool{.id = "regions",
             .help = "draws from sigma on, within each mask as its class",
             .start = StartKind::kSdedit,
             .sigma = kHighest,
             .area = Need::kMay,
             .classes = Need::kMust,
             .many = true,
             .layers = with_classes},
    EditTool{.id = "wish",
             .help = "draws from sigma on as --wish says",
             .start = StartKind::kSdedit,
             .sigma = kHighest,
             .area = Need::kMay,
             .classes = Need::kMay,
             .layers = wishing},
};

Image none_of(const Image& area) {
  Image rest = area;
  for (float& share : rest.pixels) share = 1 - share;
  return rest;
}

// Where any of them is.
Image all_of(const std::vector<Image>& areas, const Image& picture) {
  if (areas.empty()) return Image(picture.height, picture.width, 1, 1.f);
  Image all = areas.front();
  for (const Image& area : areas)
    std::ranges::transform(all.pixels, area.pixels, all.pixels.begin(),
                           [](float a, float b) { return std::max(a, b); });
  return all;
}

void check_need(Need need, std::size_t given, const EditTool& tool, const char* option,
                const char* advice) {
  require(need != Need::kMust || given > 0, "The tool ", tool.id, " needs ", option, ". ", advice);
  require(need != Need::kNone || given == 0, "The tool ", tool.id, " has no use for ", option, ".");
}

Start start_of(const EditTool& tool, const EditAsked& asked, const SampleSettings& settings) {
  Start start;
  start.kind = tool.start;
  start.picture = asked.picture;
  start.sigma = tool.ends ? kHighest : asked.sigma.value_or(tool.sigma);
  start.source = asked.from;
  start.guidance = settings.guidance;
  return start;
}

}  // namespace

std::span<const EditTool> edit_tools() { return kEditTools; }

const EditTool& edit_tool_of(const std::string& id) {
  const auto found = std::ranges::find(kEditTools, id, &EditTool::id);
  require(found != kEditTools.end(), "There is no tool '", id, "'. Choose ",
          joined(
              kEditTools, [](const EditTool& tool) { return std::string(tool.id); }, ", "),
          ".");
  return *found;
}

void check(const EditTool& tool, const EditAsked& asked) {
  check_need(tool.area, asked.areas.size(), tool, "--mask",
             "Give a picture that is white where it shall work.");
  check_need(tool.classes, asked.classes.size(), tool, "--class", "Name what it shall show.");
  require(tool.many || asked.areas.size() <= 1, "The tool ", tool.id, " takes one --mask, not ",
          asked.areas.size(), ".");
  require(tool.many || asked.classes.size() <= 1, "The tool ", tool.id, " takes one --class, not ",
          asked.classes.size(), ".");
  const bool paired = asked.areas.size() == asked.classes.size();
  require(!tool.many || paired || (asked.areas.empty() && asked.classes.size() == 1), "There are ",
          asked.areas.size(), " masks for ", asked.classes.size(),
          " classes. Give one --mask for each --class, in the same order.");
}

EditPlan plan_of(const EditTool& tool, const EditAsked& asked, ModelId model,
                 const SampleSettings& settings, const FillIn& fill) {
  const bool named = !tool.many && !asked.classes.empty();
  const Condition wanted = named ? asked.classes.front() : asked.from;
  const Condition first = tool.from ? asked.from : wanted;
  EditPlan plan;
  plan.area = all_of(asked.areas, asked.picture);
  plan.sample = {model, settings, {first}, -1, start_of(tool, asked, settings)};
  Layers layers;
  if (tool.layers) layers = tool.layers(asked, asked.sigma.value_or(tool.sigma));
  if (tool.fills && !asked.areas.empty()) layers = {{Mask{none_of(plan.area)}, Lock{}}};
  if (layers.empty() && wanted == first) return plan;
  Edit edit;
  edit.step = tool.ends ? settings.steps : 0;
  edit.noise_seed = settings.seed;
  edit.layers = std::move(layers);
  edit.fill = fill;
  if (!tool.ends) plan.sample.until = 0;
  plan.resample = Resample{{model, std::move(edit), settings, wanted}};
  return plan;
}

}  // namespace stepwise
