#include "window/first_ui.h"

#include <algorithm>

#include "error.h"
#include "panels/panels.h"
#include "window/settings_file.h"

namespace stepwise::app {

Ui first_ui(const WindowOptions& options, bool& remembered) {
  Ui ui;
  remembered = options.remember && load_settings(ui);
  if (options.width > 0) ui.window_width = options.width;
  if (options.height > 0) ui.window_height = options.height;
  if (options.scale > 0) ui.scale = options.scale;
  ui.light = ui.light || options.light;
  ui.presentation.on = options.present;
  if (options.present) ui.workspace = kWorkspaces.front().id;
  ui.models.shipped = options.shipped;
  if (options.workspace.empty()) return ui;
  require(
      std::ranges::find(kWorkspaces, options.workspace, &WorkspaceInfo::id) != kWorkspaces.end(),
      "There is no workspace '", options.workspace, "'. Choose ", workspace_ids(), ".");
  ui.workspace = options.workspace;
  return ui;
}

}  // namespace stepwise::app
