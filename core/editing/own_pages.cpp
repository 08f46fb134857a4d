#include "editing/own_pages.h"

#include <sys/mman.h>

namespace stepwise {
namespace {

constexpr std::size_t kSmall = 64 << 10;

}  // namespace

torch::Tensor in_own_pages(const torch::Tensor& tensor) {
  if (!tensor.defined() || !tensor.device().is_cpu() || tensor.nbytes() < kSmall ||
      !tensor.is_non_overlapping_and_dense())
    return tensor;
  const std::size_t size = tensor.nbytes();
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return tensor;
  const auto give_back = [size](void* memory) { munmap(memory, size); };
  const torch::Tensor copy =
      torch::from_blob(pages, tensor.sizes(), tensor.strides(), give_back, tensor.options());
  return copy.copy_(tensor);
}

}  // namespace stepwise
