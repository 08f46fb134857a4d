// The names that older checkpoints have for tensors of a U-Net, and diffusers renames when it loads
// them (query -> to_q, ...), renamed here too. Plain values, no torch; any thread.
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

// Renames the keys, whatever they stand for.
template <class Tensor>
void rename_old_keys(std::map<std::string, Tensor>& tensors) {
  std::set<std::string> names;
  for (const auto& [name, tensor] : tensors) names.insert(name);
  for (const auto& [from, to] : renamings_of(names)) {
    auto node = tensors.extract(from);
    if (to.empty()) continue;
    node.key() = to;
    tensors.insert(std::move(node));
  }
}

}  // namespace stepwise
