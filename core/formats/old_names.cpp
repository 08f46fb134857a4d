#include "formats/old_names.h"

#include <string_view>

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

// torch.compile may wrap any part of a network, DataParallel only the whole.
std::string unwrapped(std::string name) {
  constexpr std::string_view kCompiled = "_orig_mod.", kParallel = "module.";
  for (std::size_t at = 0; (at = name.find(kCompiled, at)) != std::string::npos;) {
    if (at == 0 || name[at - 1] == '.')
      name.erase(at, kCompiled.size());
    else
      at += kCompiled.size();
  }
  while (name.starts_with(kParallel)) name.erase(0, kParallel.size());
  return name;
}

}  // namespace

// Where the name without is there too, or two come to be the same, the tensor keeps its own.
std::vector<Renaming> unwrappings_of(const std::set<std::string>& names) {
  std::vector<Renaming> renamings;
  std::set<std::string> taken;
  for (const std::string& name : names) {
    const std::string plain = unwrapped(name);
    if (plain == name || plain.empty() || names.contains(plain)) continue;
    if (taken.insert(plain).second) renamings.push_back({name, plain});
  }
  return renamings;
}

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
