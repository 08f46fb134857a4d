// Lists of blocks as typed vectors, registered under the names torch's list modules give. Used from
// one thread.
#pragma once

#include <torch/nn/modules/container/modulelist.h>
#include <torch/types.h>

#include <vector>

namespace stepwise {

// Registers blocks as "name.0", "name.1", ...; nothing where there are none.
template <class Block>
void register_list(torch::nn::Module& parent, const char* name, const std::vector<Block>& blocks) {
  if (blocks.empty()) return;
  torch::nn::ModuleList list;
  for (const Block& block : blocks) list->push_back(block);
  parent.register_module(name, list);
}

}  // namespace stepwise
