#include "formats/weights_sha256.h"

#include <algorithm>
#include <limits>

#include "formats/layout.h"
#include "formats/weight_files.h"

namespace stepwise {

WeightsSha256::WeightsSha256(const std::filesystem::path& folder) {
  const WeightFiles weights(weights_in(layout_of(folder).weights));
  for (const SafetensorsFile& file : weights.files()) files_.emplace_back(file.name());
}

bool WeightsSha256::step(std::uint64_t bytes) {
  constexpr std::uint64_t kBuffer = 1 << 20;
  std::string buffer;
  while (file_ < files_.size() && bytes > 0) {
    const InputFile& file = files_[file_];
    buffer.resize(std::min({kBuffer, bytes, file.size() - at_}));
    file.read(at_, buffer);
    sha_.add(buffer);
    at_ += buffer.size();
    bytes -= buffer.size();
    if (at_ < file.size()) continue;
    ++file_;
    at_ = 0;
  }
  return file_ < files_.size();
}

std::string weights_sha256(const std::filesystem::path& folder) {
  WeightsSha256 weights(folder);
  weights.step(std::numeric_limits<std::uint64_t>::max());
  return weights.digest();
}

}  // namespace stepwise
