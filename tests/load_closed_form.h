// The session of closed_form.h, loaded as the program loads its own: a process that torch is linked
// into cannot open a window with every driver.
#pragma once

#include <memory>

#include "closed_form.h"
#include "engine/load_session.h"

namespace stepwise {

inline std::unique_ptr<Worker> make_closed_form_session() {
  return load_session({"cpu", 1, {}}, STEPWISE_CLOSED_FORM);
}

}  // namespace stepwise
