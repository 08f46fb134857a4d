#include "session/change.h"

#include <utility>

#include "data/dataset.h"
#include "diffusion/tensor_image.h"
#include "editing/find_mask.h"
#include "editing/trade_off.h"
#include "error.h"
#include "evaluation/held.h"

namespace stepwise {
namespace {

// The test pictures of a class, as many as there are of those asked for.
Tensor pictures_of(const Pictures& test, int label, int count) {
  std::vector<std::int64_t> indices;
  for (int i = 0; i < test.count && int(indices.size()) < count; ++i)
    if (test.labels[std::size_t(i)] == label) indices.push_back(i);
  require(!indices.empty(), "There are no test pictures of class ", label, ".");
  return tensor_of(test, torch::tensor(indices, torch::kLong));
}

}  // namespace

Piece finding(const FindMask& asked, const SharedModel& model) {
  const Tensor picture = to_tensor(asked.picture).to(model->device).unsqueeze(0);
  const auto search = std::make_shared<MaskFinding>(
      asked.search, picture, std::vector{asked.source}, std::vector{asked.target}, model);
  return [search](const Emit& emit) {
    if (search->step()) {
      emit(Progress{search->fraction(), "looking where the classes differ"});
      return true;
    }
    const FoundMask found = search->found();
    emit(MaskFound{to_image(found.mask[0]), to_image(found.difference[0])});
    return false;
  };
}

Piece weighing(const MeasureTradeOff& asked, SharedModel model,
               std::shared_ptr<ReferenceSet> reference) {
  check(asked.settings);
  check_comparable(*reference, model->shape, 2);  // At least; their number is checked below.
  const int changes = int(asked.changes.size());
  std::vector<ClassPictures> all;
  for (int i = 0; i < changes; ++i) {
    const int count = (asked.settings.count + changes - 1 - i) / changes;
    if (count == 0) break;
    const Tensor pictures =
        pictures_of(reference->data->test, asked.changes[std::size_t(i)].from, count);
    all.push_back({asked.changes[std::size_t(i)], pictures.to(model->device)});
  }
  const auto classify = [reference](const Tensor& pictures) {
    return features_of(reference->classifier, pictures).classes;
  };
  const auto measurement = std::make_shared<TradeOffMeasurement>(
      asked.settings, asked.sigmas, asked.search, std::move(all), std::move(model), classify);
  return [measurement](const Emit& emit) {
    const bool more = measurement->step();
    emit(Progress{measurement->fraction(), "changing classes and looking what became of it"});
    if (!more) emit(TradeOffMeasured{measurement->table()});
    return more;
  };
}

}  // namespace stepwise
