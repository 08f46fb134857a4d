#include <algorithm>

#include "error.h"
#include "formats/layout.h"
#include "formats/layout_parts.h"
#include "formats/safetensors_header.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxRevision = 256;  // Bytes.

// refs/main holds the name of a folder: a commit's hash. It must not lead anywhere else.
std::string revision_in(const fs::path& file) {
  std::string name = read_file(file, kMaxRevision);
  while (!name.empty() && (name.back() == '\n' || name.back() == '\r')) name.pop_back();
  const bool plain = !name.empty() && name != "." && name != ".." &&
                     name.find_first_of(std::string_view("/\\\0", 3)) == std::string::npos;
  require(plain, "Cannot read '", file.string(), "': it should name a snapshot, but says ",
          in_quotes(name), ".");
  return name;
}

}  // namespace

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    names.push_back(at->path().filename().string());
  std::ranges::sort(names);
  return names;
}

std::optional<fs::path> hub_snapshot_in(const fs::path& folder) {
  const fs::path snapshots = folder / "snapshots", main = folder / "refs" / "main";
  if (!is_there(snapshots)) return {};
  if (is_there(main)) {
    const fs::path named = snapshots / revision_in(main);
    require(is_there(named), "There is no model in '", folder.string(), "': '", main.string(),
            "' names a snapshot that is not there. Download the model once more.");
    return named;
  }
  const std::vector<std::string> names = names_in(snapshots);
  require(names.size() == 1, "There is no model in '", folder.string(),
          "': it has no refs/main and ", names.size(),
          " snapshots. Choose one of the folders in snapshots/.");
  return snapshots / names[0];
}

bool holds_hub_models(const fs::path& folder) {
  const std::vector<std::string> names = names_in(folder);
  return std::ranges::any_of(names,
                             [](const std::string& name) { return name.starts_with("models--"); });
}

}  // namespace stepwise
