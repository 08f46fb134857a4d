// The training and the test part of a data set, as its files have them. Any thread.
#pragma once

#include "data/files.h"
#include "data/idx.h"

namespace stepwise {

struct DataParts {
  IdxData train, test;
  Brightness brightness;  // Of the training pictures.
};

// Reads both, one after the other. Where there is no test set, some of the training pictures become
// one, always the same. They throw Error as read_idx does.
void read_train(const DataFiles& files, DataParts& parts);
void read_test(const DataFiles& files, DataParts& parts);  // After the other.

}  // namespace stepwise
