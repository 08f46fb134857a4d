#include "mutate.h"

#include <array>
#include <cctype>
#include <cstring>
#include <string_view>

namespace stepwise {
namespace {

constexpr std::size_t kLargest = 1 << 20;  // Repeated damage must not make files grow for ever.

constexpr std::array<std::string_view, 26> kWords = {"NaN",
                                                     "Infinity",
                                                     "-Infinity",
                                                     "null",
                                                     "true",
                                                     "-1",
                                                     "0",
                                                     "1e999",
                                                     "1e-999",
                                                     "0.5",
                                                     "[",
                                                     "]",
                                                     "{",
                                                     "}",
                                                     "\"",
                                                     "\\",
                                                     "\\ud800",
                                                     ",",
                                                     ":",
                                                     "\xff",
                                                     "4294967296",
                                                     "[[[[[",
                                                     "..",
                                                     "/",
                                                     "9223372036854775807",
                                                     "18446744073709551615"};

class Damage {
 public:
  Damage(std::string& bytes, const std::string& other, std::mt19937_64& random)
      : bytes_(bytes), other_(other), random_(random) {}

  void turn_bit() {
    at_some([&](char& c) { c = char(c ^ (1 << below(8))); });
  }
  void replace_byte() {
    at_some([&](char& c) { c = char(random_()); });
  }
  void leave_out() { bytes_.erase(place(), length()); }
  void repeat() { insert(bytes_.substr(place(), length())); }
  void splice() {
    if (!other_.empty()) insert(other_.substr(below(other_.size()), length()));
  }
  void insert_word() { insert(std::string(kWords[below(kWords.size())])); }
  void cut() { bytes_.resize(place()); }

  // Four or eight bytes become a number near a power of two.
  void replace_number() {
    const std::size_t size = below(2) ? 4 : 8, at = place();
    if (bytes_.size() < at + size) return;
    const std::uint64_t number = (std::uint64_t{1} << below(64)) - below(3);
    std::memcpy(bytes_.data() + at, &number, size);
  }

  // Digits become another word.
  void replace_digits() {
    std::size_t begin = place();
    while (begin < bytes_.size() && !is_digit(begin)) ++begin;
    std::size_t end = begin;
    while (end < bytes_.size() && is_digit(end)) ++end;
    bytes_.replace(begin, end - begin, kWords[below(kWords.size())]);
  }

 private:
  std::size_t below(std::size_t n) { return std::size_t(random_() % n); }
  std::size_t place() { return below(bytes_.size() + 1); }
  std::size_t length() { return 1 + below(below(8) ? 8 : 4096); }
  bool is_digit(std::size_t i) const { return std::isdigit((unsigned char)bytes_[i]) != 0; }
  void insert(const std::string& some) {
    if (bytes_.size() + some.size() <= kLargest) bytes_.insert(place(), some);
  }
  template <class Change>
  void at_some(Change change) {
    if (!bytes_.empty()) change(bytes_[below(bytes_.size())]);
  }

  std::string& bytes_;
  const std::string& other_;
  std::mt19937_64& random_;
};

}  // namespace

std::string mutated(std::string bytes, const std::string& other, std::mt19937_64& random) {
  using Kind = void (Damage::*)();
  constexpr std::array<Kind, 9> kKinds = {
      &Damage::turn_bit, &Damage::replace_byte,   &Damage::leave_out,
      &Damage::repeat,   &Damage::splice,         &Damage::insert_word,
      &Damage::cut,      &Damage::replace_number, &Damage::replace_digits};
  Damage damage(bytes, other, random);
  for (std::size_t changes = 1 + random() % 8; changes > 0; --changes)
    (damage.*kKinds[random() % kKinds.size()])();
  return bytes;
}

}  // namespace stepwise
