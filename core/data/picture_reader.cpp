#include <memory>

#include "data/dataset.h"
#include "data/picture_cache.h"
#include "data/picture_list.h"
#include "data/picture_scan.h"
#include "data/reader.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// Lists the pictures, reads them into the cache where that has others, and maps the cache.
class PictureReader : public DataReader {
 public:
  PictureReader(const fs::path& folder, int size)
      : folder_(folder), size_(size), cache_(picture_cache(folder, size)), lister_(folder) {}

  bool step(Dataset& data) override {
    if (scan_) {
      if (scan_->step()) return true;
      require(read_cache(cache_, stamp_, data), "Cannot read '", cache_.string(),
              "', which was written this moment. Is the disk damaged, or does another program "
              "write there?");
      return false;
    }
    if (lister_.step()) return true;
    PictureList list = list_of(folder_, lister_.take());
    stamp_ = list.stamp;
    if (read_cache(cache_, stamp_, data)) return false;
    scan_ = std::make_unique<PictureScan>(folder_, std::move(list), size_, cache_);
    return true;
  }

  double fraction() const override {
    constexpr double kListing = 0.05;
    return scan_ ? kListing + (1 - kListing) * scan_->fraction() : 0;
  }

 private:
  fs::path folder_;
  int size_;
  fs::path cache_;
  PictureLister lister_;
  std::string stamp_;
  std::unique_ptr<PictureScan> scan_;
};

}  // namespace

std::unique_ptr<DataReader> picture_reader(const fs::path& folder, const DataSource& source) {
  require(!source.transpose && source.height == 0, "The pictures in '", folder.string(),
          "' are as their files say. Leave out --transpose and --reshape (in the window: "
          "Transposed), which are for IDX files.");
  return std::make_unique<PictureReader>(folder, source.size);
}

}  // namespace stepwise
