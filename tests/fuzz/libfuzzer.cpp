// The same readers for clang's libFuzzer, which watches what the code does with each byte. One
// reader at a time, named by STEPWISE_READER; those that do without torch.
#include <stdlib.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "error.h"
#include "readers.h"

namespace {

using namespace stepwise;

const std::filesystem::path& folder() {
  static const std::filesystem::path made = [] {
    std::string name = (std::filesystem::temp_directory_path() / "stepwise-fuzz-XXXXXX").string();
    if (!::mkdtemp(name.data())) std::abort();
    return name;
  }();
  return made;
}

Reader chosen() {
  const char* name = std::getenv("STEPWISE_READER");
  for (const Reader& reader : plain_readers(folder()))
    if (name && name == std::string_view(reader.name)) return reader;
  std::cerr << "Set STEPWISE_READER to one of:";
  for (const Reader& reader : plain_readers(folder())) std::cerr << ' ' << reader.name;
  std::cerr << '\n';
  std::exit(1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Reader reader = chosen();
  try {
    reader.read(folder(), std::string(reinterpret_cast<const char*>(data), size));
  } catch (const Error&) {
  }
  return 0;
}
