// The form below the list of models.
#include "panels/combine.h"

#include <gtest/gtest.h>

#include "panel_fixture.h"
#include "panels/ui.h"

namespace stepwise::app {
namespace {

class CombineForm : public PanelTest {
 protected:
  CombineForm() {
    add(1, "good", 28);
    add(2, "large", 32);
    add(3, "early", 28);
    add(4, "small", 28);
    ui.model = 1;
  }
  void add(ModelId id, const char* name, int side) {
    ModelOpened model;
    model.id = id;
    model.name = name;
    model.height = model.width = side;
    model.channels = 1;
    apply({id, model}, view);
  }
  void press(const char* label) {
    gui.press(label, [&] { combine_form(view, ui, out); });
  }
  const Combine& asked() const { return std::get<Combine>(out.at(0).command); }
};

TEST_F(CombineForm, LeadsTheModelInUseAwayFromAnother) {
  press("Combine ...");
  EXPECT_TRUE(out.empty());
  ui.combine.other = 4;
  ui.combine.weight = 2.5;
  press("Combine");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(asked().models, (std::vector<ModelId>{1, 4}));
  EXPECT_EQ(asked().how, Combination(Autoguidance{2.5}));
  EXPECT_EQ(asked().name, "good away from small, w 2.5");
  EXPECT_FALSE(ui.combine.open);
}

TEST_F(CombineForm, GivesEachOfTwoExpertsItsNoiseLevels) {
  press("Combine ...");
  ui.combine.way = CombineUi::Way::kExperts;
  ui.combine.boundary = 0.4;
  press("Combine");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(asked().models, (std::vector<ModelId>{1, 3}));  // The first that fits.
  EXPECT_EQ(asked().how, Combination(Experts{{0.4}}));
  EXPECT_EQ(asked().name, "good above σ 0.4, early");
}

TEST_F(CombineForm, LetsThoseOfSmallPicturesDrawTheShapesWhicheverIsInUse) {
  add(5, "half", 14);
  press("Combine ...");
  ui.combine.way = CombineUi::Way::kExperts;
  ui.combine.other = 5;
  press("Combine");
  EXPECT_EQ(asked().models, (std::vector<ModelId>{5, 1}));
  EXPECT_EQ(asked().name, "half above σ 1, good");
  out.clear();
  ui.model = 5;
  ui.combine.other = 4;
  press("Combine ...");
  press("Combine");
  EXPECT_EQ(asked().models, (std::vector<ModelId>{5, 4}));
}

TEST_F(CombineForm, OffersOnlyModelsOfTheSamePictures) {
  ui.model = 2;
  press("Combine ...");
  EXPECT_FALSE(ui.combine.open);
  ui.model = 1;
  ui.combine.other = 2;
  press("Combine ...");
  press("Combine");
  EXPECT_EQ(asked().models.back(), 3u);
}

TEST_F(CombineForm, ForgetsAModelThatIsClosedMeanwhile) {
  press("Combine ...");
  ui.combine.other = 4;
  apply({9, ModelClosed{4}}, view);
  press("Combine");
  EXPECT_EQ(asked().models.back(), 3u);
}

}  // namespace
}  // namespace stepwise::app
