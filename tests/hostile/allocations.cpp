#include "allocations.h"

#include <malloc.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace stepwise {
namespace {

std::atomic<std::size_t> largest{0}, held{0}, before{0}, peak{0};

void raise(std::atomic<std::size_t>& to, std::size_t value) {
  std::size_t was = to.load(std::memory_order_relaxed);
  while (was < value && !to.compare_exchange_weak(was, value, std::memory_order_relaxed)) {
  }
}

[[maybe_unused]] void* taken(void* memory, std::size_t asked) {
  raise(largest, asked);
  if (memory) raise(peak, held += ::malloc_usable_size(memory));
  return memory;
}

[[maybe_unused]] void given_back(void* memory) {
  if (memory) held -= ::malloc_usable_size(memory);
}

}  // namespace

void count_allocations() {
  largest = 0;
  before = peak = held.load();
}

Allocations allocations() { return {largest, peak - before}; }

}  // namespace stepwise

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) { return stepwise::taken(__libc_malloc(size), size); }

void* calloc(std::size_t count, std::size_t size) {
  return stepwise::taken(__libc_calloc(count, size), count * size);
}

void* realloc(void* memory, std::size_t size) {
  stepwise::given_back(memory);
  return stepwise::taken(__libc_realloc(memory, size), size);
}

void* memalign(std::size_t alignment, std::size_t size) {
  return stepwise::taken(__libc_memalign(alignment, size), size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  *memory = memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

void free(void* memory) {
  stepwise::given_back(memory);
  __libc_free(memory);
}

}  // extern "C"

#endif
