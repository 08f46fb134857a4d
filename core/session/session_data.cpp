// Which pictures a command is about.
#include <algorithm>
#include <array>

#include "data/corrections.h"
#include "data/dataset.h"
#include "data/identity.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "session/browsing.h"
#include "session/opening.h"
#include "session/session.h"
#include "training/marks.h"
#include "training/run_head.h"

namespace stepwise {
namespace {

// With what was assumed, converted or left out.
std::shared_ptr<const Dataset> told(Dataset data, const Emit& emit) {
  for (const std::string& note : data.notes) emit(Warning{note});
  return std::make_shared<const Dataset>(std::move(data));
}

// Whether both are the same pictures, whatever is corrected of them.
bool same_files(DataSource source, const Dataset& data) {
  const auto lasting = lasting_source(data);
  source = uncorrected(std::move(source));
  return source == uncorrected(data.source) || (lasting && source == uncorrected(*lasting));
}

// The same pictures with the corrections that the source asks for.
std::shared_ptr<const Dataset> corrected_as(const DataSource& source,
                                            const std::shared_ptr<const Dataset>& open,
                                            const Emit& emit) {
  Dataset data = *open;
  data.notes.clear();  // They were told.
  data.source.corrections = source.corrections;
  data.source.by_hand = source.by_hand;
  correct_as_asked(data);
  const bool same = data.source.corrections == open->source.corrections && data.notes.empty();
  return same ? open : told(std::move(data), emit);
}

// The same with these changes, which are kept.
std::shared_ptr<const Dataset> corrected_by_hand(Dataset data,
                                                 const std::vector<Correction>& changes) {
  data.identity = identity_of(data);
  const Corrections all = with_changes(corrections_by_hand(data), data, changes);
  correct(data, all);
  keep_by_hand(data, all);
  return std::make_shared<const Dataset>(std::move(data));
}

// What the ideal denoiser remembers at the most: a gigabyte of floats.
constexpr std::int64_t kMostValues = std::int64_t{1} << 28;

// At most so many numbers below `count`, evenly spread.
std::vector<int> spread_numbers(std::int64_t count, std::int64_t most) {
  std::vector<int> numbers(std::size_t(std::min(count, most)));
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = int(std::int64_t(i) * count / std::int64_t(numbers.size()));
  return numbers;
}

}  // namespace

const Dataset& Session::data() const {
  require(data_ != nullptr, "No data set is open. Open one first.");
  return *data_;
}

std::shared_ptr<const IdealDenoiser> Session::ideal(const Emit& emit) {
  if (ideal_) return ideal_;
  const Pictures& train = data().train;
  const std::vector<int> learned = learned_from(data());
  std::vector<int> numbers = spread_numbers(std::int64_t(learned.size()),
                                            kMostValues / std::int64_t(train.picture_size()));
  if (numbers.size() < learned.size())
    emit(Warning{text_of("'", data().name, "' is too large to remember all of it: the best ",
                         "possible guess is that of ", numbers.size(), " of its ", learned.size(),
                         " training pictures.")});
  for (int& number : numbers) number = learned[std::size_t(number)];
  std::vector<int> labels;
  for (const int i : numbers) labels.push_back(train.labels[std::size_t(i)]);
  const auto indices = torch::tensor(numbers, torch::kLong);
  return ideal_ = std::make_shared<IdealDenoiser>(tensor_of(train, indices), labels, numbers);
}

void Session::use(JobId id, std::shared_ptr<const Dataset> data, const Emit& emit) {
  data_ = std::move(data);
  data_from_ = id;
  ideal_.reset();
  emit(DataOpened{data_->name, data_->class_names, data_->train.count, data_->test.count,
                  data_->train.height, data_->train.width, data_->train.channels,
                  data_->source.corrections, files_of(*data_)});
}

void Session::on(JobId id, Correct c) {
  answer(id, "Correcting the data set", {opening_data_}, [this, c](const Emit& emit) {
    require(c.data == data_from_ && data_, "That data set is not open any more.");
    try {
      data_ = corrected_by_hand(data(), c.changes);
      ideal_.reset();
    } catch (const Error&) {  // Whoever asked may have taken it for done.
      emit(DataCorrected{data_->source.corrections});
      throw;
    }
    emit(DataCorrected{data_->source.corrections});
  });
}

void Session::on(JobId id, BrowseData c) {
  jobs_.cancel(std::exchange(browse_, id), send_);
  jobs_.add(id, Priority::kWatched, "Looking through the data set", {opening_data_},
            [this, c](const Emit& emit) {
              data();  // Throws where none is open.
              return begin_piecewise(browsing(c, data_), emit);
            });
}

std::shared_ptr<Job> Session::open_data(JobId id, const DataSource& source, const Emit& begin) {
  if (auto data = data_at_hand(source, begin)) return use(id, std::move(data), begin), nullptr;
  const auto reader = std::make_shared<DatasetReader>(source);
  const auto piece = [this, id, reader](const Emit& emit) {
    const bool more = reader->step();
    if (more)
      emit(Progress{reader->fraction(), "opening " + reader->name()});
    else
      use(id, told(reader->take(), emit), emit);
    return more;
  };
  return std::make_shared<PiecewiseJob>(piece);  // At the start, the first pictures come before it.
}

std::shared_ptr<const Dataset> Session::data_at_hand(const DataSource& source,
                                                     const Emit& emit) const {
  const std::array known{data_, reference_ ? reference_->data : nullptr};
  for (const auto& open : known)
    if (open && (source == open->source || source == lasting_source(*open))) return open;
  for (const auto& open : known)
    if (open && same_files(source, *open)) return corrected_as(source, open, emit);
  return nullptr;
}

std::shared_ptr<const Dataset> Session::newest(std::shared_ptr<const Dataset> data) const {
  return data_ && same_files(data->source, *data_) ? data_ : data;
}

std::shared_ptr<const Dataset> Session::data_of(const DataSource& source, const Emit& emit) {
  if (auto data = data_at_hand(source, emit)) return data;
  return told(open_dataset(source), emit);
}

std::shared_ptr<const Dataset> Session::data_again(const DataRecord& record, const Emit& emit) {
  DataSource named = record.source.value_or(DataSource{});
  named.place = record.name;
  if (!record.source) return data_of(named, emit);
  try {
    return data_of(*record.source, emit);
  } catch (const Error& moved) {
    try {  // On another machine it may be known by its name.
      auto data = data_of(named, emit);
      if (same_pictures(record, record_of(*data))) return data;
    } catch (const Error&) {
    }
    throw Error(text_of("The data set ", words_for(record), " is not where it was: ", moved.what(),
                        " Say where it lies now, with --data."));
  }
}

std::shared_ptr<const Dataset> Session::data_of_run(const Train& c, const Emit& emit) {
  const auto file = c.at ? mark_at(c.resume, *c.at) : run_file(c.resume);
  const DataRecord record = head_of(SafetensorsFile(file)).data;
  if (c.data.place.empty()) return data_again(record, emit);
  DataSource moved = record.source.value_or(DataSource{});  // Only the place is another one.
  moved.place = c.data.place;
  auto data = data_of(moved, emit);
  if (record.identity.empty() && data->name != record.name)
    emit(Warning{text_of("The run knows of its data set no more than its name, '", record.name,
                         "'. It goes on with ", words_for(record_of(*data)), ".")});
  return data;
}

std::shared_ptr<const Dataset> Session::measured_against(const Evaluate& c, const Emit& emit) {
  if (c.data) return data_of(*c.data, emit);
  if (is_live(c.model)) return training_->data();
  const OpenedModel& model = opened(c.model);
  DataRecord record = model.folder.info.data_set;
  if (record.name.empty()) record.name = model.folder.info.data;
  if (!record.name.empty()) {
    auto data = data_again(record, emit);
    if (!record.identity.empty() && !same_pictures(record, record_of(*data)))
      emit(Warning{text_of("The model was trained on ", words_for(record), ". What lies in '",
                           data->folder.string(), "' now is another data set.")});
    return data;
  }
  auto data = data_ ? data_ : data_of({}, emit);
  emit(Warning{text_of("The model '", model.announcement.name,
                       "' does not say what it was trained on. It is measured against ",
                       words_for(record_of(*data)), ". --data names another data set.")});
  return data;
}

}  // namespace stepwise
