// What is remembered between launches, as JSON. Which file it is kept in is the window's business.
// Any thread.
#pragma once

#include <string>
#include <string_view>

#include "panels/ui.h"

namespace stepwise::app {

std::string to_json(const Ui& ui);

// Puts what the text holds into `ui`: fields that are missing, of the wrong kind or out of their
// range are left as they are, so that an old or damaged file costs nothing more than what it had to
// say.
void restore(std::string_view json, Ui& ui);

}  // namespace stepwise::app
