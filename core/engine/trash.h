// The trash of the desktop, as freedesktop.org's trash specification has it: what lies there is
// found in a file manager, which takes it back or empties the trash. Any thread.
#pragma once

#include <filesystem>

namespace stepwise {

// Moves a file or a folder to the trash in the user's home, under a name that is free there, and
// says where it lies then. Throws Error, with everything left where it was, if it cannot be moved:
// nothing is copied, so what lies on another disk than the trash stays there.
std::filesystem::path move_to_trash(const std::filesystem::path& path);

// Moves what move_to_trash() put at that place back to where it lay, and says where that is. Throws
// Error, with everything left as it is, if it does not lie there any more, or if something else has
// its old place by now.
std::filesystem::path take_from_trash(const std::filesystem::path& place);

}  // namespace stepwise
