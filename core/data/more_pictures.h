// Pictures that are learned from beside a data set: those that a person has drawn, kept or repaired.
// Any thread.
#pragma once

#include "data/dataset.h"

namespace stepwise {

// Adds the pictures of the folder DataSource::more to those that are trained on, each as often as
// it takes for all of them to be DataSource::more_share of what is trained on; nothing where no
// folder is named. There is a folder below it for each class that has some, called by the name of
// the class or its number. They are cut and brought to the size of the others. What cannot be read
// is left out and told. The data set keeps its identity: what was made from its own pictures still
// fits it. Throws Error where there are none, for folders that are no class, and for a data set
// that is too large to be copied.
void add_more_pictures(Dataset& data);

}  // namespace stepwise
