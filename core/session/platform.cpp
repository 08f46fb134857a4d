#include "session/platform.h"

#include <torch/cuda.h>
#include <torch/utils.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "error.h"
#include "range.h"

namespace stepwise {

torch::Device device_of(const SessionOptions& options) {
  const std::string& name = options.device;
  require(name == "auto" || name == "cpu" || name == "cuda", "There is no device '", name,
          "'. Choose auto, cpu or cuda.");
  const bool cuda = name != "cpu" && torch::cuda::is_available();
  require(cuda || name != "cuda",
          "This machine or this LibTorch has no CUDA. Choose --device cpu.");
  if (!cuda) return torch::kCPU;
  const int cards = int(torch::cuda::device_count());
  require(options.local_rank < cards, "This is process ", options.local_rank,
          " of this machine (counted from 0), which has ", cards,
          " cards, and each takes one of its own. Start as many as there are cards, or choose "
          "--device cpu.");
  return {torch::kCUDA, std::int8_t(options.local_rank)};
}

void use_threads(const SessionOptions& options) {
  constexpr Range<int> kThreads{0, 1024};
  kThreads.check("The number of threads", options.threads);
  const int cores = int(std::thread::hardware_concurrency()) / options.local_size;
  // Debian's LibTorch starts with one.
  torch::set_num_threads(options.threads > 0 ? options.threads : std::max(1, cores));
}

// Which library the loader chose is only written in the list of mapped files.
std::string blas_warning() {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.find("/libblas.so") == std::string::npos) continue;
    if (line.find("openblas-openmp") != std::string::npos) return "";
    if (line.find("openblas") != std::string::npos)
      return "This OpenBLAS brings its own threads, which fight torch's: install "
             "libopenblas0-openmp and "
             "remove libopenblas0-pthread.";
    return "A slow BLAS is installed, matrices multiply up to 30 times slower: install "
           "libopenblas0-openmp.";
  }
  return "";
}

}  // namespace stepwise
