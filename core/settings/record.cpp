#include "settings/record.h"

#include "error.h"
#include "settings/json.h"

namespace stepwise {

std::string to_json(const DataRecord& record) { return text_of_json(value_of(record)); }

DataRecord data_record_from_json(std::string_view text) {
  const auto record = read_object<DataRecord>(text, "the record of the data set");
  if (record.source) check(*record.source);
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
