#include "formats/tfrecord.h"

#include <boost/crc.hpp>

#include "formats/little_endian.h"

namespace stepwise {
namespace {

using Crc32c = boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true>;

constexpr std::size_t kLength = sizeof(std::uint64_t), kSum = sizeof(std::uint32_t);

}  // namespace

std::uint32_t masked_crc32c(std::string_view bytes) {
  Crc32c sum;
  sum.process_bytes(bytes.data(), bytes.size());
  const std::uint32_t crc = sum.checksum();
  return (crc >> 15 | crc << 17) + 0xa282ead8;
}

std::string tf_record(std::string_view bytes) {
  const std::string length = little_endian(std::uint64_t(bytes.size()));
  std::string record = length + little_endian(masked_crc32c(length));
  record += bytes;
  return record + little_endian(masked_crc32c(bytes));
}

std::optional<std::string_view> next_record(std::string_view file, std::size_t& at) {
  const std::string_view rest = file.substr(at);
  if (rest.size() < kLength + 2 * kSum) return std::nullopt;
  const auto sum_at = [&](std::size_t place) {
    return little_endian_in<std::uint32_t>(rest.substr(place));
  };
  if (sum_at(kLength) != masked_crc32c(rest.substr(0, kLength))) return std::nullopt;
  const auto length = little_endian_in<std::uint64_t>(rest);
  if (length > rest.size() - kLength - 2 * kSum) return std::nullopt;
  const std::string_view bytes = rest.substr(kLength + kSum, length);
  if (sum_at(kLength + kSum + length) != masked_crc32c(bytes)) return std::nullopt;
  at += kLength + kSum + length + kSum;
  return bytes;
}

}  // namespace stepwise
