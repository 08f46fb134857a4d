// The shape of a data set's pictures, changed before anybody sees them. Any thread.
#pragma once

#include "data/pictures.h"

namespace stepwise {

// Exchanges the rows and columns of each picture; the pixels lie in memory then.
void transpose(Pictures& pictures);

// The same numbers in other rows. Throws Error unless there are as many of them.
void reshape(Pictures& pictures, int height, int width);

// Squares of so many pixels along each side become one pixel, their mean, as in what a model of
// small pictures is trained on; the pixels lie in memory then. Throws Error unless the sides can be
// divided so.
void shrink(Pictures& pictures, int factor);

}  // namespace stepwise
