// A port of this machine for processes to meet at. Any thread.
#pragma once

namespace stepwise {

// One that nobody listens at now. Throws Error if there is none.
int free_port();

}  // namespace stepwise
