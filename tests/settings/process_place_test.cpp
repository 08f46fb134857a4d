#include "settings/process_place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "error.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

// The place in an environment of these variables alone.
std::optional<ProcessPlace> place_among(const std::map<std::string, std::string>& variables) {
  for (const char* name :
       {"MASTER_ADDR", "MASTER_PORT", "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE",
        "SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID", "SLURM_NTASKS_PER_NODE"})
    ::unsetenv(name);
  for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
  return process_place();
}

TEST(ProcessPlace, IsThatOfTorchrun) {
  const auto place = place_among({{"MASTER_ADDR", "host1"},
                                  {"MASTER_PORT", "29500"},
                                  {"RANK", "5"},
                                  {"WORLD_SIZE", "8"},
                                  {"LOCAL_RANK", "1"},
                                  {"LOCAL_WORLD_SIZE", "4"},
                                  {"SLURM_PROCID", "0"}});
  ASSERT_TRUE(place);
  EXPECT_EQ(place->address, "host1");
  EXPECT_EQ(place->port, 29500);
  EXPECT_EQ(place->rank, 5);
  EXPECT_EQ(place->size, 8);
  EXPECT_EQ(place->local_rank, 1);
  EXPECT_EQ(place->local_size, 4);
}

TEST(ProcessPlace, IsThatOfSlurm) {
  const auto place = place_among({{"MASTER_ADDR", "host1"},
                                  {"MASTER_PORT", "29500"},
                                  {"SLURM_PROCID", "3"},
                                  {"SLURM_NTASKS", "4"},
                                  {"SLURM_LOCALID", "1"},
                                  {"SLURM_NTASKS_PER_NODE", "2"}});
  ASSERT_TRUE(place);
  EXPECT_EQ(place->rank, 3);
  EXPECT_EQ(place->size, 4);
  EXPECT_EQ(place->local_rank, 1);
  EXPECT_EQ(place->local_size, 2);
}

// Slurm's variables stand in the shell of an allocation too, where there is one process.
TEST(ProcessPlace, IsNoneWithoutAnAddressOrForOneProcess) {
  EXPECT_FALSE(place_among({}));
  EXPECT_FALSE(place_among({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "2"}}));
  EXPECT_FALSE(place_among({{"MASTER_ADDR", "host1"}, {"RANK", "0"}, {"WORLD_SIZE", "1"}}));
}

TEST(ProcessPlace, SaysWhichVariableIsWrong) {
  const auto with = [](const char* name, const char* value) {
    std::map<std::string, std::string> variables{
        {"MASTER_ADDR", "host1"}, {"MASTER_PORT", "29500"}, {"RANK", "1"}, {"WORLD_SIZE", "2"}};
    variables[name] = value;
    return [variables] { place_among(variables); };
  };
  EXPECT_THAT(with("RANK", "2"), ThrowsMessage<Error>(HasSubstr("RANK is 2")));
  EXPECT_THAT(with("RANK", "one"), ThrowsMessage<Error>(HasSubstr("RANK is 'one'")));
  EXPECT_THAT(with("WORLD_SIZE", ""), ThrowsMessage<Error>(HasSubstr("WORLD_SIZE is ''")));
  EXPECT_THAT(with("MASTER_PORT", "70000"),
              ThrowsMessage<Error>(HasSubstr("MASTER_PORT is 70000")));
  EXPECT_THAT(with("MASTER_PORT", "0x50"),
              ThrowsMessage<Error>(HasSubstr("MASTER_PORT is '0x50'")));
}

}  // namespace
}  // namespace stepwise
