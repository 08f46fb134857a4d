#include "image/base64.h"

#include <openssl/evp.h>

namespace stepwise {

std::string to_base64(std::span<const std::uint8_t> bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a 0.
  auto* to = reinterpret_cast<unsigned char*>(text.data());
  text.resize(std::size_t(EVP_EncodeBlock(to, bytes.data(), int(bytes.size()))));
  return text;
}

std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text) {
  constexpr std::size_t kMost = std::size_t{1} << 30;
  if (text.size() % 4 != 0 || text.size() > kMost) return std::nullopt;
  std::vector<std::uint8_t> bytes(text.size() / 4 * 3);
  const auto* from = reinterpret_cast<const unsigned char*>(text.data());
  if (EVP_DecodeBlock(bytes.data(), from, int(text.size())) < 0) return std::nullopt;
  // OpenSSL counts what pads it as zeros.
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) text.remove_suffix(1), ++padding;
  if (text.find('=') != text.npos) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace stepwise
