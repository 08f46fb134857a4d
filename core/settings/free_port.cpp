#include "settings/free_port.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "error.h"

namespace stepwise {

int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(place);
  auto* address = reinterpret_cast<sockaddr*>(&place);
  const bool found = listener >= 0 && ::bind(listener, address, size) == 0 &&
                     ::getsockname(listener, address, &size) == 0;
  const int error = errno;
  if (listener >= 0) ::close(listener);
  require(found, "There is no free port for processes to meet at: ", std::strerror(error), ".");
  return ntohs(place.sin_port);
}

}  // namespace stepwise
