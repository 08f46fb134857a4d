#include "data/dataset.h"
#include "data/record.h"

namespace stepwise {

std::optional<DataSource> lasting_source(const Dataset& data) {
  if (data.folder.empty()) return std::nullopt;
  DataSource source = data.source;
  // A name is looked for in places that may be others tomorrow.
  if (!std::filesystem::path(source.place).is_absolute())
    source.place = absolute(data.folder).lexically_normal().string();
  return source;
}

DataRecord record_of(const Dataset& data) {
  const Pictures& train = data.train;
  return {data.name,    lasting_source(data), identity_of(data), train.count,     data.test.count,
          train.height, train.width,          train.channels,    data.class_names};
}

}  // namespace stepwise
