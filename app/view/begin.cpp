#include "view/begin.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "view/edit_parts.h"
#include "view/edits.h"

namespace stepwise::app {
namespace {

// What is asked for where a class does not matter is what the picture shows.
Condition target_of(const Desk& desk) {
  return changes_picture(desk.start) ? desk.beginning.becomes : desk.beginning.shows;
}

// What the tree under the playhead began as, and what it is to become.
struct ClassesHere {
  Condition from, to;
};
std::optional<ClassesHere> change_here(const View& view, const Desk& desk) {
  const Start* start = start_of(view, desk.playhead.branch);
  const Branch* root = start ? find_branch(view, root_of(view, desk.playhead.branch)) : nullptr;
  if (!root) return std::nullopt;
  const bool told = start->kind == StartKind::kFlow || start->kind == StartKind::kDdim;
  const Condition from = told ? start->source : condition_at(*root, desk.playhead.picture);
  return ClassesHere{from, desk.condition.value_or(desk.beginning.becomes)};
}

}  // namespace

bool changes_picture(StartKind kind) {
  return kind == StartKind::kSdedit || kind == StartKind::kFlow;
}

void offer_picture(Desk& desk, Picture picture, std::string name, const Condition& shows) {
  desk.beginning = {std::move(picture), std::move(name), shows, shows};
}

std::string why_not_begin(const View& view, const Desk& desk) {
  const ModelOpened* model = find_model(view, desk.model);
  if (!model) return "There is no model. Open one.";
  const Picture& picture = desk.beginning.picture;
  if (!picture) return "There is no picture. Drop one on the window, or take one in the lab.";
  if (picture.height() != model->height || picture.width() != model->width ||
      picture.channels() != model->channels)
    return text_of("The picture has ", picture.width(), " x ", picture.height(), " pixels and ",
                   picture.channels(), picture.channels() == 1 ? " channel" : " channels",
                   "; this model is for ", model->width, " x ", model->height, " and ",
                   model->channels, ".");
  const bool knows_classes = !model->class_names.empty();
  if (!knows_classes && desk.start == StartKind::kFlow)
    return "This model knows no classes: there is none to change the picture into.";
  if (knows_classes && !model->has_null_class && !target_of(desk).label)
    return "This model has to be told a class. Choose what the picture shows.";
  return {};
}

Sample begun_with_picture(const View& view, const Desk& desk) {
  const ModelOpened* model = find_model(view, desk.model);
  const bool knows_classes = model && !model->class_names.empty();
  Sample sample;
  sample.model = desk.model;
  sample.settings = desk.sample;
  if (!changes_picture(desk.start)) sample.settings.count = 1;  // All of them would end alike.
  const Condition target = knows_classes ? target_of(desk) : Condition{};
  sample.conditions.assign(std::size_t(sample.settings.count), target);
  Start& start = sample.start.emplace();
  start.kind = desk.start;
  start.picture = image_of(desk.beginning.picture);
  start.sigma = changes_picture(desk.start) ? desk.start_sigma : kSigma.max;
  if (knows_classes) start.source = desk.beginning.shows;
  return sample;
}

const Start* start_of(const View& view, BranchId branch) {
  const Branch* root = find_branch(view, root_of(view, branch));
  const auto* sample = root ? std::get_if<Sample>(&root->start.begun) : nullptr;
  const bool of_picture = sample && sample->start && sample->start->kind != StartKind::kBetween;
  return of_picture ? &*sample->start : nullptr;
}

std::optional<double> reconstruction(const View& view, const Desk& desk) {
  const Playhead& at = desk.playhead;
  const Start* start = start_of(view, at.branch);
  const Branch* branch = find_branch(view, at.branch);
  if (!start || !branch || !branch->done()) return std::nullopt;
  const PictureAtStep end = lookup(view, at.branch, branch->steps(), at.picture);
  if (!end.guess) return std::nullopt;
  const Image found = image_of(end.guess);
  if (found.pixels.size() != start->picture.pixels.size()) return std::nullopt;
  double sum = 0;
  for (std::size_t i = 0; i < found.pixels.size(); ++i)
    sum += std::pow(double(found.pixels[i]) - double(start->picture.pixels[i]), 2);
  if (sum == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(4 * double(found.pixels.size()) / sum);
}

bool can_find_mask(const View& view, const Desk& desk) {
  const auto change = change_here(view, desk);
  return change && change->from != change->to && change->to.label && paintable(view, desk) &&
         find_model(view, desk.model) && !view.jobs.contains(desk.finding_mask);
}

void find_mask(const View& view, Desk& desk, Commands& out) {
  if (!can_find_mask(view, desk)) return;
  const auto change = change_here(view, desk);
  out.push_back(FindMask{desk.model, start_of(view, desk.playhead.branch)->picture, change->from,
                         change->to, desk.mask});
  desk.finding_mask = out.back().id;
  desk.mask_for = *paintable(view, desk);
}

void lock_around_mask(const View& view, Desk& desk, Commands& out) {
  if (desk.finding_mask == kNoJob || !view.mask || view.mask->job != desk.finding_mask) return;
  desk.finding_mask = kNoJob;
  Image outside = view.mask->mask;
  for (float& share : outside.pixels) share = 1 - share;
  Change& change = begin_change(view, desk, desk.mask_for, "mask of a change");
  Layers& layers = painting_at(view, desk.mask_for, change.after).layers;
  std::erase_if(layers, [](const Layer& layer) {  // That of a search before.
    return std::holds_alternative<Mask>(layer.shape) && std::holds_alternative<Lock>(layer.what);
  });
  layers.insert(layers.begin(), Layer{Mask{std::move(outside)}, Lock{}});
  show_painting(view, desk, out);
}

std::optional<TradeOff> trade_off_at(std::span<const TradeOff> table, ChangeMethod method,
                                     double sigma) {
  const TradeOff *below = nullptr, *above = nullptr;  // The nearest on either side.
  for (const TradeOff& row : table) {
    if (row.method != method) continue;
    if (row.sigma <= sigma && (!below || row.sigma > below->sigma)) below = &row;
    if (row.sigma >= sigma && (!above || row.sigma < above->sigma)) above = &row;
  }
  if (!below && !above) return std::nullopt;
  const TradeOff &a = below ? *below : *above, &b = above ? *above : *below;
  const double t = a.sigma < b.sigma ? std::log(sigma / a.sigma) / std::log(b.sigma / a.sigma) : 0;
  return TradeOff{method, sigma, std::lerp(a.changed, b.changed, t),
                  std::lerp(a.change, b.change, t), std::lerp(a.outside, b.outside, t)};
}

ChangeMethod method_of(StartKind kind) {
  switch (kind) {
    case StartKind::kEditFriendly:
      return ChangeMethod::kEditFriendly;
    case StartKind::kDdim:
      return ChangeMethod::kDdim;
    case StartKind::kFlow:
      return ChangeMethod::kFlow;
    default:
      return ChangeMethod::kSdedit;
  }
}

}  // namespace stepwise::app
