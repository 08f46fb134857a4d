// Which runs are listed, and in which order.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <sstream>

#include "panels/models.h"
#include "panels/runs_parts.h"

namespace stepwise::app {
namespace {

// Letters of other alphabets stay as they are.
std::string in_lower_case(std::string words) {
  for (char& c : words) c = char(std::tolower(static_cast<unsigned char>(c)));
  return words;
}

bool is_wanted(const RunShown& run, const std::string& words) {
  const std::string known =
      in_lower_case(text_of(name_of_folder(run.folder), ' ', run.recipe.name, ' ', run.data));
  std::istringstream each(in_lower_case(words));
  for (std::string word; each >> word;)
    if (known.find(word) == known.npos) return false;
  return true;
}

// What rises down the list, where it is not turned around.
double rank_of(const RunShown& run, RunOrder order) {
  switch (order) {
    case RunOrder::kSaved:
      return -double(run.saved);
    case RunOrder::kTrained:
      return -run.seconds;
    case RunOrder::kScore:
      return run.score;
    case RunOrder::kDistance:
      return run.distances.empty() ? NAN : run.distances.back();
    case RunOrder::kName:
      break;
  }
  return 0;
}

// Runs without the figure come last, either way.
bool goes_before(const RunShown& a, const RunShown& b, const RunsSettings& by) {
  if (by.order == RunOrder::kName) {
    const std::string name = in_lower_case(name_of_folder(a.folder));
    const std::string other = in_lower_case(name_of_folder(b.folder));
    return by.turned ? other < name : name < other;
  }
  const double rank = rank_of(a, by.order), other = rank_of(b, by.order);
  if (std::isnan(rank) || std::isnan(other)) return !std::isnan(rank);
  return by.turned ? other < rank : rank < other;
}

}  // namespace

RunList listed_runs(const View& view, const RunsUi& ui) {
  RunList runs;
  for (const RunShown& run : view.runs)
    if (is_wanted(run, ui.search)) runs.push_back(&run);
  std::ranges::stable_sort(
      runs, [&](const RunShown* a, const RunShown* b) { return goes_before(*a, *b, ui); });
  return runs;
}

RunList chosen_runs(const View& view, const RunsUi& ui) {
  RunList runs = listed_runs(view, ui);
  std::erase_if(runs, [&](const RunShown* run) { return !ui.chosen.contains(run->folder); });
  return runs;
}

}  // namespace stepwise::app
