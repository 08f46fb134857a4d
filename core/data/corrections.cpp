#include "data/corrections.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <numeric>

#include "data/identity.h"
#include "error.h"
#include "image/file.h"
#include "settings/data_home.h"
#include "settings/json.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFileBytes = std::size_t{1}
                                       << 27;  // Of a file: of a million corrections.

void check_index(const Dataset& data, int index) {
  const std::size_t count = given_labels(data).size();
  require(index >= 0 && std::size_t(index) < count, "There is no training picture ", index,
          " to correct in '", data.name, "': it has ", count, ", counted from 0.");
}

void check_classes(const Dataset& data, const Corrections& corrections) {
  std::array<int, kMaxClasses> before{}, left{};
  for (const std::uint8_t label : given_labels(data)) ++before[label];
  left = before;
  for (const Correction& c : corrections.pictures) {
    const std::uint8_t given = given_labels(data)[std::size_t(c.index)];
    --left[given];
    if (!c.left_out) ++left[std::size_t(c.label.value_or(given))];
  }
  for (std::size_t i = 0; i < data.class_names.size(); ++i)
    require(left[i] > 0 || before[i] == 0, "No training picture of the class '",
            data.class_names[i], "' of '", data.name,
            "' would be left to learn from. Leave it at least one.");
}

void check_fits(const Dataset& data, const Corrections& corrections) {
  check(corrections);
  require(corrections.identity.empty() || corrections.identity == identity_of(data),
          "These are corrections of the data set '", corrections.data, "'. What '", data.name,
          "' holds are other pictures. Use those that were made of it.");
  for (const Correction& c : corrections.pictures) {
    check_index(data, c.index);
    require(!c.label || *c.label < int(data.class_names.size()), "Training picture ", c.index,
            " of '", data.name, "' is corrected to class ", c.label.value_or(0),
            ", but its classes are 0 to ", int(data.class_names.size()) - 1, ".");
  }
  check_classes(data, corrections);
}

fs::path file_of(const Dataset& data) {
  return corrections_folder() / text_of(identity_of(data), ".json");
}

// Whether anything was ever corrected here; if not, no pictures need be read to know whose.
bool has_files() {
  std::error_code error;
  const fs::path folder = corrections_folder();
  return !folder.empty() && fs::directory_iterator(folder, error) != fs::directory_iterator();
}

}  // namespace

const std::vector<std::uint8_t>& given_labels(const Dataset& data) {
  return data.given.empty() ? data.train.labels : data.given;
}

void correct(Dataset& data, const Corrections& corrections) {
  if (data.given.empty()) data.given = data.train.labels;
  if (!corrections.pictures.empty()) {
    data.identity = identity_of(data);  // As its files have it.
    check_fits(data, corrections);
  }
  std::ranges::copy(data.given, data.train.labels.begin());
  data.left_out.clear();
  for (const Correction& c : corrections.pictures) {
    if (c.label) data.train.labels[std::size_t(c.index)] = std::uint8_t(*c.label);
    if (c.left_out) data.left_out.push_back(c.index);
  }
  data.source.corrections = corrections.pictures.empty() ? Corrections{} : corrections;
  data.source.by_hand = false;
}

std::shared_ptr<const Dataset> corrected(std::shared_ptr<const Dataset> data,
                                         const Corrections& corrections) {
  if (corrections.pictures == data->source.corrections.pictures) return data;
  auto other = std::make_shared<Dataset>(*data);
  correct(*other, corrections);
  return other;
}

void correct_as_asked(Dataset& data) {
  if (!data.source.by_hand) return correct(data, Corrections(data.source.corrections));
  try {
    correct(data, corrections_by_hand(data));
  } catch (const Error& e) {
    data.notes.push_back(text_of("What was corrected by hand is not used. ", e.what()));
    correct(data, {});
  }
}

std::vector<int> learned_from(const Dataset& data) {
  std::vector<int> all(std::size_t(data.train.count), 0), used;
  std::iota(all.begin(), all.end(), 0);
  if (data.left_out.empty()) return all;
  std::ranges::set_difference(all, data.left_out, std::back_inserter(used));
  return used;
}

Corrections corrections_by_hand(const Dataset& data) {
  if (!has_files()) return {};
  const fs::path file = file_of(data);
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  try {
    Corrections corrections = read_corrections(file);
    check_fits(data, corrections);
    return corrections;
  } catch (const Error& e) {
    throw Error(
        text_of(e.what(), " Put '", file.string(), "' right, or move it away to begin anew."));
  }
}

Corrections with_changes(Corrections corrections, const Dataset& data,
                         std::span<const Correction> changes) {
  corrections.data = data.name;
  corrections.identity = identity_of(data);
  for (Correction change : changes) {
    check_index(data, change.index);
    if (change.label == given_labels(data)[std::size_t(change.index)]) change.label.reset();
    set_correction(corrections, change);
  }
  return corrections;
}

Corrections read_corrections(const fs::path& file) {
  return read_object<Corrections>(read_file(file, kMostFileBytes), file.string());
}

void keep_by_hand(const Dataset& data, const Corrections& corrections) {
  const fs::path folder = corrections_folder();
  require(!folder.empty(),
          "There is no place for corrections: neither HOME nor XDG_DATA_HOME is set.");
  std::error_code error;
  fs::create_directories(folder, error);
  require(!error, "Cannot make the folder '", folder.string(), "': ", error.message(), ".");
  write_file(file_of(data), text_of_json(value_of(corrections)) + "\n");
}

fs::path corrections_folder() {
  const fs::path home = data_home();
  return home.empty() ? home : home / "stepwise" / "corrections";
}

}  // namespace stepwise
