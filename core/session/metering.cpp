#include "session/metering.h"

#include "engine/run_folder.h"
#include "session/trained_on.h"

namespace stepwise {

namespace fs = std::filesystem;

std::shared_ptr<Meter> meter_for(const DataRecord& data, const fs::path& assets) {
  if (data.identity.empty()) return nullptr;
  const fs::path file = trained_on(data, {meters_folder(), assets / "meters"}, data_of_meter);
  return file.empty() ? nullptr : std::make_shared<Meter>(load_meter(file));
}

}  // namespace stepwise
