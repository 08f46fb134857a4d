// The training and the test part of a data set, as its files have them. Any thread.
#pragma once

#include "data/files.h"
#include "data/idx.h"

namespace stepwise {

struct DataParts {
  IdxData train, test;
  Brightness brightness;  // Of the training pictures.
};

// Of so many pictures without a test set, those that become one: one in seven, as in MNIST, but at
// most 10,000, and always the same. Their numbers rise.
std::vector<int> held_back(int count);

// Reads both, one after the other. Where there is no test set, some of the training pictures become
// one, see held_back(). They throw Error as read_idx does.
void read_train(const DataFiles& files, DataParts& parts);
void read_test(const DataFiles& files, DataParts& parts);  // After the other.

}  // namespace stepwise
