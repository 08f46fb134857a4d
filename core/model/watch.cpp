#include "model/watch.h"

#include <utility>

namespace stepwise {
namespace {

thread_local Watch* newest = nullptr;

}  // namespace

Watch::Watch(Told told) : told_(std::move(told)), before_(std::exchange(newest, this)) {}
Watch::~Watch() { newest = before_; }

torch::Tensor Watch::tell(const torch::nn::Module& part, torch::Tensor out) {
  if (newest) newest->told_(part, out);
  return out;
}

}  // namespace stepwise
