// What a piece of work asks of memory, counted at malloc, below torch, zlib and the standard
// library alike.
#pragma once

#include <cstddef>

namespace stepwise {

struct Allocations {
  std::size_t largest = 0;  // Bytes asked for at once.
  std::size_t peak = 0;     // Bytes held at once, beyond what was held before.
};

// Counts from here on, on all threads. Under a sanitizer, which has a malloc of its own, nothing is
// counted.
void count_allocations();
Allocations allocations();  // Since then.

}  // namespace stepwise
