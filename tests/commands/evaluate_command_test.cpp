#include <gmock/gmock.h>

#include "commands/bars.h"
#include "commands/program.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A model of others that says nothing of its pictures but their size, 28 x 28.
const fs::path kForeign = fs::path(STEPWISE_TEST_DATA) / "unets" / "p1_gray28_attn";

class EvaluateCommand : public testing::Test {
 protected:
  EvaluateCommand() { write_bars(bars, 28); }

  Outcome run(std::vector<std::string> arguments) const {
    return run_program(
        arguments,
        {{"HOME", folder.path().string()}, {"XDG_DATA_HOME", ""}, {"XDG_CACHE_HOME", ""}});
  }

  // What it says of the pictures, without how long that took.
  static std::string figures_in(const Outcome& outcome) {
    const std::size_t begin = outcome.said.find("\nFD ");
    return begin == std::string::npos ? "" : outcome.said.substr(begin);
  }

  const TemporaryFolder folder;
  const fs::path bars = folder / "bars";
};

TEST_F(EvaluateCommand, NamesTheCommandThatMakesAClassifierAndThenMeasuresWithIt) {
  const std::vector<std::string> evaluate{
      "evaluate", "--model", kForeign.string(), "--data", bars.string(), "--count", "4"};
  const Outcome without = run(evaluate);
  EXPECT_EQ(without.status, 1);
  EXPECT_THAT(without.said, HasSubstr("stepwise classifier --data '" + bars.string() + "'"));

  ASSERT_EQ(run({"classifier", "--data", bars.string()}).status, 0);
  const Outcome with = run(evaluate);
  EXPECT_EQ(with.status, 0) << with.said;
  EXPECT_THAT(with.said, HasSubstr("measured against        'bars' (32 pictures of 28 x 28, 2 "
                                   "classes) in " +
                                   bars.string()));

  const fs::path cache = folder / ".cache" / "stepwise";
  ASSERT_TRUE(fs::exists(cache));
  const fs::directory_iterator kept(cache);
  ASSERT_NE(kept, fs::directory_iterator());
  EXPECT_EQ(kept->path().extension(), ".reference");
  EXPECT_NE(figures_in(with), "");
  EXPECT_EQ(figures_in(run(evaluate)), figures_in(with));  // With what was kept.

  write_bars(folder / "small" / "bars", 8);  // Of the same name.
  const fs::path small = folder / "run";
  ASSERT_EQ(run({"train", "--data", (folder / "small" / "bars").string(), "--steps", "1", "--out",
                 small.string()})
                .status,
            0);
  const Outcome misfit =
      run({"evaluate", "--model", small.string(), "--data", bars.string(), "--count", "4"});
  EXPECT_EQ(misfit.status, 1);
  EXPECT_THAT(misfit.said,
              AllOf(HasSubstr("draws pictures of 8 x 8"), Not(HasSubstr("drawing pictures"))));
  const Outcome own = run({"evaluate", "--model", small.string(), "--count", "4"});
  EXPECT_EQ(own.status, 1);  // Its own pictures are others than those of the classifier.
  EXPECT_THAT(own.said, HasSubstr("stepwise classifier --data '" +
                                  (folder / "small" / "bars").string() + "'"));
}

}  // namespace
}  // namespace stepwise
