// What layout.cpp asks of a folder: whether it is one of the Hugging Face hub's cache, and what it
// holds in place of weights that open. No torch; any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace stepwise {

// Names in the folder, sorted, so that what is chosen and said does not depend on the disk.
std::vector<std::string> names_in(const std::filesystem::path& folder);

// The snapshot that the cache's folder of a model leads to (refs/main, or the only one). Nothing
// for other folders. Throws Error where it cannot be told which.
std::optional<std::filesystem::path> hub_snapshot_in(const std::filesystem::path& folder);

// Whether it is the cache itself, a folder of such folders.
bool holds_hub_models(const std::filesystem::path& folder);

// Throws Error if there are weights in another format, here or in this file, saying how they become
// some that open.
void refuse_other_weights(const std::filesystem::path& path);

}  // namespace stepwise
