// What the user can understand and put right: a message that says what failed, with which value,
// and what to do. Bugs are asserts, not Errors. Any thread may throw one; the worker turns it into
// an event.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace stepwise {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Joins the parts, each printed with <<, into one text.
template <class... Parts>
std::string text_of(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

// Throws Error with the joined parts unless `ok`.
template <class... Parts>
void require(bool ok, const Parts&... parts) {
  if (!ok) throw Error(text_of(parts...));
}

// Does the work; an Error that it throws gets the place in front.
template <class Work>
auto in_context(const std::string& place, Work work) {
  try {
    return work();
  } catch (const Error& e) {
    throw Error(place + e.what());
  }
}

}  // namespace stepwise
