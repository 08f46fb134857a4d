// Data sets of labelled pictures, as plain bytes: no torch here. Any thread; a Dataset is not
// changed once it is open, and is passed on as std::shared_ptr<const Dataset>.
//
// A data set is one of these:
//   - the four files of MNIST, train-images-idx3-ubyte and its fellows, under the names that any
//     mirror gives them (see files.h), and, if it likes, classes.txt with one class name per line;
//   - the binary files of CIFAR-10 or CIFAR-100 (see cifar.h);
//   - pictures in files of their own, in a folder for each class (see picture_list.h);
//   - letters or digits of the fonts that are installed (see glyphs.h).
// Without a test set some of the training pictures become one. Others may be learned from beside
// them (see more_pictures.h), and its own may be corrected by hand (see corrections.h). What was
// assumed, converted or left out is told in `notes`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/pictures.h"
#include "data/reader.h"
#include "image/image.h"
#include "settings/source.h"

namespace stepwise {

struct Dataset {
  std::string name;              // "fashion-mnist", or the folder's name.
  std::filesystem::path folder;  // Empty: it lies in none.
  std::vector<std::string> class_names;
  Pictures train, test;
  std::vector<std::string> notes;  // What was assumed, converted or left out, a sentence each.
  DataSource source;               // Opens the same data set from any working folder.
  std::string identity;  // As identity_of() gives it; empty: it is not known before all is read.
  // What was corrected, see corrections.h: `train` has the classes as they are now.
  std::vector<std::uint8_t> given;  // Of its own training pictures, as the files have them.
  std::vector<int> left_out;        // Training pictures that are not learned from, rising.
};

// Opens a data set piece by piece, for those with other work to do in between.
class DatasetReader {
 public:
  // Finds what there is to read, as open_dataset() does.
  explicit DatasetReader(const DataSource& source);

  // The next piece. False when that was the last.
  bool step();
  double fraction() const { return reader_->fraction(); }  // Of the work, 0 to 1, as it mostly is.
  const std::string& name() const { return data_.name; }

  Dataset take() { return std::move(data_); }  // Once, when all is read.

 private:
  Dataset data_;
  std::unique_ptr<DataReader> reader_;
};

// Opens a data set by name ("fashion-mnist", "glyphs") or by the folder it lies in. Names that are
// not those of glyphs are looked for in $STEPWISE_DATA, then $XDG_DATA_HOME/stepwise/data
// (~/.local/share if unset), then /usr/share/datasets. Throws Error saying where it looked and what
// to do.
Dataset open_dataset(const DataSource& source);
inline Dataset open_dataset(const std::string& place) { return open_dataset(DataSource{place}); }

// The i-th picture in data units, [-1, 1].
Image image_of(const Pictures& pictures, int i);

// The class of this name (upper and lower case alike) or number. Throws Error listing the names.
int class_of(const std::vector<std::string>& class_names, const std::string& name_or_number);

}  // namespace stepwise
