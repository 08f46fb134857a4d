// What the classes of a data set are called, and which label means which. Any thread.
#pragma once

#include <vector>

#include "data/dataset.h"
#include "data/files.h"

namespace stepwise {

// Fills class_names and the labels of both parts, given the labels as they stand in the files:
// classes are counted from 0. Names come from classes.txt, else from CIFAR's or EMNIST's list
// beside its files, else from what the data set is known to be by its labels; else they are
// numbered. Without classes.txt a label that no picture has is no class. Throws Error if a label
// has no class, or if there are more than 256.
void name_classes(Dataset& data, const DataFiles& files, const std::vector<int>& train,
                  const std::vector<int>& test);

}  // namespace stepwise
