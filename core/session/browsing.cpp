#include "session/browsing.h"

#include <torch/utils.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "data/corrections.h"
#include "diffusion/tensor_image.h"
#include "error.h"

namespace stepwise {
namespace {

constexpr std::int64_t kNumbersAtOnce = 1 << 22;  // Compared: some ten milliseconds.

void check_asked(const BrowseData& asked, const Dataset& data) {
  kBrowsed.check("The number of pictures", asked.count);
  require(asked.first >= 0, "There is no picture ", asked.first, "; they are counted from 0.");
  const int classes = int(data.class_names.size());
  const int pictures = int(given_labels(data).size());
  if (const auto label = asked.label)
    require(*label >= 0 && *label < classes, "There is no class ", *label, "; choose 0 to ",
            classes - 1, ".");
  if (const auto i = asked.nearest_to)
    require(*i >= 0 && *i < pictures, "There is no picture ", *i, "; choose 0 to ", pictures - 1,
            ".");
}

// Those of the kind that is asked for, as they lie in the files.
std::vector<int> asked_for(const BrowseData& asked, const Dataset& data) {
  const Corrections& corrections = data.source.corrections;
  const std::vector<std::uint8_t>& labels = given_labels(data);
  std::vector<int> found;
  for (int i = 0; i < int(labels.size()); ++i)
    if ((!asked.label || labels[std::size_t(i)] == *asked.label) &&
        (!asked.corrected || correction_of(corrections, i).changes()))
      found.push_back(i);
  return found;
}

torch::Tensor pixels_at(const Pictures& pictures, const std::vector<int>& indices) {
  return tensor_of(pictures, torch::tensor(indices, torch::kLong));
}

// Those from `first` on; `distances`, where they are known, of each of `all`.
DataBrowsed page_of(const BrowseData& asked, const Dataset& data, const std::vector<int>& all,
                    const std::vector<double>& distances) {
  DataBrowsed page{asked, int(all.size()), {}, {}, {}, {}};
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!distances.empty())
    std::ranges::stable_sort(order, {}, [&](std::size_t k) { return distances[k]; });
  const std::size_t first = std::min(order.size(), std::size_t(asked.first));
  const std::size_t last = std::min(order.size(), first + std::size_t(asked.count));
  for (std::size_t k = first; k < last; ++k) {
    page.indices.push_back(all[order[k]]);
    page.labels.push_back(given_labels(data)[std::size_t(page.indices.back())]);
    if (!distances.empty()) page.distances.push_back(distances[order[k]]);
  }
  if (first < last) page.pictures = to_bytes(to_image_batch(pixels_at(data.train, page.indices)));
  return page;
}

// How far pictures are from the one asked about, found a portion at a time.
class Comparing {
 public:
  Comparing(const BrowseData& asked, std::shared_ptr<const Dataset> data)
      : asked_(asked),
        data_(std::move(data)),
        all_(asked_for(asked_, *data_)),
        near_(pixels_at(data_->train, {*asked.nearest_to})) {}

  bool step(const Emit& emit) {
    const torch::NoGradGuard no_grad;
    const std::size_t most = std::size_t(std::max<std::int64_t>(1, kNumbersAtOnce / near_.numel()));
    const std::size_t first = distances_.size(), last = std::min(all_.size(), first + most);
    if (first < last) {
      const std::vector<int> portion(all_.begin() + std::ptrdiff_t(first),
                                     all_.begin() + std::ptrdiff_t(last));
      const auto found = (pixels_at(data_->train, portion) - near_)
                             .square()
                             .flatten(1)
                             .mean(1)
                             .sqrt()
                             .to(torch::kDouble);
      distances_.insert(distances_.end(), found.data_ptr<double>(),
                        found.data_ptr<double>() + found.numel());
    }
    if (last < all_.size()) {
      emit(Progress{double(last) / double(all_.size()), "comparing pictures"});
      return true;
    }
    emit(page_of(asked_, *data_, all_, distances_));
    return false;
  }

 private:
  BrowseData asked_;
  std::shared_ptr<const Dataset> data_;
  std::vector<int> all_;
  torch::Tensor near_;             // [1, C, H, W]
  std::vector<double> distances_;  // Of the first of all_.
};

}  // namespace

Piece browsing(const BrowseData& asked, std::shared_ptr<const Dataset> data) {
  check_asked(asked, *data);
  if (asked.nearest_to) {
    const auto work = std::make_shared<Comparing>(asked, std::move(data));
    return [work](const Emit& emit) { return work->step(emit); };
  }
  return [asked, data = std::move(data)](const Emit& emit) {
    emit(page_of(asked, *data, asked_for(asked, *data), {}));
    return false;
  };
}

}  // namespace stepwise
