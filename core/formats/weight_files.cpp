#include "formats/weight_files.h"

#include <set>

#include "error.h"
#include "formats/old_names.h"
#include "formats/safetensors_header.h"
#include "settings/json.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMaxWeightIndex = std::size_t{1} << 22;  // Bytes.
constexpr std::size_t kMaxShards = 256;                        // They are all open at once.
constexpr std::size_t kMaxName = 255;                          // Bytes, of any file system's.

// Which file each tensor lies in, as the index has it.
std::map<std::string, std::string> weight_map_of(const std::string& text, const std::string& name) {
  const json index = parse_object(text, name);
  ObjectReader reader(index, name);
  const json* listed = reader.find("weight_map");
  require(listed, "Cannot read '", name, "': it has no weight_map, which says where tensors lie.");
  if (!listed->is_object()) reader.refuse("weight_map", *listed, "an object {tensor: file}");
  std::map<std::string, std::string> files;
  for (const auto& [tensor, file] : listed->items()) {
    if (!file.is_string()) reader.refuse("weight_map", file, "an object {tensor: file}");
    files[tensor] = file.get<std::string>();
  }
  return files;
}

// A name as it stands in a folder: an index must not lead anywhere else.
void check_file_name(const std::string& file, const std::string& index) {
  const bool plain = file.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
  require(plain && file.size() <= kMaxName && file.ends_with(".safetensors"), "Cannot use '", index,
          "': it lists the file ", in_quotes(file),
          ", but may only list safetensors files in its own folder.");
}

}  // namespace

WeightFiles::WeightFiles(const fs::path& path) : path_(path) {
  if (path.extension() == ".json")
    open_all_of(path);
  else
    open(path);
  unwrapped_ = rename_keys(tensors_, unwrappings_of);
  rename_keys(tensors_, renamings_of);
}

void WeightFiles::open(const fs::path& path) {
  const SafetensorsFile& file = files_.emplace_back(path);
  for (const auto& [tensor, place] : file.tensors()) {
    const auto [there, is_new] = tensors_.emplace(tensor, WeightSlice{place, files_.size() - 1});
    require(is_new, "Cannot use '", name(), "': the tensor ", in_quotes(tensor), " lies in '",
            files_[there->second.file].name(), "' and once more in '", file.name(), "'.");
  }
}

void WeightFiles::open_all_of(const fs::path& index) {
  const auto listed = weight_map_of(read_file(index, kMaxWeightIndex), name());
  std::set<std::string> distinct;
  for (const auto& [tensor, file] : listed) distinct.insert(file);
  require(distinct.size() <= kMaxShards, "Cannot use '", name(), "': it lists ", distinct.size(),
          " files, more than the ", kMaxShards, " that a network may be split over.");
  const std::vector<std::string> names(distinct.begin(), distinct.end());
  for (const std::string& file : names) check_file_name(file, name());
  for (const std::string& file : names) open(index.parent_path() / file);

  for (const auto& [tensor, file] : listed) {
    const auto found = tensors_.find(tensor);
    require(found != tensors_.end() && names[found->second.file] == file, "Cannot use '", name(),
            "': the tensor ", in_quotes(tensor), " should lie in ", in_quotes(file),
            ", but does not. Copy the folder once more.");
  }
  for (const auto& [tensor, place] : tensors_)
    require(listed.contains(tensor), "Cannot use '", name(), "': it does not list the tensor ",
            in_quotes(tensor), ", which lies in ", in_quotes(names[place.file]),
            ". Copy the folder once more.");
}

void WeightFiles::read(const WeightSlice& place, char* to) const {
  files_[place.file].read(place, to);
}

}  // namespace stepwise
