// What reads one kind of data set, piece by piece. Any thread, one at a time.
#pragma once

#include <filesystem>
#include <memory>

#include "data/files.h"
#include "settings/source.h"

namespace stepwise {

struct Dataset;

class DataReader {
 public:
  virtual ~DataReader() = default;

  // The next piece of what fills the data set, whose name, folder and source are there already.
  // False when that was the last.
  virtual bool step(Dataset& data) = 0;
  virtual double fraction() const = 0;  // Of the work, 0 to 1, as it mostly is.
};

// Of the IDX files of MNIST, and of CIFAR's.
std::unique_ptr<DataReader> file_reader(DataFiles files, const DataSource& source);

// Of pictures in files of their own, see picture_list.h.
std::unique_ptr<DataReader> picture_reader(const std::filesystem::path& folder,
                                           const DataSource& source);

}  // namespace stepwise
