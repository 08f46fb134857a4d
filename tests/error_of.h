// What work says when it refuses.
#pragma once

#include <string>

#include "error.h"

namespace stepwise {

// The words of the Error that it throws; empty where it throws none.
template <class Work>
std::string error_of(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace stepwise
