#include "data/survey.h"

#include <algorithm>
#include <array>

#include "data/cifar.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr int kDepth = 3;                  // Folders below the one that was named,
constexpr std::size_t kMaxFolders = 1000;  //   and how many of them are looked into.

void look_into(const fs::path& folder, Survey& survey, std::vector<fs::path>& below) {
  std::error_code error;
  if (cifar_files_in(folder)) survey.cifar.push_back(folder);
  for (auto& [prefix, group] : data_groups_in(folder, error))
    (is_complete(group) ? survey.whole : survey.partial).push_back({folder, prefix, group});
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const bool is_folder = it->is_directory(ignored);
    if (auto& list = is_folder ? below : survey.others; list.size() < kMaxFolders)
      list.push_back(it->path());
  }
}

// What other programs keep pictures in.
struct OtherKind {
  std::string_view endings;
  const char* told;
};
constexpr std::array kOtherKinds = {
    OtherKind{".zip .tar .tgz .7z .rar .bz2 .xz ", "an archive: unpack it first"},
    OtherKind{".npz .npy ", "an array of NumPy: write it into IDX files"},
    OtherKind{".csv .tsv .parquet .arrow ", "a table: write its pictures into IDX files"},
    OtherKind{".mat .h5 .hdf5 .pt .pth .pkl .pickle .bin ",
              "of a kind that cannot be opened: write its pictures into IDX files"},
};

std::string other_kind(const std::vector<fs::path>& files) {
  for (const fs::path& file : files)
    for (const OtherKind& kind : kOtherKinds)
      if (const std::string ending = lower_extension(file);
          !ending.empty() && kind.endings.find(ending + " ") != std::string_view::npos)
        return text_of(" '", file.filename().string(), "' is ", kind.told, ".");
  return "";
}

}  // namespace

Survey survey_of(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator(folder, error);
  require(!error, "Cannot look into the folder '", folder.string(), "': ", error.message(), ".");
  Survey survey;
  std::vector<fs::path> level{folder};
  for (int depth = 0; depth <= kDepth && survey.whole.empty() && survey.cifar.empty(); ++depth) {
    std::vector<fs::path> below;
    std::ranges::sort(level);
    for (const fs::path& each : level) look_into(each, survey, below);
    level = std::move(below);
  }
  std::ranges::sort(survey.others);
  return survey;
}

bool Survey::has_pictures() const {
  return std::ranges::any_of(
      others, [](const fs::path& file) { return is_picture_name(file.filename().string()); });
}

std::string listed(const std::vector<fs::path>& places) {
  constexpr std::size_t kMost = 8;
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, places.size()); ++i)
    text += text_of(i > 0 ? ", '" : "'", places[i].string(), "'");
  return text + (places.size() > kMost ? ", ..." : "");
}

std::string listed(const std::vector<Found>& found) {
  std::vector<fs::path> places;
  for (const Found& each : found) places.push_back(each.place());
  return listed(places);
}

void refuse_partial(const Found& found) {
  std::string there, missing;
  for (const auto& [role, path] : found.group)
    there += text_of(there.empty() ? "'" : ", '", path.filename().string(), "'");
  for (const DataRole role : {DataRole::kTrainImages, DataRole::kTrainLabels})
    if (!found.group.contains(role))
      missing += text_of(missing.empty() ? "" : " and ", found.prefix,
                         found.prefix.empty() ? "" : "-", name_of(role));
  throw Error(text_of("The folder '", found.folder.string(), "' holds ", there, ", but ", missing,
                      missing.find(" and ") == std::string::npos ? " is" : " are",
                      " missing (plain or .gz)."));
}

void refuse_empty(const fs::path& folder, const Survey& survey) {
  throw Error(text_of("The folder '", folder.string(),
                      "' holds no data set, nor does one below it.", other_kind(survey.others), " ",
                      kWantedFiles));
}

}  // namespace stepwise
