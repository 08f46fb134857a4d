// The README repeats the table of samplers for people; it must not fall behind.
#include <gtest/gtest.h>

#include "image/file.h"
#include "model/scheduler_config.h"
#include "settings/sample_settings.h"

namespace stepwise {
namespace {

std::string readme() {
  const auto path = std::filesystem::path(STEPWISE_TEST_DATA) / ".." / ".." / "README.md";
  return read_file(path, 1 << 20);
}

TEST(Readme, ListsEverySamplerWithItsNameAndOrder) {
  const std::string text = readme();
  for (const SamplerName& name : kSamplers) {
    const std::string order = name.order == 0 ? "-" : text_of(name.order);
    const std::string row = text_of("| `", name.id, "` | ", name.label, " | ", order, " | ");
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

TEST(Readme, ListsEverySupportedScheduler) {
  const std::string text = readme();
  for (const Named<SchedulerClass>& known : kSchedulerClasses)
    EXPECT_NE(text.find(known.second), std::string::npos) << known.second;
}

}  // namespace
}  // namespace stepwise
