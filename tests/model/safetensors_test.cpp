#include "formats/safetensors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "error.h"
#include "error_of.h"
#include "model/fixtures.h"
#include "safetensors_bytes.h"
#include "safetensors_file.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

// What decoding says against the bytes; empty where it takes them.
std::string refusal(const std::string& bytes) {
  const std::string words = error_of([&] { decode_safetensors(bytes, "some.safetensors"); });
  EXPECT_THAT(words, testing::AnyOf("", HasSubstr("some.safetensors")));
  return words;
}

Safetensors example() {
  Safetensors file;
  file.tensors["weight"] = stored({2, 3}, std::vector<float>{0, 1, 2, 3, 4, -5});
  file.tensors["images"] = stored({3}, std::vector<std::uint8_t>{0, 128, 255});
  file.tensors["labels"] = stored({2}, std::vector<std::int64_t>{-1, std::int64_t{1} << 40});
  file.tensors["none"] = stored({0, 7}, std::vector<float>{});
  file.tensors["scalar"] = stored({}, std::vector<float>{0.5f});
  file.metadata = {{"format", "pt"}, {"note", "a \"quoted\" line\nand a second, with \xc3\xa4"}};
  return file;
}

TEST(Safetensors, ComeBackAsTheyWereWritten) {
  const TemporaryFolder folder;
  write_safetensors(folder / "a.safetensors", example());
  const Safetensors read = read_safetensors(folder / "a.safetensors");
  EXPECT_EQ(read.tensors, example().tensors);
  EXPECT_EQ(read.metadata, example().metadata);
}

TEST(Safetensors, OneTensorCanBeReadWithoutTheOthers) {
  const TemporaryFolder folder;
  write_safetensors(folder / "a.safetensors", example());
  const SafetensorsFile file(folder / "a.safetensors");
  EXPECT_EQ(file.metadata(), example().metadata);
  for (const auto& [name, tensor] : example().tensors) {
    const TensorSlice& place = file.tensors().at(name);
    EXPECT_EQ(place.dtype, tensor.dtype);
    EXPECT_EQ(place.shape, tensor.shape);
    EXPECT_EQ(place.numel(), tensor.numel());
    std::string bytes(place.size, '\0');
    file.read(place, bytes.data());
    EXPECT_EQ(bytes, tensor.bytes);
  }
}

TEST(Safetensors, EmptyFilesAreFiles) {
  const Safetensors read = decode_safetensors(encode_safetensors({}), "empty");
  EXPECT_TRUE(read.tensors.empty());
  EXPECT_TRUE(read.metadata.empty());
}

TEST(Safetensors, DataIsAlignedAndTheWidestComesFirst) {
  const std::string bytes = encode_safetensors(example());
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  EXPECT_EQ(length % 8, 0u);
  const std::size_t labels = bytes.find("\"labels\""), none = bytes.find("\"none\"");
  const std::size_t scalar = bytes.find("\"scalar\""), weight = bytes.find("\"weight\"");
  const std::size_t images = bytes.find("\"images\"");
  EXPECT_LT(labels, none);
  EXPECT_LT(none, scalar);
  EXPECT_LT(scalar, weight);
  EXPECT_LT(weight, images);
}

TEST(Safetensors, DTypesAreKnownByNameAndSize) {
  for (const auto& [name, size] : std::vector<std::pair<std::string, int>>{{"F64", 8},
                                                                           {"F32", 4},
                                                                           {"F16", 2},
                                                                           {"BF16", 2},
                                                                           {"I64", 8},
                                                                           {"I32", 4},
                                                                           {"I16", 2},
                                                                           {"I8", 1},
                                                                           {"U64", 8},
                                                                           {"U32", 4},
                                                                           {"U16", 2},
                                                                           {"U8", 1},
                                                                           {"BOOL", 1},
                                                                           {"F8_E4M3", 1},
                                                                           {"F8_E5M2", 1}}) {
    const std::string end = std::to_string(6 * size);
    const std::string bytes =
        file_of(object_of(entry("a", name, "[2,3]", "[0," + end + "]")), 6 * size);
    const StoredTensor tensor = decode_safetensors(bytes, "a").tensors.at("a");
    EXPECT_EQ(name_of(tensor.dtype), name);
    EXPECT_EQ(size_of(tensor.dtype), std::size_t(size));
  }
}

