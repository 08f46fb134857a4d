// What a file is that was taken for another kind: what downloads, archives and other programs leave
// under the name of the file that was meant. One place for all readers. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace stepwise {

// So many bytes tell all of them apart.
inline constexpr std::size_t kImpostorBytes = 512;

// What a file that begins with these bytes is, and what to do: whole sentences that go on after
// "Cannot read 'x': ", such as "it is a Git LFS pointer, not the file itself. Run git lfs pull.".
// Empty where nothing is recognised.
std::string impostor_of(std::string_view first_bytes);

}  // namespace stepwise
