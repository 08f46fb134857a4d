#include "settings/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/json.h"

namespace stepwise {
namespace {

DataSource read_source(std::string_view text) {
  return read_object<DataSource>(text, "the data set");
}

TEST(DataSource, ComesBackFromJsonAsItWas) {
  const DataSource source{"/data/with \"quotes\"", true, 28, 14, 32};
  EXPECT_EQ(read_source(text_of_json(value_of(source))), source);
  EXPECT_EQ(read_source("{}"), DataSource{});
}

TEST(DataSource, OutOfRangeIsRefusedWithItsName) {
  for (const char* wrong :
       {R"({"place": ""})", R"({"height": 28})", R"({"height": -1, "width": 2})",
        R"({"transpose": 1})", R"({"size": 15})", R"({"size": 65})",
        R"({"height": 2000, "width": 2})", "[]"})
    EXPECT_THROW(read_source(wrong), Error) << wrong;
}

}  // namespace
}  // namespace stepwise
