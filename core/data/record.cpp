#include "data/record.h"

#include <nlohmann/json.hpp>

#include "error.h"
#include "model/json.h"

namespace stepwise {
namespace {

constexpr const char* kName = "the record of the data set";

// Calls visit(name, field) for every stored field but the source: one list for reading and writing.
template <class AnyRecord, class Visit>
void for_each_field(AnyRecord& r, Visit visit) {
  visit("name", r.name);
  visit("identity", r.identity);
  visit("train", r.train);
  visit("test", r.test);
  visit("height", r.height);
  visit("width", r.width);
  visit("channels", r.channels);
  visit("class_names", r.class_names);
}

}  // namespace

std::string to_json(const DataRecord& record) {
  nlohmann::ordered_json json;
  for_each_field(record, [&](const char* name, const auto& field) { json[name] = field; });
  if (record.source) json["source"] = nlohmann::ordered_json::parse(to_json(*record.source));
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

DataRecord data_record_from_json(std::string_view text) {
  const nlohmann::json object = parse_object(text, kName);
  ObjectReader reader(object, kName);
  DataRecord record;
  for_each_field(record, [&](const char* name, auto& field) { reader.read(name, field); });
  if (const auto* source = reader.find("source"))
    record.source = data_source_from_json(source->dump());
  return record;
}

bool same_pictures(const DataRecord& known, const DataRecord& given) {
  return known.identity == given.identity || known.identity == given.old_identity;
}

std::string words_for(const DataRecord& record) {
  std::string words = "'" + record.name + "'";
  if (record.train == 0) return words;
  return text_of(words, " (", record.train, " pictures of ", record.width, " x ", record.height,
                 ", ", record.class_names.size(), " classes)");
}

std::string place_of(const DataRecord& record) {
  return record.source ? record.source->place : "an unknown place";
}

}  // namespace stepwise
