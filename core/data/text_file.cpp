#include "data/text_file.h"

#include <boost/nowide/utf/convert.hpp>
#include <cstdint>

#include "error.h"
#include "image/file.h"

namespace stepwise {
namespace {

namespace utf = boost::nowide::utf;

constexpr std::size_t kMaxBytes = std::size_t{1} << 16;

// Half a pair becomes the sign for what cannot be read.
std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::u16string units;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = std::uint8_t(bytes[i]), second = std::uint8_t(bytes[i + 1]);
    units += char16_t(big_endian ? first << 8 | second : second << 8 | first);
  }
  return utf::convert_string<char>(units.data(), units.data() + units.size());
}

// Where the first character stands that no text in UTF-8 has; the length of the text: nowhere.
std::size_t first_error(std::string_view text) {
  const char *at = text.data(), *end = at + text.size();
  while (at != end) {
    const auto place = std::size_t(at - text.data());
    const utf::code_point c = utf::utf_traits<char>::decode(at, end);
    if (c == 0 || c == utf::illegal || c == utf::incomplete) return place;
  }
  return text.size();
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
