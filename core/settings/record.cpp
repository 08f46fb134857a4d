#include "settings/record.h"

#include "error.h"

namespace stepwise {

void check(const DataRecord& record) {
  if (record.source) check(*record.source);
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
