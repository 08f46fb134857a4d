// The training and the test part of a data set, as its files have them. Any thread.
#pragma once

#include "data/files.h"
#include "data/idx.h"

namespace stepwise {

struct DataParts {
  IdxData train, test;
};

// Reads both. Where there is no test set, some of the training pictures become one, always the
// same. Throws Error as read_idx does.
DataParts read_parts(const DataFiles& files);

}  // namespace stepwise
