#include "data/text_file.h"

#include <cstdint>

#include "error.h"
#include "image/file.h"

namespace stepwise {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 16;
constexpr char32_t kNone = 0xffffffff;

void append(std::string& text, char32_t c) {
  const auto tail = [&](int shift) { text += char(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) return text += char(c), void();
  if (c < 0x800) return text += char(0xc0 | c >> 6), tail(0);
  if (c < 0x10000) return text += char(0xe0 | c >> 12), tail(6), tail(0);
  text += char(0xf0 | c >> 18), tail(12), tail(6), tail(0);
}

// Half a pair becomes the sign for what cannot be read.
std::string from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit = [&](std::size_t i) -> char32_t {
    if (2 * i + 1 >= bytes.size()) return kNone;
    const auto first = std::uint8_t(bytes[2 * i]), second = std::uint8_t(bytes[2 * i + 1]);
    return big_endian ? char32_t(first << 8 | second) : char32_t(second << 8 | first);
  };
  constexpr char32_t kUnreadable = 0xfffd;
  std::string text;
  for (std::size_t i = 0; unit(i) != kNone; ++i) {
    char32_t c = unit(i);
    const char32_t next = unit(i + 1);
    if (c >> 10 == 0x36 && next >> 10 == 0x37) {
      c = 0x10000 + ((c & 0x3ff) << 10 | (next & 0x3ff));
      ++i;
    } else if (c >> 11 == 0x1b) {
      c = kUnreadable;
    }
    append(text, c);
  }
  return text;
}

// Where the first byte stands that no UTF-8 has there; the length of the text: nowhere.
std::size_t first_error(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto c = std::uint8_t(text[i]);
    const std::size_t more = c < 0x80       ? 0
                             : c >> 5 == 6  ? 1
                             : c >> 4 == 14 ? 2
                             : c >> 3 == 30 ? 3
                                            : 9;
    if (c == 0 || more > 3 || i + more >= text.size()) return i;
    char32_t whole = more == 0 ? c : c & (0x3f >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      const auto next = std::uint8_t(text[i + k]);
      if (next >> 6 != 2) return i;
      whole = whole << 6 | (next & 0x3f);
    }
    constexpr char32_t kLeast[] = {0, 0x80, 0x800, 0x10000};
    if (whole < kLeast[more] || whole > 0x10ffff || whole >> 11 == 0x1b) return i;
    i += more + 1;
  }
  return i;
}

std::string text_in(const std::filesystem::path& file) {
  std::string bytes = read_file(file, kMaxBytes);
  const std::string_view view = bytes;
  if (view.starts_with("\xff\xfe"))
    bytes = from_utf16(view.substr(2), false);
  else if (view.starts_with("\xfe\xff"))
    bytes = from_utf16(view.substr(2), true);
  else if (view.starts_with("\xef\xbb\xbf"))
    bytes.erase(0, 3);
  const std::size_t wrong = first_error(bytes);
  require(wrong == bytes.size(), "Cannot read '", file.string(), "': its byte ", wrong,
          " is not of a text in UTF-8. Save it once more in that encoding.");
  return bytes;
}

}  // namespace

std::vector<std::string> lines_in(const std::filesystem::path& file) {
  constexpr const char* kSpaces = " \t";
  const std::string text = text_in(file);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string line = text.substr(at, end - at);
    if (const auto begin = line.find_first_not_of(kSpaces); begin != std::string::npos)
      lines.push_back(line.substr(begin, line.find_last_not_of(kSpaces) - begin + 1));
    at = end + 1;
  }
  return lines;
}

}  // namespace stepwise
