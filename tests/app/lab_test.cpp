#include "panels/lab.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "headless_imgui.h"
#include "panels/panels.h"

namespace stepwise::app {
namespace {

class Lab : public testing::Test {
 protected:
  Lab() {
    ModelOpened model;
    model.class_names = {"Trouser", "Bag"};
    apply({kNoJob, model}, view);
    DataOpened data;
    data.test = 100;
    data.train = 1000;
    apply({kNoJob, data}, view);
    ui.lab.index = 5;
  }

  // What is posted at this moment.
  Commands talk() {
    Commands out;
    update_lab(view, ui, out);
    for (const Request& request : out) begin_job(request.id, view);
    return out;
  }
  void fetched(int index, bool test = true) {
    apply({ui.lab.fetching, PictureFetched{index, test, 1, Image(2, 2, 1)}}, view);
    apply({ui.lab.fetching, Finished{}}, view);
  }
  void answer(double sigma, double guess_error = 0.1, int nearest = -1) {
    Inspected a;
    a.sigma = sigma;
    a.noisy = a.guess = a.ideal = Image(2, 2, 1);
    a.guess_error = guess_error;
    a.ideal_error = 0.2;
    a.nearest = nearest;
    apply({ui.lab.asked, a}, view);
    apply({ui.lab.asked, Finished{}}, view);
  }
  // The picture has come, the first question is out.
  Inspect asked() {
    talk();
    fetched(5);
    const Commands out = talk();
    return out.size() == 1 ? std::get<Inspect>(out[0].command) : Inspect{};
  }

  View view;
  Ui ui;
};

TEST_F(Lab, FetchesThePictureOnceAndThenAsksOnce) {
  Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<FetchPicture>(out[0].command).index, 5);
  EXPECT_TRUE(std::get<FetchPicture>(out[0].command).test);
  EXPECT_TRUE(talk().empty());
  fetched(5);
  out = talk();
  ASSERT_EQ(out.size(), 1u);
  const Inspect& inspect = std::get<Inspect>(out[0].command);
  EXPECT_EQ(inspect.condition, Condition{1});  // Its own class.
  EXPECT_EQ(inspect.picture.height, 2);
  EXPECT_TRUE(talk().empty());
  answer(1);
  EXPECT_TRUE(talk().empty());
}

TEST_F(Lab, KeepsTheNoiseWhileSigmaMoves) {
  const Inspect first = asked();
  answer(1);
  ui.lab.sigma = 2;
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Inspect>(out[0].command).seed, first.seed);
  EXPECT_EQ(std::get<Inspect>(out[0].command).sigma, 2);
}

TEST_F(Lab, WaitsForAnAnswerBeforeItAsksAgainAndThenAsksForTheNewest) {
  asked();
  for (const double sigma : {2.0, 3.0, 4.0}) {
    ui.lab.sigma = sigma;
    EXPECT_TRUE(talk().empty());
  }
  answer(1);
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Inspect>(out[0].command).sigma, 4);
}

TEST_F(Lab, AFailureOfItsOwnQuestionAloneLetsItAskAnother) {
  asked();
  ui.lab.sigma = 2;
  apply({ui.lab.asked + 1000, Failed{"Sampling", "It is not this one."}}, view);
  EXPECT_TRUE(talk().empty());
  apply({ui.lab.asked, Failed{"Looking at a noise level", "The network fails there."}}, view);
  EXPECT_EQ(talk().size(), 1u);
}

TEST_F(Lab, OtherWeightsAreAskedAnew) {
  asked();
  answer(1);
  ModelOpened live;
  live.id = ui.model = 8;
  live.live = true;
  apply({8, live}, view);
  EXPECT_EQ(talk().size(), 1u);
  answer(1);
  EXPECT_TRUE(talk().empty());
  ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
  apply({kNoJob, GalleryReady{100, 5, batch}}, view);
  EXPECT_EQ(talk().size(), 1u);
}

TEST_F(Lab, CollectsErrorsInTheOrderOfSigmaUntilSomethingElseChanges) {
  asked();
  answer(1, 0.3);
  for (const double sigma : {4.0, 0.5, 1.0}) {
    ui.lab.sigma = sigma;
    talk();
    answer(sigma, 0.1 * sigma);
  }
  talk();
  ASSERT_EQ(ui.lab.curve.sigma.size(), 3u);
  EXPECT_TRUE(std::ranges::is_sorted(ui.lab.curve.sigma));
  EXPECT_EQ(ui.lab.curve.guess, (std::vector<float>{0.05f, 0.1f, 0.4f}));
  ++ui.lab.seed;
  talk();
  answer(1, 0.7);
  talk();
  EXPECT_EQ(ui.lab.curve.guess, (std::vector<float>{0.7f}));
}

TEST_F(Lab, FetchesTheNearestTrainingPicture) {
  asked();
  answer(1, 0.1, 77);
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<FetchPicture>(out[0].command).index, 77);
  EXPECT_FALSE(std::get<FetchPicture>(out[0].command).test);
  fetched(77, false);
  EXPECT_TRUE(talk().empty());
  EXPECT_EQ(ui.lab.nearest_index, 77);
  EXPECT_TRUE(ui.lab.test);  // The test picture is still in hand.
}

TEST_F(Lab, TakesTheFinishedPictureOfTheSample) {
  BranchStarted start;
  start.id = 1;
  start.pictures = {0};
  start.conditions = {{0}};
  start.sigmas = {1, 0};
  apply({kNoJob, start}, view);
  ui.playhead.branch = 1;
  ui.lab.from_test_set = false;
  EXPECT_TRUE(talk().empty());
  ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
  apply({kNoJob, FrameReady{1, 1, to_bytes(batch)}}, view);
  EXPECT_TRUE(talk().empty());  // Not yet in full.
  apply({kNoJob, FrameFetched{1, 1, batch, batch}}, view);
  const Commands out = talk();
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Inspect>(out[0].command).condition, Condition{0});
}

TEST_F(Lab, SaysWhereTheGuessesStand) {
  Inspected a;
  a.sigma = 40;
  EXPECT_NE(lab_verdict(a).find("mean of all"), std::string::npos);
  a.sigma = 0.5;
  a.guess_error = 0.1;
  a.ideal_error = 0.2;
  a.nearest_weight = 0.97;
  EXPECT_NE(lab_verdict(a).find("97 %"), std::string::npos);
  a.guess_error = 0.22;
  EXPECT_NE(lab_verdict(a).find("10 %"), std::string::npos);
}

TEST_F(Lab, ShowsCleanNoisyGuessAndIdeal) {
  HeadlessImGui gui({400, 2000});
  Commands out;
  asked();
  answer(1, 0.1, 77);
  fetched(77, false);
  gui.frame([&] {
    noise_lab_panel(view, ui, gui.pictures, out);
    lab_panel(view, ui, gui.pictures, out);
  });
  EXPECT_EQ(gui.pictures.calls.size(), 5u);  // And the nearest.
  EXPECT_TRUE(out.empty());
}

}  // namespace
}  // namespace stepwise::app
