// The test's own process is sent signals, and children of it where they end one.
#include "engine/signals.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>

namespace stepwise {
namespace {

TEST(SignalWatch, TellsOfTheFirstSignalAndTheProgramLivesOn) {
  for (const int signal : {SIGINT, SIGHUP, SIGTERM}) {
    std::promise<int> told;
    SignalWatch watch([&](int which) { told.set_value(which); });
    EXPECT_EQ(watch.exit_status(), 0);
    raise(signal);
    EXPECT_EQ(told.get_future().get(), signal);
    raise(signal);  // As timeout does; a second set_value would throw.
    EXPECT_EQ(watch.exit_status(), 128 + signal);
  }
}

TEST(SignalWatch, GivesBackWhatItTook) {
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGPIPE, SIG_DFL);
  {
    const SignalWatch watch([](int) { FAIL() << "nohup was not honoured"; });
    raise(SIGHUP);
    raise(SIGPIPE);  // Nobody reads what is written.
  }
  EXPECT_EQ(std::signal(SIGHUP, SIG_DFL), SIG_IGN);
  EXPECT_EQ(std::signal(SIGPIPE, SIG_DFL), SIG_DFL);
  EXPECT_EQ(std::signal(SIGTERM, SIG_DFL), SIG_DFL);
}

// Reads one byte, which must come.
void await_mark(int from) {
  char mark;
  ASSERT_EQ(read(from, &mark, 1), 1);
}

TEST(SignalWatch, ASignalLongAfterTheFirstEndsTheProgramAtOnce) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const auto mark = [&](int = 0) {
    if (write(ends[1], ".", 1) != 1) _exit(1);
  };
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const SignalWatch watch(mark, std::chrono::milliseconds(10));
    mark();
    for (;;) pause();
  }
  await_mark(ends[0]);  // It listens,
  kill(child, SIGTERM);
  await_mark(ends[0]);  //   and has heard the first.
  usleep(20000);
  kill(child, SIGINT);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace stepwise
