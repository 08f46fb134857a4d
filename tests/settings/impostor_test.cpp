#include "settings/impostor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stepwise {
namespace {

using testing::HasSubstr;
using std::string_literals::operator""s;

TEST(Impostor, EachIsToldByWhatItIs) {
  const std::pair<std::string, const char*> all[] = {
      {"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 80978\n", "git lfs pull"},
      {"<!DOCTYPE html>\n<html>", "web page"},
      {"\n\n  <html lang=\"en\">", "web page"},
      {"\xef\xbb\xbf<!doctype HTML>", "web page"},
      {"<?xml version=\"1.0\"?><Error>", "XML"},
      {"Entry not found", "server's answer"},
      {"Invalid username or password.", "server's answer"},
      {"\x1f\x8b\x08\x00"s, "gunzip"},
      {"BZh91AY", "bunzip2"},
      {"\xfd"
       "7zXZ\0\0"s,
       "unxz"},
      {"\x28\xb5\x2f\xfd\x04"s, "unzstd"},
      {"7z\xbc\xaf\x27\x1c"s, "7-Zip"},
      {"PK\x03\x04\x00\x00"s, "zip archive"},
      {"\x80\x02}q\x00."s, "run any code"},
      {"\x80\x03}q\x00."s, "run any code"},
      {"\x80\x04\x95\x10"s, "run any code"},
      {"\x80\x05\x95\x10"s, "run any code"},
      {"\x08\x07\x12\x07pytorch\x1a\x05"s, "ONNX"},
      {"\x08\x09\x3a\x10graphgraph"s, "ONNX"},
      {"GGUF\x03\0\0\0"s, "GGUF"},
      {"\x89HDF\r\n\x1a\n\0"s, "HDF5"},
      {"\x93NUMPY\x01\0"s, "NumPy"},
      {"PAR1\x15\x04", "Parquet"},
      {"\x89PNG\r\n\x1a\n"s, "PNG"},
      {"\xff\xd8\xff\xe0", "JPEG"},
      {std::string(257, 'a') + "ustar\0"s, "tar xf"},
      {"", "empty"},
  };
  for (const auto& [bytes, words] : all)
    EXPECT_THAT(impostor_of(bytes), HasSubstr(words)) << testing::PrintToString(bytes);
}

TEST(Impostor, WhatWasExpectedIsNone) {
  const std::string json = "{\"a\": 1}", tensors = "\x10\0\0\0\0\0\0\0{\"a\": 1}        "s;
  EXPECT_THAT(impostor_of(json, Expected::kSafetensors), HasSubstr("JSON"));
  EXPECT_THAT(impostor_of(tensors, Expected::kJson), HasSubstr("safetensors"));
  EXPECT_EQ(impostor_of(json, Expected::kJson), "");
  EXPECT_EQ(impostor_of(tensors, Expected::kSafetensors), "");
}

TEST(Impostor, OtherBytesAreNotTakenForOne) {
  for (const std::string& bytes :
       {"\0\0\x08\x03\0\0\x75\x30"s, "hello"s, "\x08"s, "\x80\x01"s, "version 2"s, "PK"s, "{"s,
        "\x08\x12\x12\0\0\0\0\0"s, std::string(512, '\0')})
    EXPECT_EQ(impostor_of(bytes, Expected::kJson), "") << testing::PrintToString(bytes);
}

// Nothing of an impostor is told before its mark is whole, and no prefix is read beyond.
TEST(Impostor, AnyPrefixIsTakenOrNot) {
  const std::string onnx = "\x08\x07\x12\x07pytorch\x1a\x05"s,
                    tar = std::string(257, 'a') + "ustar";
  for (const std::string& whole : {onnx, tar})
    for (std::size_t n = 1; n <= whole.size(); ++n) impostor_of(whole.substr(0, n));
}

TEST(Impostor, ATildeThatNoShellReplacedIsExplained) {
  EXPECT_THAT(home_hint("~/models"), HasSubstr("shell"));
  EXPECT_THAT(home_hint("~"), HasSubstr("shell"));
  EXPECT_EQ(home_hint("/home/~x"), "");
  EXPECT_EQ(home_hint("~x"), "");
}

}  // namespace
}  // namespace stepwise
