// The readers of files and messages that others made, each as a function of their bytes. A reader
// may refuse them with an Error; anything else it does is a fault.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stepwise {

struct Reader {
  const char* name;
  void (*read)(const std::filesystem::path& folder, const std::string& bytes);
  std::vector<std::string> seeds;  // Good files, to begin with.
};

// Those that do without torch, those that build networks, and those of messages.
std::vector<Reader> plain_readers(const std::filesystem::path& folder);
std::vector<Reader> network_readers(const std::filesystem::path& folder);
std::vector<Reader> wire_readers();

}  // namespace stepwise