TEST(Safetensors, OrderInTheHeaderDoesNotMatter) {
  const std::string bytes = file_of(
      object_of(entry("b", "U8", "[2]", "[1,3]") + "," + entry("a", "U8", "[]", "[0,1]")) + "   ",
      3);
  EXPECT_EQ(decode_safetensors(bytes, "a").tensors.size(), 2u);
}

TEST(Safetensors, TruncatedFilesAreRefusedAtEveryByte) {
  const std::string whole = encode_safetensors(example());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(refusal(whole.substr(0, size)), "") << size;
  EXPECT_NE(refusal(whole + "x"), "");
}

TEST(Safetensors, HeaderLengthsBeyondTheFileAreRefused) {
  EXPECT_THAT(refusal(file_of("{}", 0, 3)), HasSubstr("header should have 3 bytes"));
  EXPECT_NE(refusal(file_of("{}", 0, 100'000'001)), "");
  EXPECT_NE(refusal(file_of("{}", 0, std::uint64_t(-1))), "");
  EXPECT_NE(refusal(file_of("{}", 0, 0)), "");
  EXPECT_NE(refusal(std::string(64, '\0')), "");
  EXPECT_NE(refusal("PK\x03\x04 a zip of pickles"), "");
}

TEST(Safetensors, OffsetsMustTileTheData) {
  const auto two = [](const std::string& a, const std::string& b, std::size_t data) {
    return refusal(
        file_of(object_of(entry("a", "U8", "[2]", a) + "," + entry("b", "U8", "[2]", b)), data));
  };
  EXPECT_EQ(two("[0,2]", "[2,4]", 4), "");
  EXPECT_THAT(two("[0,2]", "[1,3]", 4), HasSubstr("overlaps"));
  EXPECT_THAT(two("[0,2]", "[0,2]", 2), HasSubstr("overlaps"));
  EXPECT_THAT(two("[0,2]", "[3,5]", 5), HasSubstr("gap"));
  EXPECT_THAT(two("[1,3]", "[3,5]", 5), HasSubstr("gap"));
  EXPECT_THAT(two("[0,2]", "[2,4]", 3), HasSubstr("truncated"));
  EXPECT_THAT(two("[0,2]", "[2,4]", 5), HasSubstr("end at byte 4"));
  EXPECT_NE(two("[0,2]", "[4,2]", 4), "");
  EXPECT_NE(two("[0,2]", "[2,18446744073709551615]", 4), "");
  EXPECT_NE(refusal(file_of("{}", 4)), "");
}

TEST(Safetensors, ShapesMustFitTheirBytes) {
  const auto one = [](const std::string& dtype, const std::string& shape, std::size_t data) {
    return refusal(file_of(object_of(entry("a", dtype, shape, text_of("[0,", data, "]"))), data));
  };
  EXPECT_EQ(one("F32", "[2,1]", 8), "");
  EXPECT_THAT(one("F32", "[2,2]", 8), HasSubstr("[2, 2] of F32, 16 bytes"));
  EXPECT_THAT(one("F99", "[2]", 8), HasSubstr("'F99'"));
  EXPECT_THAT(one("F32", "[4294967296,4294967296]", 8), HasSubstr("more than any memory"));
  EXPECT_THAT(one("F64", "[9223372036854775807]", 8), HasSubstr("more than any memory"));
  EXPECT_THAT(one("F64", "[2305843009213693952]", 0), HasSubstr("more than any memory"));
  EXPECT_THAT(one("U8", "[4611686018427387904,3,0]", 0), HasSubstr("more than any memory"));
  EXPECT_NE(one("U8", "[18446744073709551615]", 8), "");
  EXPECT_NE(one("U8", "[-8]", 8), "");
  EXPECT_NE(one("U8", "[8.0]", 8), "");
  EXPECT_NE(one("U8", "[[8]]", 8), "");
  EXPECT_NE(one("U8", "8", 8), "");
  std::string ones = "1";
  for (int i = 0; i < 1000; ++i) ones += ",1";
  EXPECT_NE(one("U8", "[" + ones + "]", 1), "");
}

