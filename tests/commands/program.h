// The program as a script runs it: arguments in, exit status and words out. One thread.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "child.h"
#include "temporary_folder.h"

namespace stepwise {

struct Outcome {
  int status = -1;   // 128 and the signal where one ended it; -1: it was still running.
  std::string said;  // On stdout and stderr.
};

inline std::string text_in(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// These words, then those.
inline std::vector<std::string> followed(std::vector<std::string> words,
                                         const std::vector<std::string>& by) {
  words.insert(words.end(), by.begin(), by.end());
  return words;
}

inline std::vector<std::string> program(const std::vector<std::string>& arguments) {
  return followed({STEPWISE_PROGRAM}, arguments);
}

// Runs it to its end, on one thread of the processor and without a home of its own.
inline Outcome run_program(const std::vector<std::string>& arguments,
                           std::map<std::string, std::string> environment = {}) {
  const TemporaryFolder folder;
  environment.try_emplace("HOME", folder.path().string());
  Child child(program(arguments), environment, folder / "said");
  const std::optional<int> status = child.wait(std::chrono::seconds(120));
  return {status.value_or(-1), text_in(folder / "said")};
}

// The JSON object that it said, behind how far it was.
inline std::string object_in(const Outcome& outcome) {
  return outcome.said.substr(outcome.said.find("\n{") + 1);
}

}  // namespace stepwise
