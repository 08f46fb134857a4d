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

// Below the field that asked for a job: why that failed; nothing where it did not.
void failure_caption(const View& view, JobId job);

}  // namespace stepwise::app
