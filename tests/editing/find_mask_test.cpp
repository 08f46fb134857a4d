// Where a picture would change with its class.
#include "editing/find_mask.h"

#include <gmock/gmock.h>

#include "trees.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

// The class brightens one column, the level of that class.
SharedModel column_model() {
  Model model;
  model.unclamped = [](const std::vector<Condition>& asked, const SampleSettings&) -> Denoise {
    return [=](const Tensor& x, double) {
      Tensor guess = x * 0.01;  // Far from where guesses are clamped.
      for (std::size_t i = 0; i < asked.size(); ++i)
        guess[std::int64_t(i)][0].select(1, asked[i].label.value_or(0)) += 0.5;
      return Guess(guess);
    };
  };
  model.classes = {kClasses};
  model.shape = {1, 4, 4};
  return std::make_shared<const Model>(std::move(model));
}

FoundMask find(const MaskSearch& search, const Condition& source, const Condition& target) {
  MaskFinding finding(search, torch::zeros({1, 1, 4, 4}), {source}, {target}, column_model());
  int draws = 1;
  while (finding.step()) ++draws;
  EXPECT_EQ(draws, search.draws);
  EXPECT_EQ(finding.fraction(), 1);
  EXPECT_FALSE(finding.step());
  return finding.found();
}

MaskSearch narrow() {
  MaskSearch search;
  search.grow = 0;
  return search;
}

TEST(FindMask, CoversWhereTheClassesDifferAndNothingElse) {
  const FoundMask found = find(narrow(), {0}, {2});
  Tensor expected = torch::zeros({4, 4});
  expected.select(1, 0).fill_(1);
  expected.select(1, 2).fill_(1);
  EXPECT_TRUE(torch::equal(found.mask[0][0], expected));
  EXPECT_TRUE(torch::allclose(found.difference[0][0], expected, 1e-4, 1e-4));
}

TEST(FindMask, GrowsBySoManyPixels) {
  MaskSearch search = narrow();
  search.grow = 1;
  Tensor expected = torch::ones({4, 4});
  expected.select(1, 2).fill_(0);
  expected.select(1, 3).fill_(0);
  search.threshold = 0.9;
  MaskFinding finding(search, torch::zeros({1, 1, 4, 4}), {Condition{0}}, {Condition{0}},
                      column_model());
  while (finding.step()) continue;
  EXPECT_EQ(finding.found().mask.sum().item<float>(), 0);  // Nothing grows to nothing.
  EXPECT_TRUE(torch::equal(find(search, {0}, {0}).mask, torch::zeros({1, 1, 4, 4})));
  EXPECT_TRUE(torch::equal(find(search, {0}, {3}).mask[0][0], torch::ones({4, 4})));
}

TEST(FindMask, OfPicturesApartIsThatOfEachAlone) {
  MaskSearch search;
  search.draws = 3;
  search.threshold = 0.5;
  const Tensor both = torch::linspace(-1, 1, 32).view({2, 1, 4, 4});
  const auto of = [&](const Tensor& pictures) {
    const std::vector<Condition> source(std::size_t(pictures.size(0)), {0});
    const std::vector<Condition> target(std::size_t(pictures.size(0)), {1});
    MaskFinding finding(search, pictures, source, target, model_with_network());
    while (finding.step()) continue;
    return finding.found().difference;
  };
  EXPECT_TRUE(torch::allclose(of(both)[0], of(both.narrow(0, 0, 1))[0]));
}

TEST(FindMask, OfNumbersOutOfRangeIsRefused) {
  const auto refuses = [](auto change, const char* words) {
    MaskSearch search;
    change(search);
    EXPECT_THAT([&] { find(search, {0}, {1}); }, ThrowsMessage<Error>(HasSubstr(words)));
  };
  refuses([](MaskSearch& s) { s.draws = 0; }, "number of noises is 0");
  refuses([](MaskSearch& s) { s.sigma = -1; }, "noise level of the mask is -1");
  refuses([](MaskSearch& s) { s.threshold = 2; }, "threshold of the mask is 2");
  refuses([](MaskSearch& s) { s.grow = -1; }, "growth of the mask is -1");
  EXPECT_THROW(
      MaskFinding({}, torch::zeros({1, 1, 5, 4}), {Condition{0}}, {Condition{1}}, column_model()),
      Error);
}

}  // namespace
}  // namespace stepwise
