#include "engine/enclosed_models.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>
#include <vector>

#include "error.h"
#include "formats/layout.h"
#include "formats/safetensors_header.h"
#include "formats/weight_files.h"
#include "formats/weights_sha256.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxModel = std::uint64_t{1} << 31;  // Bytes.
constexpr std::string_view kPrefix = "models/";

// All that the reader of models wants to find side by side in one folder.
std::vector<fs::path> files_of(const fs::path& folder) {
  const Layout layout = layout_of(folder);
  const fs::path weights = weights_in(layout.weights);
  std::vector<fs::path> files{layout.config};
  if (weights.extension() == ".json") files.push_back(weights);
  const WeightFiles shards(weights);
  for (const SafetensorsFile& file : shards.files()) files.emplace_back(file.name());
  if (!layout.scheduler.empty()) files.push_back(layout.scheduler);
  for (const char* own : {kInfo, kGaussians})
    if (is_there(layout.root / own)) files.push_back(layout.root / own);
  return files;
}

// A name as it stands in a folder: a file must not lead anywhere else.
void check_name(const std::string& name, const std::string& session) {
  const bool plain = std::ranges::all_of(
      name, [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; });
  const bool known = name.ends_with(".json") || name.ends_with(".safetensors");
  require(plain && known && !name.starts_with('.') && name.size() <= 255, "Cannot use '", session,
          "': it encloses the file ", in_quotes(name), ", which is none of a model.");
}

struct Enclosed {
  int place = 0;
  std::string name;
};

// Of the tensor's name; place -1: it is no file of a model.
Enclosed enclosed_in(std::string_view tensor) {
  if (!tensor.starts_with(kPrefix)) return {-1, {}};
  tensor.remove_prefix(kPrefix.size());
  int place = -1;
  const auto [end, error] = std::from_chars(tensor.data(), tensor.data() + tensor.size(), place);
  const auto slash = std::size_t(end - tensor.data());
  const bool sound = error == std::errc() && slash < tensor.size() && tensor[slash] == '/';
  return sound ? Enclosed{place, std::string(tensor.substr(slash + 1))} : Enclosed{-1, {}};
}

void copy(const SafetensorsFile& from, const TensorSlice& slice, const fs::path& to) {
  require(slice.size <= kMaxModel, "Cannot use '", from.name(), "': it encloses ", slice.size,
          " bytes in one file, more than the ", kMaxModel, " that are taken out.");
  std::string bytes(slice.size, '\0');
  from.read(slice, bytes.data());
  write_new_file(to, bytes);
}

// Folders that are not settled yet, gone with this.
struct Arriving {
  std::map<int, fs::path> folders;

  ~Arriving() {
    std::error_code ignored;
    for (const auto& [place, folder] : folders) fs::remove_all(folder, ignored);
  }
};

// Gives the folder the name of what is in it, unless there is such a folder.
fs::path settle(const fs::path& arrived, const fs::path& into) {
  const fs::path settled = into / weights_sha256(arrived).substr(0, 16);
  std::error_code failed;
  fs::rename(arrived, settled, failed);
  require(is_there(settled), "Cannot write '", settled.string(), "': ", failed.message(), ".");
  return settled;
}

}  // namespace

std::map<std::string, StoredTensor> enclosed_model(const fs::path& folder, int place) {
  std::map<std::string, StoredTensor> tensors;
  std::uint64_t size = 0;
  for (const fs::path& file : files_of(folder)) {
    size += InputFile(file).size();
    require(size <= kMaxModel, "The model in '", folder.string(), "' takes more than the ",
            kMaxModel >> 20, " MiB that a session can enclose. Leave it out, and send its folder.");
    std::string bytes = read_file(file);
    const auto count = std::int64_t(bytes.size());
    tensors[text_of(kPrefix, place, '/', file.filename().string())] = {
        DType::kU8, {count}, std::move(bytes)};
  }
  return tensors;
}

std::map<int, fs::path> take_out_models(const fs::path& session, const fs::path& into) {
  const SafetensorsFile file(session);
  Arriving arriving;
  std::map<int, fs::path> settled;
  for (const auto& [tensor, slice] : file.tensors()) {
    const auto [place, name] = enclosed_in(tensor);
    if (place < 0) continue;
    check_name(name, file.name());
    fs::path& folder = arriving.folders[place];
    if (folder.empty()) {
      require(into.is_absolute(),
              "The session encloses a model, for which there is no place: "
              "neither HOME nor XDG_DATA_HOME is set.");
      folder = into / text_of(".arriving-", ::getpid(), '-', place);
      std::error_code failed;
      fs::remove_all(folder, failed);
      fs::create_directories(folder, failed);
      require(!failed, "Cannot write '", folder.string(), "': ", failed.message(), ".");
    }
    copy(file, slice, folder / name);
  }
  for (const auto& [place, folder] : arriving.folders) settled[place] = settle(folder, into);
  return settled;
}

}  // namespace stepwise
