// Files that want to do harm, and what must come of each: no crash, no hang, little memory, and a
// message that names the file and the cause.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace stepwise {

struct HostileFile {
  std::string name;                                        // What is wrong with it.
  std::function<void(const std::filesystem::path&)> make;  // Puts it at this path.
  std::string words;  // In the message, besides the file's name.
};

using Files = std::vector<HostileFile>;

inline Files operator+(Files a, const Files& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// One whose bytes are given.
HostileFile hostile(const std::string& name, const std::string& bytes, const std::string& words);

// What no reader of files takes: folders, pipes, devices, what is not there.
Files no_files();

// What no reader of JSON takes.
Files broken_json();

// Puts each of them at `file`, in place of what is there, and expects `read` to refuse it in time
// with few allocations; puts back what was there.
void expect_refusals(const Files& files, const std::filesystem::path& file,
                     const std::function<void()>& read);

}  // namespace stepwise