TEST(Safetensors, EntriesMustBeWhole) {
  for (const std::string header :
       {R"([])",
        R"("text")",
        R"(1)",
        R"({"a":1})",
        R"({"a":null})",
        R"({"a":[]})",
        R"({"a":{}})",
        R"({"a":{"dtype":"U8","shape":[0]}})",
        R"({"a":{"dtype":"U8","data_offsets":[0,0]}})",
        R"({"a":{"shape":[0],"data_offsets":[0,0]}})",
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}})",
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0,0]}})",
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"more":1}})",
        R"({"a":{"dtype":"U8","dtype":"I8","shape":[0],"data_offsets":[0,0]}})",
        R"({"a":{"dtype":8,"shape":[0],"data_offsets":[0,0]}})",
        R"({"a":{"dtype":"U8","shape":"[0]","data_offsets":[0,0]}})",
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,true]}})",
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]})",
        R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}} {})",
        R"({"__metadata__":{"a":1}})",
        R"({"__metadata__":{"a":{"b":"c"}}})",
        R"({"__metadata__":"pt"})",
        R"({"__metadata__":{},"__metadata__":{}})",
        R"({"__metadata__":{"a":"b","a":"c"}})"})
    EXPECT_NE(refusal(file_of(header)), "") << header;
}

TEST(Safetensors, MetadataMayBeNull) {
  EXPECT_TRUE(decode_safetensors(file_of(R"({"__metadata__":null})"), "a").metadata.empty());
  EXPECT_THROW(decode_safetensors(file_of(R"({"__metadata__":null,"__metadata__":null})"), "a"),
               Error);
  EXPECT_THROW(decode_safetensors(file_of(R"({"a":null})"), "a"), Error);
}

TEST(Safetensors, NamesListedTwiceAreRefused) {
  const std::string a = entry("a", "U8", "[0]", "[0,0]");
  EXPECT_THAT(refusal(file_of(object_of(a + "," + a))), HasSubstr("'a' twice"));
}

TEST(Safetensors, HeadersMustBeUtf8) {
  EXPECT_THAT(refusal(file_of(object_of(entry("\xff\xfe", "U8", "[0]", "[0,0]")))),
              HasSubstr("not valid JSON"));
  EXPECT_EQ(refusal(file_of(object_of(entry("gewicht\xc3\xa4", "U8", "[0]", "[0,0]")))), "");
}

TEST(Safetensors, DeepNestingIsRefusedAtOnce) {
  const std::string deep(1'000'000, '[');
  EXPECT_NE(refusal(file_of("{\"a\":" + deep)), "");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_NE(refusal(file_of(objects)), "");
}

TEST(Safetensors, LongNamesAreCutInMessages) {
  const std::string name(1'000'000, 'n');
  EXPECT_LT(refusal(file_of(object_of(entry(name, "F99", "[0]", "[0,0]")))).size(), 1000u);
}

// Whatever is changed, the file is taken or refused, and nothing else happens.
TEST(Safetensors, ChangedBytesAreTakenOrRefused) {
  const std::string whole = encode_safetensors(example());
  std::mt19937 random(1);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (std::size_t changes = 1 + random() % 4; changes > 0; --changes)
      bytes[random() % bytes.size()] = char(random());
    refused += !refusal(bytes).empty();
  }
  EXPECT_GT(refused, 10'000);
}

TEST(Safetensors, AMissingFileIsNamed) {
  EXPECT_THAT(error_of([&] { read_safetensors("/no/such/file.safetensors"); }),
              HasSubstr("/no/such/file.safetensors"));
}

}  // namespace
}  // namespace stepwise
