#include "model/old_names.h"

namespace stepwise {
namespace {

// "a.b.query.weight" as {"a.b.", "query", ".weight"}.
struct Parts {
  std::string before, word, after;
};
Parts parts_of(const std::string& key) {
  const std::size_t end = key.rfind('.');
  if (end == std::string::npos || end == 0) return {};
  const std::size_t dot = key.rfind('.', end - 1);
  const std::size_t start = dot == std::string::npos ? 0 : dot + 1;
  return {key.substr(0, start), key.substr(start, end - start), key.substr(end)};
}

}  // namespace

std::vector<Renaming> renamings_of(const std::set<std::string>& names) {
  static const std::map<std::string, std::string> kNewWords = {
      {"query", "to_q"}, {"key", "to_k"}, {"value", "to_v"}, {"proj_attn", "to_out.0"}};
  std::vector<Renaming> renamings;
  for (const std::string& name : names) {
    const Parts parts = parts_of(name);
    const auto found = kNewWords.find(parts.word);
    if (found == kNewWords.end() || parts.before.find("attentions.") == std::string::npos) continue;
    const std::string renamed = parts.before + found->second + parts.after;
    if (!names.contains(renamed)) renamings.push_back({name, renamed});
  }
  // Fourier frequencies were once stored twice, or under the other name alone.
  if (names.contains("time_proj.W"))
    renamings.push_back(
        {"time_proj.W", names.contains("time_proj.weight") ? "" : "time_proj.weight"});
  return renamings;
}

}  // namespace stepwise
