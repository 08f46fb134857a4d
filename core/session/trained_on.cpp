#include "session/trained_on.h"

#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// One that cannot be read was not.
bool knows(const fs::path& file, const DataRecord& data, DataRecord (*data_of)(const fs::path&)) {
  try {
    return same_pictures(data_of(file), data);
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

fs::path trained_on(const DataRecord& data, const std::vector<fs::path>& folders,
                    DataRecord (*data_of)(const fs::path&)) {
  for (const fs::path& folder : folders) {
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
      if (it->path().extension() == ".safetensors" && knows(it->path(), data, data_of))
        return it->path();
  }
  return {};
}

fs::path place_for(const fs::path& folder, const DataRecord& data) {
  std::error_code error;
  fs::create_directories(folder, error);
  require(!error, "Cannot make the folder '", folder.string(), "': ", error.message(), ".");
  return folder / (data.name + "-" + data.identity.substr(0, 8) + ".safetensors");
}

}  // namespace stepwise
