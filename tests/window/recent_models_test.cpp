// Models opened before, from one launch to the next.
#include <gtest/gtest.h>

#include "temporary_folder.h"
#include "window/settings_file.h"

namespace stepwise::app {
namespace {

TEST(RecentModelsFile, ThoseWhoseFoldersAreGoneAreNotOffered) {
  const TemporaryFolder state, models;
  setenv("XDG_STATE_HOME", state.path().c_str(), 1);
  std::filesystem::create_directory(models / "there");
  Ui ui;
  ui.models.recent = {models / "gone", models / "there"};
  save_settings(ui);
  Ui again;
  const bool loaded = load_settings(again);
  unsetenv("XDG_STATE_HOME");
  EXPECT_TRUE(loaded);
  EXPECT_EQ(again.models.recent, std::vector<std::string>{models / "there"});
}

}  // namespace
}  // namespace stepwise::app
