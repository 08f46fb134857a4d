#include "evaluation/held.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "error.h"

namespace stepwise {
namespace {

// Pictures without pixels: only their labels matter here.
Pictures labelled(std::vector<std::uint8_t> labels) {
  Pictures pictures;
  pictures.count = int(labels.size());
  pictures.labels = std::move(labels);
  return pictures;
}

// 30 pictures of class 0, 20 of class 1, 10 of class 2.
Pictures uneven() {
  std::vector<std::uint8_t> labels;
  for (int i = 0; i < 60; ++i) labels.push_back(i < 30 ? 0 : i < 50 ? 1 : 2);
  return labelled(labels);
}

std::vector<int> per_class(const Pictures& pictures, const std::vector<int>& some) {
  std::vector<int> counts(3, 0);
  for (int i : some) ++counts[pictures.labels[std::size_t(i)]];
  return counts;
}

TEST(Hold, TakesNoPictureTwice) {
  const std::vector<int> held = hold(uneven(), 60, 1);
  EXPECT_EQ(std::set<int>(held.begin(), held.end()).size(), 60u);
}

TEST(Hold, DealsTheClassesInTurnUntilTheyRunOut) {
  const Pictures pictures = uneven();
  EXPECT_THAT(per_class(pictures, hold(pictures, 12, 1)), testing::ElementsAre(4, 4, 4));
  EXPECT_THAT(per_class(pictures, hold(pictures, 40, 1)), testing::ElementsAre(15, 15, 10));
}

TEST(Hold, DependsOnTheSeedAlone) {
  EXPECT_EQ(hold(uneven(), 20, 1), hold(uneven(), 20, 1));
  EXPECT_NE(hold(uneven(), 20, 1), hold(uneven(), 20, 2));
}

TEST(Hold, MoreThanThereIsIsRefused) { EXPECT_THROW(hold(uneven(), 61, 1), Error); }

}  // namespace
}  // namespace stepwise
