// The shape of a data set's pictures, changed in place before anybody sees them. Any thread.
#pragma once

#include "data/idx.h"

namespace stepwise {

// Exchanges the rows and columns of each picture.
void transpose(Pictures& pictures);

// The same numbers in other rows. Throws Error unless there are as many of them.
void reshape(Pictures& pictures, int height, int width);

}  // namespace stepwise
