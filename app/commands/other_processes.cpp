#include "commands/other_processes.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "error.h"
#include "settings/free_port.h"

namespace stepwise {
namespace {

void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

// Of this process, as it was started.
std::vector<std::string> own_arguments() {
  std::vector<std::string> arguments;
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  const std::string all{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t at = 0; at < all.size(); at += arguments.back().size() + 1)
    arguments.emplace_back(all.c_str() + at);
  return arguments;
}

pid_t start(std::vector<std::string> arguments) {
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  pid_t process = 0;
  const int error =
      ::posix_spawn(&process, "/proc/self/exe", nullptr, nullptr, words.data(), environ);
  require(error == 0, "Another process cannot be started: ", std::strerror(error), ".");
  return process;
}

}  // namespace

OtherProcesses::OtherProcesses(int count) {
  set("MASTER_ADDR", "127.0.0.1");
  set("MASTER_PORT", std::to_string(free_port()));
  for (const char* size : {"WORLD_SIZE", "LOCAL_WORLD_SIZE"}) set(size, std::to_string(count));
  const std::vector<std::string> arguments = own_arguments();
  for (int rank = count - 1; rank >= 0; --rank) {
    for (const char* name : {"RANK", "LOCAL_RANK"}) set(name, std::to_string(rank));
    if (rank > 0) running_.push_back(start(arguments));
  }
}

OtherProcesses::~OtherProcesses() {
  for (const pid_t process : running_) ::kill(process, SIGKILL);
  wait();
}

void OtherProcesses::wait() {
  for (const pid_t process : running_) ::waitpid(process, nullptr, 0);
  running_.clear();
}

}  // namespace stepwise
