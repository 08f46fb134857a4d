#include "settings/degradation.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "error.h"

namespace stepwise {
namespace {

// What files say that were written before any degradations could be stacked.
constexpr std::string_view kOldStack = "blur-and-blocks", kOldStackNow = "blur,blocks";

std::string_view without_spaces(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

Degradation family_of(std::string_view id) {
  constexpr std::size_t kShown = 60;  // Characters of a name that the message repeats.
  const auto family = named<Degradation>(id);
  require(family.has_value(), "There is no degradation '", id.substr(0, kShown),
          "'. Choose one or, with commas between them, several of: ", all_names<Degradation>(),
          ".");
  return *family;
}

std::string ids_of(const std::vector<Degradation>& families) {
  return joined(
      families, [](Degradation family) { return name_of(family).id; }, ",");
}

}  // namespace

DegradationStack::DegradationStack(std::vector<Degradation> families)
    : families_(std::move(families)) {
  require(!families_.empty(), "Nothing is said to make pictures worse. Choose one or several of: ",
          all_names<Degradation>(), ".");
  for (const Degradation family : families_) {
    require(families_.size() == 1 || family != Degradation::kNoise, "'", ids_of(families_),
            "' has noise among other degradations, but noise has levels of its own. Leave it out, "
            "or choose it alone.");
    require(std::ranges::count(families_, family) == 1, "'", ids_of(families_), "' has ",
            name_of(family).id, " more than once. Name each degradation once.");
  }
}

std::string id_of(const DegradationStack& stack) { return ids_of(stack.families()); }

void read_id(std::string_view id, DegradationStack& stack) {
  if (id == kOldStack) id = kOldStackNow;
  std::vector<Degradation> families;
  for (bool more = true; more;) {
    const std::size_t comma = id.find(',');
    families.push_back(family_of(without_spaces(id.substr(0, comma))));
    more = comma != std::string_view::npos;
    if (more) id.remove_prefix(comma + 1);
  }
  stack = DegradationStack(std::move(families));
}

std::string label_of(const DegradationStack& stack) {
  std::string words;
  for (const Degradation family : stack.families()) {
    std::string label(name_of(family).label);
    const bool is_word = family != Degradation::kJpeg;
    if (!words.empty() && is_word)
      label[0] = char(std::tolower(static_cast<unsigned char>(label[0])));
    words += (words.empty() ? "" : ", ") + label;
  }
  return words;
}

std::string help_of(const DegradationStack& stack) {
  return joined(
      stack.families(),
      [](Degradation family) { return text_of(name_of(family).label, ": ", name_of(family).help); },
      " ");
}

DegradationStack toggled(const DegradationStack& stack, Degradation family) {
  std::vector<Degradation> families = stack.families();
  if (family == Degradation::kNoise) return family;
  if (std::erase(families, family) == 0) families.push_back(family);
  if (families.size() > 1) std::erase(families, Degradation::kNoise);
  return families.empty() ? DegradationStack() : DegradationStack(std::move(families));
}

}  // namespace stepwise
