#include "data/files.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "data/survey.h"
#include "data/unpacked.h"
#include "error.h"
#include "image/file.h"
#include "settings/data_home.h"
#include "settings/impostor.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

DataFiles files_of(const Found& found) {
  DataFiles files;
  files.root = files.folder = found.folder;
  files.prefix = found.prefix;
  const auto path = [&](DataRole role) {
    const auto at = found.group.find(role);
    return at == found.group.end() ? fs::path() : at->second;
  };
  files.train_images = path(DataRole::kTrainImages);
  files.train_labels = path(DataRole::kTrainLabels);
  files.test_images = path(DataRole::kTestImages);
  files.test_labels = path(DataRole::kTestLabels);
  if (files.test_images.empty() == files.test_labels.empty()) return files;
  files.notes.push_back(
      text_of("'", (files.test_images.empty() ? files.test_labels : files.test_images).string(),
              "' was left out: ", files.test_images.empty() ? "its pictures are" : "its labels are",
              " not there."));
  files.test_images = files.test_labels = "";
  return files;
}

std::string too_many(const fs::path& folder, std::size_t count, const std::string& places) {
  return text_of("The folder '", folder.string(), "' holds ", count,
                 " data sets. Name one of them: ", places, ".");
}

DataFiles cifar_in(const fs::path& folder) {
  DataFiles files;
  files.kind = DataKind::kCifar;
  files.cifar = cifar_files_in(folder).value();
  files.root = files.folder = folder;
  files.train_labels = files.cifar.train[0];
  files.test_labels = files.cifar.test;
  if (const std::string missing = missing_batches(files.cifar); !missing.empty())
    files.notes.push_back(text_of("Files with training pictures are missing in '", folder.string(),
                                  "': ", missing, "."));
  return files;
}

// Where there are no IDX files.
DataFiles of_other_kind(const fs::path& folder, const Survey& survey) {
  if (!survey.partial.empty()) refuse_partial(survey.partial.front());
  require(survey.cifar.size() <= 1, too_many(folder, survey.cifar.size(), listed(survey.cifar)));
  if (!survey.cifar.empty()) return cifar_in(survey.cifar[0]);
  if (!survey.has_pictures()) refuse_empty(folder, survey);
  DataFiles files;
  files.kind = DataKind::kPictures;
  files.root = files.folder = folder;
  return files;
}

DataFiles only_one(const fs::path& folder, const Survey& survey) {
  const auto& whole = survey.whole;
  if (whole.empty()) return of_other_kind(folder, survey);
  // Of several in one folder, the one that is called as MNIST's files are.
  const auto plain = std::ranges::find(whole, "", &Found::prefix);
  const bool beside =
      std::ranges::all_of(whole, [&](const Found& each) { return each.folder == whole[0].folder; });
  require(whole.size() == 1 || (beside && plain != whole.end()),
          too_many(folder, whole.size(), listed(whole)));
  DataFiles files = files_of(whole.size() == 1 ? whole[0] : *plain);
  files.root = folder;
  if (whole.size() > 1)
    files.notes.push_back(text_of("The folder '", folder.string(), "' holds ", whole.size(),
                                  " data sets, of which the one without a name of its own was "
                                  "opened. The others are opened by theirs: ",
                                  listed(whole), "."));
  return files;
}

// The data set among these whose files begin with `prefix`.
std::optional<DataFiles> beginning_with(const std::string& prefix, const Survey& survey) {
  std::string simple;  // As data_name_of spells prefixes.
  if (const auto name = data_name_of(prefix + "-train-images")) simple = name->prefix;
  for (const Found& found : survey.whole)
    if (!simple.empty() && found.prefix == simple) return files_of(found);
  return {};
}

DataFiles files_beside(const fs::path& file) {
  if (const auto cifar = cifar_files_in(folder_of(file));
      cifar && (file == cifar->test || std::ranges::count(cifar->train, file) > 0))
    return cifar_in(folder_of(file));
  const auto name = data_name_of(file.filename().string());
  if (!name) {
    const std::string told = impostor_of(first_bytes(file, kImpostorBytes));
    throw Error(text_of("Cannot open '", file.string(), "' as a data set",
                        told.empty() ? "." : ": ", told, " ", kWantedFiles));
  }
  std::error_code error;
  const fs::path folder = fs::absolute(file).parent_path();
  Found found{folder, name->prefix, data_groups_in(folder, error)[name->prefix]};
  if (!is_complete(found.group)) refuse_partial(found);
  return files_of(found);
}

std::vector<fs::path> places() {
  std::vector<fs::path> places;
  if (const char* data = std::getenv("STEPWISE_DATA"); data && *data) places.push_back(data);
  if (const fs::path home = data_home(); !home.empty()) places.push_back(home / "stepwise/data");
  places.push_back("/usr/share/datasets");
  return places;
}

bool is_name(const std::string& place) {
  return place != "." && place != ".." && place.find('/') == std::string::npos;
}

std::string looked_in(const std::string& place) {
  if (!is_name(place)) return "there is no such file or folder.";
  std::string looked = "there is no ";
  for (const fs::path& each : places()) looked += text_of("'", (each / place).string(), "', ");
  return looked + "nor a folder of that name here.";
}

std::string advice_on(const std::string& place) {
  if (place[0] == '~')
    return "The ~ is not the home folder here, for no shell has seen it (it stood in quotes): "
           "write the folder in full.";
  if (place == "fashion-mnist")
    return "Install the package dataset-fashion-mnist, or give a folder.";
  return text_of("Use fashion-mnist, glyphs or glyphs-color, or give a folder. ", kWantedFiles);
}

}  // namespace

std::string DataFiles::name() const {
  if (!prefix.empty()) return prefix;
  const fs::path whole = fs::absolute(folder / "").lexically_normal().parent_path();
  return (whole.filename() == "raw" ? whole.parent_path() : whole).filename().string();
}

DataFiles find_data_files(const std::string& place) {
  std::error_code error;
  if (is_name(place))
    for (const fs::path& each : places()) {
      if (!fs::is_directory(each / place, error)) continue;
      const Survey survey = survey_of(each / place);
      if (survey.whole.empty() && survey.cifar.empty() && !survey.has_pictures()) continue;
      DataFiles files = only_one(each / place, survey);
      files.by_name = true;
      return files;
    }
  const fs::file_status status = fs::status(place, error);
  if (fs::is_directory(status)) return only_one(place, survey_of(place));
  if (fs::exists(status)) return files_beside(place);
  require(status.type() == fs::file_type::not_found, "Cannot open the data set '", place,
          "': ", error.message(), ".");
  const fs::path folder = fs::absolute(place).parent_path();
  if (fs::is_directory(folder, error))
    if (auto files = beginning_with(fs::path(place).filename().string(), survey_of(folder)))
      return *files;
  throw Error(
      text_of("There is no data set '", place, "': ", looked_in(place), " ", advice_on(place)));
}

}  // namespace stepwise
