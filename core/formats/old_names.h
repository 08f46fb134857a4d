// Names that tensors of a U-Net have in some checkpoints in place of the network's own: those that
// older ones have and diffusers renames when it loads them (query -> to_q, ...), and those of
// networks that were saved in their wrapping. Plain values, no torch; any thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stepwise {

struct Renaming {
  std::string from, to;  // `to` is empty where the tensor is stored a second time: it is left out.
};
std::vector<Renaming> renamings_of(const std::set<std::string>& names);

// Of names that torch.compile (_orig_mod.) or DataParallel (module.) has put something into.
std::vector<Renaming> unwrappings_of(const std::set<std::string>& names);

// Renames the keys, whatever they stand for. Returns how many.
template <class Tensor>
std::size_t rename_keys(std::map<std::string, Tensor>& tensors,
                        std::vector<Renaming> (*renamings)(const std::set<std::string>&)) {
  std::set<std::string> names;
  for (const auto& [name, tensor] : tensors) names.insert(name);
  const std::vector<Renaming> all = renamings(names);
  for (const auto& [from, to] : all) {
    auto node = tensors.extract(from);
    if (to.empty()) continue;
    node.key() = to;
    tensors.insert(std::move(node));
  }
  return all.size();
}

}  // namespace stepwise
