#include "session/platform.h"

#include <torch/cuda.h>
#include <torch/utils.h>
#include <fstream>
#include <thread>

#include "error.h"
#include "range.h"
#include "settings/process_place.h"

namespace stepwise {

torch::Device device_of(const std::string& name) {
  require(name == "auto" || name == "cpu" || name == "cuda", "There is no device '", name,
          "'. Choose auto, cpu or cuda.");
  const bool cuda = name != "cpu" && torch::cuda::is_available();
  require(cuda || name != "cuda",
          "This machine or this LibTorch has no CUDA. Choose --device cpu.");
  if (!cuda) return torch::kCPU;
  const auto place = process_place();  // Of several processes each takes a card of its own.
  return place ? torch::Device(torch::kCUDA, std::int8_t(place->local_rank)) : torch::kCUDA;
}

void use_threads(int threads) {
  constexpr Range<int> kThreads{0, 1024};
  kThreads.check("The number of threads", threads);
  const int cores = std::max(1, int(std::thread::hardware_concurrency()));
  torch::set_num_threads(threads > 0 ? threads : cores);  // Debian's LibTorch starts with one.
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
