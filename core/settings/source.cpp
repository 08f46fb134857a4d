#include "settings/source.h"

#include "error.h"
#include "settings/json.h"

namespace stepwise {

void check(const DataSource& source) {
  require(!source.place.empty(), "Name a data set: fashion-mnist, or a folder of IDX files.");
  if (source.height == 0 && source.width == 0) return;
  kPictureSide.check("The height of reshaped pictures", source.height);
  kPictureSide.check("The width of reshaped pictures", source.width);
}

std::string to_json(const DataSource& source) { return text_of_json(value_of(source)); }

DataSource data_source_from_json(std::string_view text) {
  const auto source = read_object<DataSource>(text, "the data set's description");
  check(source);
  return source;
}

}  // namespace stepwise
