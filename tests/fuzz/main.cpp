// Damages good files at random and has them read, each reader for some seconds:
//   stepwise_fuzz [--seconds N] [--seed S] [READER...]
// Built with the preset asan, it stops at the first fault; the file that led to it stays where it
// says.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <set>

#include "data/idx_files.h"
#include "error.h"
#include "error_of.h"
#include "mutate.h"
#include "readers.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

using Clock = std::chrono::steady_clock;

// Without its digits: what the reader said, whatever the numbers.
std::string kind_of(std::string message) {
  std::erase_if(message, [](char c) { return c >= '0' && c <= '9'; });
  return message.substr(0, 200);
}

// What the reader says of the bytes; empty where it takes them.
std::string answer(const Reader& reader, const std::filesystem::path& folder,
                   const std::string& bytes) {
  return error_of([&] { reader.read(folder, bytes); });
}

struct Tally {
  long files = 0, taken = 0;
  std::size_t answers = 0;  // Of different kinds.
  double slowest = 0;       // Seconds.
};

// A file that brings an answer not heard before joins those that are damaged next.
Tally fuzz(const Reader& reader, const std::filesystem::path& folder, double seconds,
           std::mt19937_64& random) {
  constexpr std::size_t kMaxKept = 2000;
  const std::filesystem::path last = folder / "last-file";
  std::vector<std::string> pool = reader.seeds;
  std::set<std::string> kinds;
  Tally tally;
  for (const std::string& seed : pool)
    require(answer(reader, folder, seed).empty(), "The good file for '", reader.name,
            "' is refused: ", answer(reader, folder, seed));
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (Clock::now() < end) {
    const std::string& from = pool[random() % (random() % 2 ? pool.size() : reader.seeds.size())];
    const std::string bytes = mutated(from, pool[random() % pool.size()], random);
    put(last, bytes);
    const auto start = Clock::now();
    const std::string said = answer(reader, folder, bytes);
    tally.slowest =
        std::max(tally.slowest, std::chrono::duration<double>(Clock::now() - start).count());
    ++tally.files;
    tally.taken += said.empty();
    if (kinds.insert(kind_of(said)).second && pool.size() < kMaxKept) pool.push_back(bytes);
  }
  tally.answers = kinds.size();
  return tally;
}

}  // namespace
}  // namespace stepwise

int main(int argc, char** argv) {
  using namespace stepwise;
  CLI::App app("Damages good files at random and has them read.");
  double seconds = 10;
  std::uint64_t seed = 1;
  std::vector<std::string> names;
  app.add_option("--seconds", seconds, "For each reader");
  app.add_option("--seed", seed, "Of the damage");
  app.add_option("readers", names, "Readers (all if none is named)");
  CLI11_PARSE(app, argc, argv);
  std::string name = (std::filesystem::temp_directory_path() / "stepwise-fuzz-XXXXXX").string();
  if (!::mkdtemp(name.data())) return 1;
  const std::filesystem::path folder = name;
  std::cout << "The last file read is " << (folder / "last-file").string() << ".\n" << std::flush;
  std::vector<Reader> readers = plain_readers(folder);
  for (const Reader& reader : network_readers(folder)) readers.push_back(reader);
  for (const Reader& reader : wire_readers()) readers.push_back(reader);
  for (const Reader& reader : readers) {
    if (!names.empty() && std::ranges::find(names, reader.name) == names.end()) continue;
    std::mt19937_64 random(seed);
    const Tally tally = fuzz(reader, folder, seconds, random);
    std::cout << reader.name << ": " << tally.files << " files, " << tally.taken << " taken, "
              << tally.answers << " kinds of answer, slowest " << tally.slowest << " s\n"
              << std::flush;
  }
  std::filesystem::remove_all(folder);
}
