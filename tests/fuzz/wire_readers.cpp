#include "engine/wire.h"
#include "every_field.h"
#include "readers.h"

namespace stepwise {
namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What was understood once is understood again.
void read_request(const std::filesystem::path&, const std::string& bytes) {
  decode_request(encode(decode_request(bytes_of(bytes))));
}

void read_report(const std::filesystem::path&, const std::string& bytes) {
  decode_report(encode(decode_report(bytes_of(bytes))));
}

std::string text_of_bytes(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

// One of each alternative, with every field set.
template <class... T>
std::vector<std::string> seeds(std::variant<T...>, auto letter_of) {
  std::vector<std::string> all;
  const auto add = [&](auto value) {
    Filler().fill(value);
    all.push_back(text_of_bytes(encode(letter_of(value))));
  };
  (add(T{}), ...);
  return all;
}

}  // namespace

std::vector<Reader> wire_readers() {
  return {
      {"request", read_request, seeds(Command(), [](auto c) { return Request(c); })},
      {"report", read_report,
       seeds(Event(),
             [](auto e) {
               return Report{1, e};
             })},
  };
}

}  // namespace stepwise
