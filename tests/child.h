// A program started by a test: its environment, its exit code, and its end with that of the test.
// One thread.
#pragma once

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace stepwise {

class Child {
 public:
  // `arguments` begin with the program's path; `environment` is added to the test's own (an empty
  // value takes a variable away); what the program says goes to the file `said`.
  Child(std::vector<std::string> arguments, const std::map<std::string, std::string>& environment,
        const std::filesystem::path& said) {
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("Cannot start " + arguments.front() + ".");
    if (process_ == 0) become(arguments, environment, said);
  }

  ~Child() {
    if (ended()) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The exit code, or 128 and the signal that ended it, as a shell says; nothing while it runs.
  std::optional<int> ended() {
    int status = 0;
    if (!code_ && ::waitpid(process_, &status, WNOHANG) == process_)
      code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return code_;
  }

  // The same, with some patience.
  std::optional<int> wait(std::chrono::seconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!ended() && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return code_;
  }

  // Looks again and again until it has come, or the program has ended.
  template <class Condition>
  void await(Condition come) {
    while (!come() && !ended()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  void send(int signal) const { ::kill(process_, signal); }

 private:
  [[noreturn]] static void become(std::vector<std::string>& arguments,
                                  const std::map<std::string, std::string>& environment,
                                  const std::filesystem::path& said) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // Also where the test is killed for taking too long.
    for (const auto& [name, value] : environment)
      value.empty() ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value.c_str(), 1);
    const int file = ::open(said.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    ::execv(words[0], words.data());
    ::_exit(127);
  }

  pid_t process_ = -1;
  std::optional<int> code_;
};

}  // namespace stepwise
