#include "gl/frame_changes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>
#include <utility>

#include "gl/picture_change.h"

namespace stepwise::app {
namespace {

constexpr std::size_t kMostAreas = 8;  // Each is a pass over all that is drawn.

bool is_empty(const Area& a) { return a.right <= a.left || a.bottom <= a.top; }

Area joined(const Area& a, const Area& b) {
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

double pixels_of(const Area& a) { return double(a.right - a.left) * (a.bottom - a.top); }

bool same_corner(const ImDrawVert& a, const ImDrawVert& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

// How much two sequences have in common at their beginnings, and at their ends behind that.
struct Ends {
  std::size_t head, tail;
};
template <class T, class Same>
Ends same_ends(const std::vector<T>& a, const std::vector<T>& b, Same same) {
  const auto head = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same).first - a.begin();
  const auto tail =
      std::mismatch(a.rbegin(), a.rend() - head, b.rbegin(), b.rend() - head, same).first -
      a.rbegin();
  return {std::size_t(head), std::size_t(tail)};
}

// Dear ImGui's back end lets OpenGL count from below.
int flipped(int y, int height) { return height - y; }

}  // namespace

Area common(const Area& a, const Area& b) {
  return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
          std::min(a.bottom, b.bottom)};
}

// As the back end rounds it: the corner at the lower left, and the size, toward zero.
Area clip_of(const ImDrawCmd& command, const ImDrawData& frame) {
  const ImVec4& clip = command.ClipRect;
  const int height = int(frame.DisplaySize.y);
  const float left = clip.x - frame.DisplayPos.x, top = clip.y - frame.DisplayPos.y;
  const float right = clip.z - frame.DisplayPos.x, bottom = clip.w - frame.DisplayPos.y;
  if (right <= left || bottom <= top) return {};
  const Area area{int(left), 0, int(left) + int(right - left),
                  flipped(int(float(height) - bottom), height)};
  return common({area.left, area.bottom - int(bottom - top), area.right, area.bottom},
                {0, 0, int(frame.DisplaySize.x), height});
}

std::vector<FrameChanges::List> FrameChanges::lists_of(const ImDrawData& frame,
                                                       const GlPictureRenderer& pictures) {
  std::vector<List> lists;
  for (int i = 0; i < frame.CmdListsCount; ++i) {
    const ImDrawList& drawn = *frame.CmdLists[i];
    List& list = lists.emplace_back();
    list.name = drawn._OwnerName ? drawn._OwnerName : "";
    const GlPictureRenderer::Setting* setting = nullptr;
    for (const ImDrawCmd& command : drawn.CmdBuffer) {
      if (command.UserCallback) {
        setting = pictures.setting_of(command);
        continue;
      }
      Command& kept = list.commands.emplace_back();
      kept.clip = clip_of(command, frame);
      kept.texture = command.GetTexID();
      kept.is_new = pictures.is_new(command.GetTexID()) ||
                    (setting && pictures.is_new((ImTextureID)(std::intptr_t)setting->minus));
      if (setting) kept.setting = *setting;
      kept.corners.reserve(command.ElemCount);
      for (unsigned k = 0; k < command.ElemCount; ++k)
        kept.corners.push_back(
            drawn.VtxBuffer[int(command.VtxOffset + drawn.IdxBuffer[int(command.IdxOffset + k)])]);
    }
  }
  return lists;
}

bool FrameChanges::same_state(const Command& then, const Command& now) {
  const bool same_setting = then.setting.has_value() == now.setting.has_value() &&
                            (!now.setting || static_cast<const GlPictureRenderer::Uniforms&>(
                                                 *then.setting) == *now.setting);
  return !now.is_new && then.clip == now.clip && then.texture == now.texture && same_setting;
}

// Where one picture stands in the very place of another: the pixels that show others. Nothing: that
// cannot be told.
std::optional<Area> FrameChanges::change_of_picture(const Command& then, const Command& now) {
  const auto same_place = [](const ImDrawVert& a, const ImDrawVert& b) {
    return a.pos.x == b.pos.x && a.pos.y == b.pos.y && a.col == b.col;
  };
  if (!then.setting || !now.setting || then.clip != now.clip || now.corners.size() != 6 ||
      !std::ranges::equal(then.corners, now.corners, same_place))
    return std::nullopt;
  const auto texels = changed_texels(then.setting->alone, now.setting->alone);
  if (!texels) return std::nullopt;
  const ImVec2 min = now.corners[0].pos, max = now.corners[2].pos;  // As ImDrawList draws it.
  const float across = (max.x - min.x) / float(now.setting->width);
  const float down = (max.y - min.y) / float(now.setting->height);
  const auto before = [](float edge) { return int(std::floor(edge)) - 1; };
  const auto behind = [](float edge) { return int(std::ceil(edge)) + 1; };
  if (texels->right <= texels->left) return Area{};
  return common(
      {before(min.x), before(min.y), behind(max.x), behind(max.y)},
      {before(min.x + across * float(texels->left)), before(min.y + down * float(texels->top)),
       behind(min.x + across * float(texels->right)),
       behind(min.y + down * float(texels->bottom))});
}

bool FrameChanges::same(const Command& then, const Command& now) {
  return same_state(then, now) && std::ranges::equal(then.corners, now.corners, same_corner);
}

void FrameChanges::add(const Command& command) {
  for (std::size_t i = 0; i < command.corners.size(); i += 3) add_triangle(command, i);
}

void FrameChanges::add_triangle(const Command& of, std::size_t first_corner) {
  const auto* corner = &of.corners[first_corner];
  const auto [left, right] = std::minmax({corner[0].pos.x, corner[1].pos.x, corner[2].pos.x});
  const auto [top, bottom] = std::minmax({corner[0].pos.y, corner[1].pos.y, corner[2].pos.y});
  add(common(of.clip, {int(std::floor(left)), int(std::floor(top)), int(std::ceil(right)),
                       int(std::ceil(bottom))}));
}

// Triangles are compared one by one; where there are more or fewer, those between the ends that are
// the same have changed.
void FrameChanges::add_difference(const Command& then, const Command& now) {
  if (!same_state(then, now)) {
    if (const auto part = change_of_picture(then, now)) return add(common(now.clip, *part));
    add(then);
    add(now);
    return;
  }
  const std::size_t count = now.corners.size();
  if (then.corners.size() == count) {
    for (std::size_t i = 0; i < count; i += 3) {
      if (std::equal(&now.corners[i], &now.corners[i] + 3, &then.corners[i], same_corner)) continue;
      add_triangle(then, i);
      add_triangle(now, i);
    }
    return;
  }
  const Ends ends = same_ends(then.corners, now.corners, same_corner);
  const std::size_t head = ends.head / 3 * 3, tail = ends.tail / 3 * 3;
  for (const Command* each : {&then, &now})
    for (std::size_t i = head; i + tail < each->corners.size(); i += 3) add_triangle(*each, i);
}

void FrameChanges::add_difference(const List& then, const List& now) {
  const std::size_t count = now.commands.size();
  if (then.commands.size() == count) {
    for (std::size_t i = 0; i < count; ++i) add_difference(then.commands[i], now.commands[i]);
    return;
  }
  const Ends ends = same_ends(then.commands, now.commands, same);
  for (const List* each : {&then, &now})
    for (std::size_t i = ends.head; i + ends.tail < each->commands.size(); ++i)
      add(each->commands[i]);
}

// Joined with those it overlaps. Of too many, the two whose rectangle adds least become one.
void FrameChanges::add(Area area) {
  if (is_empty(area)) return;
  const auto overlaps = [&](const Area& a) { return !is_empty(common(a, area)); };
  for (auto found = std::ranges::find_if(areas_, overlaps); found != areas_.end();
       found = std::ranges::find_if(areas_, overlaps)) {
    area = joined(*found, area);
    areas_.erase(found);
  }
  areas_.push_back(area);
  if (areas_.size() <= kMostAreas) return;
  double least = std::numeric_limits<double>::infinity();
  std::pair<std::size_t, std::size_t> best;
  for (std::size_t i = 1; i < areas_.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const double more =
          pixels_of(joined(areas_[i], areas_[k])) - pixels_of(areas_[i]) - pixels_of(areas_[k]);
      if (more < std::exchange(least, std::min(least, more))) best = {i, k};
    }
  const Area both = joined(areas_[best.first], areas_[best.second]);
  areas_.erase(areas_.begin() + std::ptrdiff_t(best.first));
  areas_.erase(areas_.begin() + std::ptrdiff_t(best.second));
  add(both);
}

std::vector<Area> FrameChanges::since_last(const ImDrawData& frame,
                                           const GlPictureRenderer& pictures) {
  std::vector<List> now = lists_of(frame, pictures);
  const Area display{0, 0, int(frame.DisplaySize.x), int(frame.DisplaySize.y)};
  areas_.clear();
  if (std::exchange(display_, display) != display) {
    add(display);
  } else {
    const Ends ends = same_ends(
        last_, now, [](const List& then, const List& other) { return then.name == other.name; });
    for (std::size_t i = 0; i < ends.head; ++i) add_difference(last_[i], now[i]);
    for (std::size_t i = 1; i <= ends.tail; ++i)
      add_difference(*(last_.end() - std::ptrdiff_t(i)), *(now.end() - std::ptrdiff_t(i)));
    for (const std::vector<List>* each : {&last_, &now})  // Windows that came, went or moved.
      for (std::size_t i = ends.head; i + ends.tail < each->size(); ++i)
        for (const Command& command : (*each)[i].commands) add(command);
  }
  last_ = std::move(now);
  return areas_;
}

}  // namespace stepwise::app
