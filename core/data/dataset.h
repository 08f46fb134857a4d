// Data sets of labelled pictures, as plain bytes: no torch here. Any thread; a Dataset is not
// changed once it is open, and is passed on as std::shared_ptr<const Dataset>.
//
// A data set is the four files of MNIST, train-images-idx3-ubyte and its fellows, under the names
// that any mirror gives them (see files.h), and, if it likes, classes.txt with one class name per
// line. Without a test set some of the training pictures become one. What was assumed, converted or
// left out is told in `notes`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/files.h"
#include "data/idx.h"
#include "data/parts.h"
#include "image/image.h"
#include "settings/source.h"

namespace stepwise {

struct Dataset {
  std::string name;  // "fashion-mnist", or the folder's name.
  std::filesystem::path folder;
  std::vector<std::string> class_names;
  Pictures train, test;
  std::vector<std::string> notes;  // What was assumed, converted or left out, a sentence each.
  DataSource source;               // Opens the same data set from any working folder.
  std::string identity;  // As identity_of() gives it; empty: it is not known before all is read.
};

// Opens a data set piece by piece, for those with other work to do in between.
class DatasetReader {
 public:
  // Finds the files, as open_dataset() does.
  explicit DatasetReader(const DataSource& source);

  // The next piece. False when that was the last.
  bool step();
  double fraction() const;  // Of the work, 0 to 1, as it is with most data sets.
  const std::string& name() const { return data_.name; }

  Dataset take();  // Once, when all is read.

 private:
  void finish();  // Makes one data set of the parts.

  DataFiles files_;
  Dataset data_;
  DataParts parts_;
  int done_ = 0;  // Pieces.
};

// Opens a data set by name ("fashion-mnist") or by the folder it lies in. Names are looked for in
// $STEPWISE_DATA, then $XDG_DATA_HOME/stepwise/data (~/.local/share if unset), then
// /usr/share/datasets. Throws Error saying where it looked and what to do.
Dataset open_dataset(const DataSource& source);
inline Dataset open_dataset(const std::string& place) { return open_dataset(DataSource{place}); }

// The i-th picture in data units, [-1, 1].
Image image_of(const Pictures& pictures, int i);

// The class of this name (upper and lower case alike) or number. Throws Error listing the names.
int class_of(const std::vector<std::string>& class_names, const std::string& name_or_number);

}  // namespace stepwise
