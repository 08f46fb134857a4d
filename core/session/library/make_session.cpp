// The one name that load_session() asks the library for.
#include "session/make_session.h"

extern "C" stepwise::Worker* stepwise_make_session(const stepwise::SessionOptions& options) {
  return stepwise::make_session(options).release();
}
