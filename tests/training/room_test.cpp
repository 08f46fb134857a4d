#include "training/room.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "toy_data.h"
#include "training/trainer.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

std::atomic<std::int64_t> bytes_left = 0;

// Tensors have so much room and no more, as on a device. What it hands out begins behind its size.
struct SmallMemory : c10::Allocator {
  static constexpr std::size_t kHead = 64;  // Keeps what follows aligned.

  static c10::DataPtr taken(std::size_t size) {
    if (bytes_left < std::int64_t(size))
      throw c10::OutOfMemoryError({__func__, __FILE__, __LINE__}, "There are no so many bytes.");
    bytes_left -= std::int64_t(size);
    void* place = std::aligned_alloc(kHead, (size + 2 * kHead - 1) / kHead * kHead);
    if (!place) throw std::bad_alloc();
    std::memcpy(place, &size, sizeof(size));
    void* data = static_cast<char*>(place) + kHead;
    return {data, data, &give_back, torch::kCPU};
  }
  static void give_back(void* data) {
    if (!data) return;
    void* place = static_cast<char*>(data) - kHead;
    std::size_t size = 0;
    std::memcpy(&size, place, sizeof(size));
    bytes_left += std::int64_t(size);
    std::free(place);
  }

  // Of these torch asks for one or the other, from version to version.
  c10::DataPtr allocate(std::size_t size) const { return taken(size); }
  c10::DataPtr allocate(std::size_t size) { return taken(size); }
  c10::DeleterFnPtr raw_deleter() const { return &give_back; }
  void copy_data(void* to, const void* from, std::size_t size) const {
    std::memcpy(to, from, size);
  }
};

class LittleRoom {
 public:
  explicit LittleRoom(std::int64_t bytes) : before_(c10::GetCPUAllocator()) {
    bytes_left = bytes;
    c10::SetCPUAllocator(&memory_, kPriority);
  }
  ~LittleRoom() { c10::SetCPUAllocator(before_, kPriority); }

 private:
  static constexpr std::uint8_t kPriority = 100;
  c10::Allocator* before_;
  SmallMemory memory_;
};

constexpr std::int64_t kBytes = 48 << 20;

Trainer trainer_of(std::int64_t batch) {
  Recipe recipe = toy_recipe(9);
  recipe.batch = batch;
  return {recipe, toy_data(), torch::kCPU};
}

TEST(Room, WhereThereIsTooLittleForAStepItSaysWhichBatchWouldFit) {
  Trainer large = trainer_of(8192);
  std::string said;
  {
    const LittleRoom room(kBytes);
    try {
      large.step();
    } catch (const Error& e) {
      said = e.what();
    }
  }
  EXPECT_THAT(said, HasSubstr("does not hold a step with a batch of 8192 pictures; one of "));
  EXPECT_THAT(said, HasSubstr(" would fit. The last checkpoint is kept."));
  const std::int64_t fits = std::atoll(said.c_str() + said.find("one of ") + 7);
  ASSERT_GT(fits, 0);
  Trainer fitting = trainer_of(fits), twice = trainer_of(2 * fits);
  const LittleRoom room(kBytes);
  EXPECT_THROW(twice.step(), Error);
  EXPECT_NO_THROW(fitting.step());
}

TEST(Room, WhatHadNoneIsNotSaved) {
  Trainer trainer = trainer_of(8192);
  {
    const LittleRoom room(1 << 12);
    EXPECT_THAT([&] { trainer.step(); }, ThrowsMessage<Error>(HasSubstr("nor with any.")));
  }
  EXPECT_THAT([&] { trainer.save("/nowhere"); }, ThrowsMessage<Error>(HasSubstr("does not hold")));
}

TEST(Room, WhatElseGoesWrongIsNoLackOfIt) {
  EXPECT_FALSE(ran_out_of_memory(Error("The file is not there.")));
  EXPECT_TRUE(ran_out_of_memory(std::bad_alloc()));
}

}  // namespace
}  // namespace stepwise
