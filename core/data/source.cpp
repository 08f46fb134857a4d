#include "data/source.h"

#include <nlohmann/json.hpp>

#include "error.h"
#include "model/json.h"

namespace stepwise {
namespace {

// Calls visit(name, field) for every field: one list for reading and writing.
template <class AnySource, class Visit>
void for_each_field(AnySource& s, Visit visit) {
  visit("place", s.place);
  visit("transpose", s.transpose);
  visit("height", s.height);
  visit("width", s.width);
}

}  // namespace

void check(const DataSource& source) {
  require(!source.place.empty(), "Name a data set: fashion-mnist, or a folder of IDX files.");
  if (source.height == 0 && source.width == 0) return;
  kPictureSide.check("The height of reshaped pictures", source.height);
  kPictureSide.check("The width of reshaped pictures", source.width);
}

std::string to_json(const DataSource& source) {
  nlohmann::ordered_json json;
  for_each_field(source, [&](const char* name, const auto& field) { json[name] = field; });
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

DataSource data_source_from_json(std::string_view text) {
  const nlohmann::json object = parse_object(text, "the data set's description");
  ObjectReader reader(object, "the data set's description");
  DataSource source;
  for_each_field(source, [&](const char* name, auto& field) { reader.read(name, field); });
  check(source);
  return source;
}

}  // namespace stepwise
