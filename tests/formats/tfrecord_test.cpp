#include "formats/tfrecord.h"

#include <gtest/gtest.h>

namespace stepwise {
namespace {

// Bit by bit, as the polynomial is divided.
std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char byte : bytes) {
    crc ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78u : 0);
  }
  return ~crc;
}

std::uint32_t unmasked(std::uint32_t masked) {
  const std::uint32_t rotated = masked - 0xa282ead8u;
  return rotated << 15 | rotated >> 17;
}

// RFC 3720, B.4.
TEST(TfRecord, ItsChecksumIsThatOfIScsi) {
  EXPECT_EQ(unmasked(masked_crc32c(std::string(32, '\0'))), 0x8a9136aau);
  EXPECT_EQ(unmasked(masked_crc32c(std::string(32, '\xff'))), 0x62a8ab43u);
  EXPECT_EQ(unmasked(masked_crc32c("123456789")), 0xe3069283u);
  EXPECT_EQ(unmasked(masked_crc32c("any bytes")), crc32c("any bytes"));
}

TEST(TfRecord, IsLengthChecksumBytesChecksum) {
  const std::string bytes(300, 'a'), record = tf_record(bytes);
  ASSERT_EQ(record.size(), 8u + 4 + 300 + 4);
  const auto number = [&](std::size_t at, int size) {
    std::uint64_t value = 0;
    for (int i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(record[at + i]);
    return value;
  };
  EXPECT_EQ(number(0, 8), 300u);
  EXPECT_EQ(unmasked(std::uint32_t(number(8, 4))), crc32c(record.substr(0, 8)));
  EXPECT_EQ(record.substr(12, 300), bytes);
  EXPECT_EQ(unmasked(std::uint32_t(number(312, 4))), crc32c(bytes));
}

TEST(TfRecord, AreReadOneAfterTheOtherUpToTheOneThatIsCutOff) {
  const std::string file = tf_record("one") + tf_record("") + tf_record("three");
  std::size_t at = 0;
  EXPECT_EQ(next_record(file, at), "one");
  EXPECT_EQ(next_record(file, at), "");
  const std::size_t third = at;
  for (std::size_t end = third; end < file.size(); ++end)
    EXPECT_EQ(next_record(std::string_view(file).substr(0, end), at), std::nullopt) << end;
  EXPECT_EQ(at, third);
  EXPECT_EQ(next_record(file, at), "three");
  EXPECT_EQ(at, file.size());
}

TEST(TfRecord, OneWithAnyByteChangedIsNone) {
  const std::string record = tf_record("step 12");
  for (std::size_t i = 0; i < record.size(); ++i) {
    std::string damaged = record;
    damaged[i] ^= 0x10;
    std::size_t at = 0;
    EXPECT_EQ(next_record(damaged, at), std::nullopt) << i;
  }
}

}  // namespace
}  // namespace stepwise
