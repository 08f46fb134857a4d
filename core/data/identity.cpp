#include "data/identity.h"

#include <zlib.h>

#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

#include "data/dataset.h"
#include "error.h"
#include "image/sha256.h"

namespace stepwise {
namespace {

std::string_view text(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string shape_of(const auto& p) {
  return text_of(p.count, 'x', p.height, 'x', p.width, 'x', p.channels, ' ');
}

std::string crc32(std::string_view bytes) {
  const auto crc = ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  char digits[9];
  std::snprintf(digits, sizeof digits, "%08lx", static_cast<unsigned long>(crc));
  return digits;
}

}  // namespace

std::string identity_of(const PartIdentity& train, const PartIdentity& test) {
  std::string parts;
  for (const PartIdentity* part : {&train, &test})
    parts += shape_of(*part) + part->labels + ' ' + part->pixels + ' ';
  return sha256(parts);
}

std::string identity_of(const Dataset& data) {
  if (!data.identity.empty()) return data.identity;
  const auto of = [](const Pictures& p) {
    return PartIdentity{
        p.count, p.height, p.width, p.channels, sha256(text(p.labels)), sha256(p.pixels.text())};
  };
  return identity_of(of(data.train), of(data.test));
}

std::string old_identity_of(const Dataset& data) {
  if (!data.identity.empty()) return data.identity;
  std::string labels, pictures;
  for (const Pictures* part : {&data.train, &data.test}) {
    labels += shape_of(*part) + crc32(text(part->labels)) + ' ';
    pictures += crc32(part->pixels.text());
  }
  return crc32(pictures) + crc32(labels);
}

}  // namespace stepwise
