#include "corpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "allocations.h"
#include "error.h"
#include "error_of.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

constexpr std::size_t kSmall = std::size_t{4} << 20;  // What any reader may ask for at once.
constexpr std::size_t kHeld = std::size_t{16} << 20;  // What it may hold besides the file.
constexpr double kMaxSeconds = 5;

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::size_t size_of(const fs::path& file) {
  std::error_code ignored;
  const auto size = fs::file_size(file, ignored);
  return ignored ? 0 : std::size_t(size);
}

// What reading says; empty where it takes the file. Anything but an Error ends the test.
std::string refusal(const std::function<void()>& read) {
  return error_of([&] { read(); });
}

void expect_refusal(const HostileFile& hostile, const fs::path& file,
                    const std::function<void()>& read) {
  SCOPED_TRACE(hostile.name);
  hostile.make(file);
  const auto start = std::chrono::steady_clock::now();
  count_allocations();
  const std::string message = refusal(read);
  const Allocations asked = allocations();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const std::size_t size = size_of(file);
  EXPECT_THAT(message, HasSubstr(file.filename().string()));
  EXPECT_THAT(message, HasSubstr(hostile.words));
  EXPECT_LT(message.size(), 2000u) << "a message is read by people";
  EXPECT_LE(asked.largest, std::max(kSmall, 2 * size)) << "for a file of " << size << " bytes";
  EXPECT_LE(asked.peak, kHeld + 8 * size) << "for a file of " << size << " bytes";
  EXPECT_LT(took.count(), kMaxSeconds);
  fs::remove_all(file);
}

}  // namespace

HostileFile hostile(const std::string& name, const std::string& bytes, const std::string& words) {
  return {name, [bytes](const fs::path& file) { std::ofstream(file, std::ios::binary) << bytes; },
          words};
}

std::vector<HostileFile> no_files() {
  return {
      {"a folder", [](const fs::path& file) { fs::create_directory(file); }, "a folder"},
      {"a pipe that nobody writes to",
       [](const fs::path& file) { ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0); }, "a pipe"},
      {"a device without an end",
       [](const fs::path& file) { fs::create_symlink("/dev/zero", file); }, "a device"},
      {"a folder behind a link", [](const fs::path& file) { fs::create_symlink("/", file); },
       "a folder"},
  };
}

std::vector<HostileFile> broken_json() {
  const std::string cause = "Cannot read";
  return {
      hostile("nothing", "", "it is empty"),
      hostile("bytes of zero", std::string(64, '\0'), "not valid JSON"),
      hostile("cut off in an object", "{\"a\": 1", "not valid JSON"),
      hostile("cut off in a text", "{\"a", "not valid JSON"),
      hostile("cut off after a backslash", "{\"a\\", "not valid JSON"),
      hostile("a list", "[1]", "not an object"),
      hostile("a number", "17", "not an object"),
      hostile("bytes that are no UTF-8", "{\"a\": \"\xff\xfe\"}", "not valid JSON"),
      hostile("half a surrogate", R"({"a": "\ud800"})", "not valid JSON"),
      hostile("100,000 brackets", "{\"a\":" + std::string(100'000, '['), "nested more than"),
      hostile("100,000 objects", repeated("{\"a\":", 100'000), "nested more than"),
      hostile("100,000 brackets in place",
              "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}",
              "nested more than"),
      hostile("a number too large", R"({"a": 1e999})", "out of range"),
      hostile("a key twice", R"({"a": 1, "a": 2})", "'a' twice"),
      hostile("a key twice, further in", R"({"a": [{"b": 1, "c": {}, "b": 2}]})", "'b' twice"),
      hostile("the text ends twice", "{} {}", "not valid JSON"),
      hostile("comments", "{/* a */}", "not valid JSON"),
      hostile("a word that is no number", R"({"a": Infinite})", "not valid JSON"),
      hostile("more values than bytes warrant", "{\"a\":[" + repeated("1,", 400'000) + "1]}",
              "values in"),
  };
}

void expect_refusals(const std::vector<HostileFile>& files, const fs::path& file,
                     const std::function<void()>& read) {
  const fs::path kept = file.string() + ".kept";
  if (fs::exists(file)) fs::rename(file, kept);
  for (const HostileFile& one : files) expect_refusal(one, file, read);
  if (fs::exists(kept)) fs::rename(kept, file);
}

}  // namespace stepwise
