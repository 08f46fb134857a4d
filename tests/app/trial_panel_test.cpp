#include "panels/trial.h"

#include <gtest/gtest.h>

#include "panel_fixture.h"

namespace stepwise::app {
namespace {

class TrialPanel : public PanelTest {
 protected:
  TrialPanel() : PanelTest({400, 2000}) {
    view.recipes.recipes.emplace_back().recipe = ui.train.recipe;
    ui.train.data = {"folder/of/idx"};
    ui.train.trial_open = true;
  }

  void draw() {
    train_panel(view, ui, gui.pictures, out);
    learning_panel(view, ui, gui.pictures, out);
  }
  void press(const char* label) {
    gui.press(label, [&] { draw(); });
  }
  const TryRecipes& asked() const { return std::get<TryRecipes>(out.back().command); }
  void begin(JobId job) {
    begin_job(job, view);
    apply({job, TrialStarted{ui.train.recipe, ui.train.recipe, 5, "bars"}}, view);
  }
  void look(JobId job, int number) {
    const TrialRange range{0.02, 20, {-0.2, -0.3, -0.1}};
    apply({job, TrialLooked{{number, 9, range, {range}, {1, 2}, {0.9, 1.8}}}}, view);
  }
};

TEST_F(TrialPanel, TriesWhatIsOnScreenAgainstTheRecipeAsItStands) {
  Recipe before = ui.train.recipe;
  ui.train.recipe.learning_rate = 0.001;
  ui.train.recipe.budget = {3, 0};
  ui.train.pairs = 6;
  press("Try B against A");
  ASSERT_EQ(out.size(), 1u);
  before.budget = {3.0 / 12, 0};  // All runs together take the time on screen.
  EXPECT_EQ(asked().a, before);
  EXPECT_EQ(asked().b.learning_rate, 0.001);
  EXPECT_EQ(asked().b.parent, before.name);
  EXPECT_EQ(asked().pairs, 6);
  EXPECT_EQ(asked().b.budget, before.budget);
  EXPECT_EQ(asked().data, ui.train.data);
}

TEST_F(TrialPanel, NothingIsTriedAgainstItselfForLonger) {
  ui.train.recipe.budget = {3, 0};
  press("Try B against A");
  EXPECT_TRUE(out.empty());
}

TEST_F(TrialPanel, StandsInTheCenterUntilARunBeginsOrItIsClosed) {
  EXPECT_FALSE(shows_trial(view, ui.train));
  begin(5);
  EXPECT_TRUE(shows_trial(view, ui.train));
  press("Close");
  EXPECT_FALSE(shows_trial(view, ui.train));
  begin(6);
  look(6, 1);
  look(6, 2);
  EXPECT_TRUE(shows_trial(view, ui.train));
  gui.frame([&] { draw(); });
  begin_job(7, view);
  apply({7, TrainingStarted{}}, view);
  EXPECT_FALSE(shows_trial(view, ui.train));
}

TEST_F(TrialPanel, OneThatGoesOnCanBeStopped) {
  begin(5);
  press("Stop the trial");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, 5u);
}

TEST_F(TrialPanel, LooksOfAnotherTrialAreLeftOut) {
  begin(5);
  look(4, 1);
  EXPECT_TRUE(view.trial.looks.empty());
  look(5, 1);
  EXPECT_EQ(view.trial.looks.size(), 1u);
}

}  // namespace
}  // namespace stepwise::app
