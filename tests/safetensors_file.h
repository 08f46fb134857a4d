// Safetensors files with all that is in them at once.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "formats/safetensors.h"
#include "temporary_folder.h"

namespace stepwise {

inline Safetensors read_safetensors(const std::filesystem::path& path) {
  const SafetensorsFile file(path);
  Safetensors read{{}, file.metadata()};
  for (const auto& [name, place] : file.tensors()) {
    StoredTensor tensor{place.dtype, place.shape, std::string(place.size, '\0')};
    file.read(place, tensor.bytes.data());
    read.tensors.emplace(name, std::move(tensor));
  }
  return read;
}

// Of the bytes of a file; `name` is what errors call it.
inline Safetensors decode_safetensors(std::string_view bytes, const std::string& name) {
  static const TemporaryFolder folder;
  std::ofstream(folder / name, std::ios::binary) << bytes;
  return read_safetensors(folder / name);
}

}  // namespace stepwise
