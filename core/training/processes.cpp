#include "training/processes.h"

#include "error.h"

#ifdef STEPWISE_HAS_GLOO

#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef STEPWISE_HAS_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <chrono>
#include <vector>

#endif

namespace stepwise {

#ifdef STEPWISE_HAS_GLOO

namespace {

using Seconds = std::chrono::seconds;
constexpr Seconds kAllCome{60};    // Within this.
constexpr Seconds kSignOfLife{3};  // Who is left says so within this after another one is gone.

std::string key(const char* what, std::int64_t number) { return text_of(what, '/', number); }

// This machine's own address towards another one. Gloo would take what its own name stands for,
// which often is the loopback.
std::string own_address(const ProcessPlace& place) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;  // Connecting one only chooses the way: nothing is sent.
  const int unknown =
      ::getaddrinfo(place.address.c_str(), std::to_string(place.port).c_str(), &hints, &found);
  require(unknown == 0, "MASTER_ADDR is '", place.address,
          "', which cannot be found: ", ::gai_strerror(unknown), ".");
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> keep(found, ::freeaddrinfo);
  const int probe = ::socket(found->ai_family, found->ai_socktype, 0);
  sockaddr_storage own{};
  socklen_t size = sizeof(own);
  auto* address = reinterpret_cast<sockaddr*>(&own);
  char text[NI_MAXHOST] = "";
  const bool there =
      probe >= 0 && ::connect(probe, found->ai_addr, found->ai_addrlen) == 0 &&
      ::getsockname(probe, address, &size) == 0 &&
      ::getnameinfo(address, size, text, sizeof(text), nullptr, 0, NI_NUMERICHOST) == 0;
  if (probe >= 0) ::close(probe);
  require(there, "There is no way from this machine to MASTER_ADDR, '", place.address, "'.");
  return text;
}

// Newer torch keeps what is said by libuv unless told otherwise, but Debian's is built without.
void keep_without_libuv(auto& options) {
  if constexpr (requires { options.useLibUV; }) options.useLibUV = false;
}

// Without the backtrace that torch puts behind it.
std::string words_of(const std::exception& e) {
  const auto* error = dynamic_cast<const c10::Error*>(&e);
  return error ? error->what_without_backtrace() : e.what();
}

}  // namespace

struct Processes::Wires {
  c10::intrusive_ptr<c10d::TCPStore> store;
  std::unique_ptr<c10d::ProcessGroupGloo> group;
#ifdef STEPWISE_HAS_NCCL
  std::unique_ptr<c10d::ProcessGroupNCCL> between_cards;
#endif
};

#ifdef STEPWISE_HAS_NCCL

// Waits for the others, as Gloo does, and throws where they do not come: otherwise torch would end
// the whole process. Both names, for torch has changed them.
void Processes::sum_between_cards(const torch::Tensor& values) {
  std::vector<torch::Tensor> there{values};
  together([&] {
    if (!wires_->between_cards) {
      for (const char* wait : {"TORCH_NCCL_BLOCKING_WAIT", "NCCL_BLOCKING_WAIT"})
        ::setenv(wait, "1", 1);
      const auto options = c10d::ProcessGroupNCCL::Options::create();
      options->timeout = Seconds(kPatience);
      wires_->between_cards = std::make_unique<c10d::ProcessGroupNCCL>(
          c10::make_intrusive<c10d::PrefixStore>("nccl", wires_->store), rank(), size(), options);
    }
    wires_->between_cards->allreduce(there)->wait();
  });
}

#else

// By way of the processor.
void Processes::sum_between_cards(const torch::Tensor& values) {
  const torch::Tensor here = values.cpu();
  sum(here);
  values.copy_(here);
}

#endif

Processes::Processes(const ProcessPlace& place) : place_(place), wires_(std::make_unique<Wires>()) {
  try {
    c10d::TCPStoreOptions server;
    server.port = std::uint16_t(place.port);
    server.isServer = first();
    server.numWorkers = std::size_t(place.size);
    server.timeout = kAllCome;
    keep_without_libuv(server);
    wires_->store = c10::make_intrusive<c10d::TCPStore>(place.address, server);
    const auto options = c10d::ProcessGroupGloo::Options::create();
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(own_address(place)));
    options->timeout = Seconds(kPatience);
    wires_->group =
        std::make_unique<c10d::ProcessGroupGloo>(wires_->store, place.rank, place.size, options);
  } catch (const c10::Error& e) {
    throw Error(text_of("The ", place.size, " processes that are to train together did not all ",
                        "come to ", place.address, ", port ", place.port, ", within ",
                        kAllCome.count(), " seconds (this is number ", place.rank,
                        "): ", words_of(e)));
  }
}

void Processes::sum(const torch::Tensor& values) {
  if (!values.is_cpu()) return sum_between_cards(values);
  std::vector<torch::Tensor> here{values};
  together([&] { wires_->group->allreduce(here)->wait(); });
}

void Processes::send(const torch::Tensor& values) {
  std::vector<torch::Tensor> here{values.cpu().contiguous()};
  together([&] { wires_->group->broadcast(here)->wait(); });
  if (!values.is_same(here[0])) values.copy_(here[0]);
}

std::string Processes::say(const std::string& text) {
  std::string heard = text;
  together([&] {
    const std::string place = key("said", said_++);
    if (first()) return wires_->store->set(place, {text.begin(), text.end()});
    const std::vector<std::uint8_t> bytes = wires_->store->get(place);
    heard.assign(bytes.begin(), bytes.end());
  });
  return heard;
}

// Setting a word needs no answer, so nobody is cut off while waiting for one.
void Processes::leave() {
  if (broken()) return;
  try {
    if (!first()) return wires_->store->set(key("heard", rank()), {1});
    for (int other = 1; other < size(); ++other)
      wires_->store->wait({key("heard", other)}, Seconds(kPatience));
  } catch (const std::exception&) {  // Whoever does not say so is gone, and needs nothing.
  }
}

void Processes::together(const std::function<void()>& work) {
  require(!broken(), broken_);
  try {
    work();
  } catch (const std::exception& e) {
    broken_ = text_of("Training together has ended: ", who_is_missing(), " (", words_of(e),
                      ") The last checkpoint is kept; resume it with any number of processes.");
    throw Error(broken_);
  }
}

// Those who are left leave a sign in what the first one keeps; they find out about each other's end
// at the same time, for what all wait for is what one does not bring.
std::string Processes::who_is_missing() {
  std::string missing;
  try {
    wires_->store->set(key("left", place_.rank), {1});
    for (int rank = 0; rank < place_.size; ++rank) {
      try {
        wires_->store->wait({key("left", rank)}, kSignOfLife);
      } catch (const std::exception&) {
        missing += text_of(missing.empty() ? "" : ", ", rank);
      }
    }
  } catch (const std::exception&) {
    missing = "0";  // It kept them.
  }
  if (missing.empty()) return "all processes are there, but one took too long.";
  return text_of("process ", missing, " of ", place_.size, " (counted from 0) is gone.");
}

#else

struct Processes::Wires {};

Processes::Processes(const ProcessPlace& place) : place_(place) {
  throw Error(
      "This program is built without Gloo, which several processes need to train together. Install "
      "libgloo-dev and build it again.");
}
void Processes::sum(const torch::Tensor&) {}
void Processes::send(const torch::Tensor&) {}
std::string Processes::say(const std::string& text) { return text; }
void Processes::leave() {}

#endif

Processes::~Processes() = default;

}  // namespace stepwise
