// What is kept of a data set with all that was made from it (runs, models, classifiers): enough to
// find it again and to know it again. Plain values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fields.h"
#include "settings/source.h"

namespace stepwise {

struct Dataset;

struct DataRecord {
  std::string name;                  // As shown; it decides nothing.
  std::optional<DataSource> source;  // An absolute path and how it was read, where known.
  std::string identity;              // See identity_of(); empty: not known.
  std::string old_identity;          // The same for comparing with old files; never stored.
  int train = 0, test = 0;           // Pictures.
  int height = 0, width = 0, channels = 0;
  std::vector<std::string> class_names;

  bool operator==(const DataRecord&) const = default;
};

// What is stored of it.
STEPWISE_FIELDS(DataRecord, name, source, identity, train, test, height, width, channels,
                class_names)

// Opens the data set from any working folder, as long as it lies where it does; nothing for one
// that came from no folder and is not drawn.
std::optional<DataSource> lasting_source(const Dataset& data);
std::optional<DataSource> files_of(const Dataset& data);  // The same, uncorrected.
DataRecord record_of(const Dataset& data);                // Reads all pictures, see identity.h.

// Whether `known`, read from a file of any version, is the data set that `given` was made of.
bool same_pictures(const DataRecord& known, const DataRecord& given);

void check(const DataRecord& record);  // Throws Error naming the first field out of range.

// "'kmnist' (60000 pictures of 28 x 28, 10 classes)", as far as it is known.
std::string words_for(const DataRecord& record);
std::string place_of(const DataRecord& record);  // "/data/kmnist", or "an unknown place".

}  // namespace stepwise
