#include "data/dataset.h"
#include "data/glyphs.h"
#include "data/identity.h"
#include "settings/record.h"

namespace stepwise {

std::optional<DataSource> lasting_source(const Dataset& data) {
  if (glyphs_called(data.source.place)) return data.source;
  if (data.folder.empty()) return std::nullopt;
  DataSource source = data.source;
  // A name is looked for in places that may be others tomorrow.
  if (!std::filesystem::path(source.place).is_absolute())
    source.place = absolute(data.folder).lexically_normal().string();
  return source;
}

std::optional<DataSource> files_of(const Dataset& data) {
  auto source = lasting_source(data);
  if (source) source = uncorrected(*std::move(source));
  return source;
}

DataRecord record_of(const Dataset& data) {
  const Pictures& train = data.train;
  return {.name = data.name,
          .source = lasting_source(data),
          .identity = identity_of(data),
          .old_identity = old_identity_of(data),
          .train = train.count,
          .test = data.test.count,
          .height = train.height,
          .width = train.width,
          .channels = train.channels,
          .class_names = data.class_names};
}

}  // namespace stepwise
