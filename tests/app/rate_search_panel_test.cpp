#include "panels/rate_search.h"

#include <gtest/gtest.h>

#include "panel_fixture.h"

namespace stepwise::app {
namespace {

class RateSearchPanel : public PanelTest {
 protected:
  RateSearchPanel() : PanelTest({400, 2000}) { ui.train.data = {"folder/of/idx"}; }

  void draw() {
    train_panel(view, ui, gui.pictures, out);
    learning_panel(view, ui, gui.pictures, out);
  }
  void press(const char* label) {
    gui.press(label, [&] { draw(); });
  }
  // A search whose loss falls, then grows, as far as its so many points.
  static RateSearch search_of(int count) {
    RateSearch search = search_around(0.006);
    for (int i = 0; i < count && !is_over(search); ++i)
      add_loss(i < 80 ? 1 - 0.01 * i : 10, search);
    return search;
  }
  void tell(JobId job, const RateSearch& search) {
    apply({job, RateSearched{search, is_over(search)}}, view);
  }
};

TEST_F(RateSearchPanel, SearchesForTheRecipeAndTheDataOnScreen) {
  ui.train.recipe.batch = 7;
  press("Find learning rate");
  ASSERT_EQ(out.size(), 1u);
  const FindRate& asked = std::get<FindRate>(out[0].command);
  EXPECT_EQ(asked.recipe, ui.train.recipe);
  EXPECT_EQ(asked.data, ui.train.data);
}

TEST_F(RateSearchPanel, OneThatGoesOnCanBeStopped) {
  ui.train.rate_asked = 5;
  begin_job(5, view);
  tell(5, search_of(20));
  press("Stop the search");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 5u);
}

TEST_F(RateSearchPanel, UseWritesWhatWasFoundIntoTheRecipe) {
  RateSearch search = search_of(kRateSteps);
  ASSERT_GT(search.suggestion, 0);
  search.suggestion = 0.0042;
  tell(5, search);
  press("Use 0.0042");
  EXPECT_EQ(ui.train.recipe.learning_rate, 0.0042);
  EXPECT_TRUE(out.empty());
}

TEST_F(RateSearchPanel, ItsCurveStandsForThePlannedRatesUntilARunBegins) {
  EXPECT_FALSE(shows_rate_search(view));
  tell(5, RateSearch());
  EXPECT_FALSE(shows_rate_search(view));  // There is nothing to see yet.
  for (const int count : {1, 20, kRateSteps}) {
    tell(5, search_of(count));
    EXPECT_TRUE(shows_rate_search(view));
    gui.frame([&] { draw(); });
  }
  ui.train.enlarged = Enlarged::kRate;
  gui.frame([&] { draw(); });
  apply({7, TrainingStarted{}}, view);
  EXPECT_FALSE(shows_rate_search(view));
  tell(8, search_of(20));
  EXPECT_TRUE(shows_rate_search(view));
}

TEST_F(RateSearchPanel, NothingIsSearchedForWhileARunTrains) {
  apply({7, TrainingStarted{}}, view);
  press("Find learning rate");
  EXPECT_TRUE(out.empty());
}

TEST_F(RateSearchPanel, NewsOfAnOlderSearchAreLeftOut) {
  tell(6, search_of(2));
  tell(5, search_of(20));
  EXPECT_EQ(view.rate.job, 6u);
  EXPECT_EQ(view.rate.search.points.size(), 2u);
  EXPECT_FALSE(view.rate.finished);
}

}  // namespace
}  // namespace stepwise::app
