// What a file is that was taken for another kind: what downloads, archives and other programs leave
// under the name of the file that was meant. One place for all readers, which ask it about a file
// that they refuse. Any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace stepwise {

// So many bytes tell all of them apart.
inline constexpr std::size_t kImpostorBytes = 512;

// What the reader that asks would have taken: that is no impostor.
enum class Expected { kOther, kJson, kSafetensors };

// What a file that begins with these bytes is, and what to do: whole sentences that go on after
// "Cannot read 'x': ", such as "it is a Git LFS pointer, not the file itself. Run git lfs pull.".
// Empty where nothing is recognised.
std::string impostor_of(std::string_view first_bytes, Expected expected = Expected::kOther);

// A sentence, with a blank before it, about a path that begins with ~ as it was typed: shells
// replace that by the home folder, quotes keep them from it. Empty for all other paths.
std::string home_hint(const std::filesystem::path& path);

}  // namespace stepwise
