// Quality per second: how near to real pictures a model comes that was trained for so long.
#pragma once

namespace stepwise {

// Trains a model for each of some times and prints its figures, as a table and as a plot with
// logarithmic axes. Takes a quarter of an hour.
void print_curve();

}  // namespace stepwise
