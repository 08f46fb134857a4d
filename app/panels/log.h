// The log, a window of its own. Window thread only.
#pragma once

#include <imgui.h>

#include "view/view.h"

namespace stepwise::app {

struct LogUi {
  bool open = false;
  bool errors_only = false;
  int news_seen = 0;  // Of View::news.
};

void log_panel(const View& view, LogUi& ui);  // Drawn only while open.
ImU32 color_of(LogLevel level);               // Of its dot, and of the text outside the log.

}  // namespace stepwise::app
