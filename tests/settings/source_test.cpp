#include "settings/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stepwise {
namespace {

TEST(DataSource, ComesBackFromJsonAsItWas) {
  const DataSource source{"/data/with \"quotes\"", true, 28, 14};
  EXPECT_EQ(data_source_from_json(to_json(source)), source);
  EXPECT_EQ(data_source_from_json("{}"), DataSource{});
}

TEST(DataSource, OutOfRangeIsRefusedWithItsName) {
  for (const char* wrong :
       {R"({"place": ""})", R"({"height": 28})", R"({"height": -1, "width": 2})",
        R"({"transpose": 1})", R"({"height": 2000, "width": 2})", "[]"})
    EXPECT_THROW(data_source_from_json(wrong), Error) << wrong;
}

}  // namespace
}  // namespace stepwise
