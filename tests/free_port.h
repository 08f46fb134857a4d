// A port of this machine that nobody listens at now.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stepwise {

inline int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(place);
  auto* address = reinterpret_cast<sockaddr*>(&place);
  ::bind(listener, address, size);
  ::getsockname(listener, address, &size);
  ::close(listener);
  return ntohs(place.sin_port);
}

}  // namespace stepwise
