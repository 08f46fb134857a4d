#include "panels/race.h"

#include <gtest/gtest.h>

#include <cmath>

#include "headless_imgui.h"
#include "panels/panels.h"
#include "settings/race.h"

namespace stepwise::app {
namespace {

// A tree of three pictures of one model, and a playhead on it.
class RaceTest : public testing::Test {
 protected:
  RaceTest() {
    ModelOpened model;
    model.id = 7;
    model.class_names = {"Trouser", "Bag"};
    apply({kNoJob, model}, view);
    BranchStarted start;
    start.id = 1;
    start.model = 7;
    start.pictures = {0, 1, 2};
    start.conditions = {{0}, {1}, {0}};
    start.sigmas = {8, 2, 0};
    start.settings.count = 3;
    start.settings.seed = 42;
    start.settings.guidance = 2;
    apply({kNoJob, start}, view);
    ui.playhead.branch = 1;
  }

  // What update_race() asks for.
  Commands asked() {
    Commands out;
    update_race(view, ui, out);
    for (const Request& request : out) begin_job(request.id, view);
    return out;
  }
  void raced(SamplerKind sampler, int evaluations, double distance, bool reference = false) {
    Raced e;
    e.sampler = sampler;
    e.steps = 13;
    e.evaluations = evaluations;
    e.distance = distance;
    e.reference = reference;
    e.finished = reference || evaluations == 13;
    e.guess = {3, 2, 2, 1, std::vector<std::uint8_t>(12, std::uint8_t(evaluations))};
    apply({ui.race.job, e}, view);
  }
  std::size_t pictures_drawn() {
    HeadlessImGui gui({900, 700});
    Commands out;
    ui.race.shown = true;
    gui.frame([&] { workspace_of(ui).centre(view, ui, gui.pictures, out); });
    return gui.pictures.calls.size();
  }

  View view;
  Ui ui;
};

TEST_F(RaceTest, ThePicturesOfTheTreeAreDrawnByTheChosenSamplers) {
  const auto race = race_here(view, ui, {SamplerKind::kEuler, SamplerKind::kPndm}, 13);
  ASSERT_TRUE(race);
  EXPECT_EQ(race->model, 7u);
  EXPECT_EQ(race->settings.seed, 42u);
  EXPECT_EQ(race->settings.guidance, 2);
  EXPECT_EQ(race->conditions, find_branch(view, 1)->start.conditions);
  EXPECT_EQ(race->samplers, (std::vector{SamplerKind::kEuler, SamplerKind::kPndm}));
  // To seven it cannot come.
  EXPECT_EQ(race_here(view, ui, {SamplerKind::kEuler, SamplerKind::kPndm}, 7)->samplers,
            (std::vector{SamplerKind::kEuler}));
}

TEST_F(RaceTest, TheUsualRacersCanComeToEveryNumberThatIsOffered) {
  const std::vector<SamplerKind> usual(kUsualRacers.begin(), kUsualRacers.end());
  EXPECT_LE(usual.size(), kMostRacers);
  for (const int evaluations : kRaceChoices)
    EXPECT_EQ(race_here(view, ui, usual, evaluations)->samplers.size(), usual.size());
}

TEST_F(RaceTest, WithoutATreeOrItsModelThereIsNone) {
  apply({kNoJob, ModelClosed{7}}, view);
  EXPECT_FALSE(race_here(view, ui, {SamplerKind::kEuler}, 13));
  EXPECT_FALSE(race_here(View{}, ui, {SamplerKind::kEuler}, 13));
}

TEST_F(RaceTest, AskedOnceAndAgainWhenItIsAnother) {
  EXPECT_EQ(asked().size(), 1u);
  EXPECT_TRUE(asked().empty());
  const JobId before = ui.race.job;
  ui.race.evaluations = 25;
  const Commands out = asked();
  ASSERT_EQ(out.size(), 2u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, before);
  EXPECT_EQ(std::get<Race>(out[1].command).evaluations, 25);
}

TEST_F(RaceTest, CurvesGrowAsTheWorkerTellsOfThem) {
  asked();
  EXPECT_FALSE(race_shown(view, ui.race));
  raced(SamplerKind::kDpmPlusPlus3M, 200, 0, true);
  raced(SamplerKind::kEuler, 1, 0.5);
  raced(SamplerKind::kHeun, 1, 0.5);
  raced(SamplerKind::kEuler, 2, 0.25);
  const RaceShown* race = race_shown(view, ui.race);
  ASSERT_TRUE(race);
  EXPECT_TRUE(race->reference.finished);
  ASSERT_EQ(race->racers.size(), 2u);
  EXPECT_EQ(race->racers[0].evaluations, (std::vector<double>{1, 2}));
  EXPECT_EQ(race->racers[0].distances, (std::vector<float>{0.5f, 0.25f}));
  EXPECT_EQ(distance_of(race->racers[0]), 0.25);
  EXPECT_TRUE(std::isnan(distance_of(RacerShown{})));
  EXPECT_FALSE(race->racers[0].finished);
}

TEST_F(RaceTest, WhatComesOfAnOlderRaceIsNotShown) {
  asked();
  raced(SamplerKind::kEuler, 1, 0.5);
  const JobId before = ui.race.job;
  ui.race.evaluations = 25;
  asked();
  EXPECT_FALSE(race_shown(view, ui.race));
  raced(SamplerKind::kHeun, 1, 0.5);
  ui.race.job = before;
  EXPECT_FALSE(race_shown(view, ui.race));
}

TEST_F(RaceTest, TheNewestGuessOfEachStandsBelowTheCurves) {
  pictures_drawn();
  raced(SamplerKind::kDpmPlusPlus3M, 200, 0, true);
  raced(SamplerKind::kEuler, 1, 0.5);
  ui.playhead.picture = 2;
  HeadlessImGui gui({900, 700});
  Commands out;
  gui.frame([&] { workspace_of(ui).centre(view, ui, gui.pictures, out); });
  std::vector<Picture> drawn;
  for (const auto& call : gui.pictures.calls)
    if (call.shown) drawn.push_back(call.shown.plus);
  ASSERT_EQ(drawn.size(), 2u);
  EXPECT_EQ(drawn[0], (Picture{view.race.reference.guess, 2}));
  EXPECT_EQ(drawn[1], (Picture{view.race.racers[0].guess, 2}));
}

TEST_F(RaceTest, ClosedItEnds) {
  asked();
  ui.race.shown = true;
  Commands out;
  close_race(view, ui, out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<Cancel>(out[0].command).job, ui.race.job);
  EXPECT_FALSE(ui.race.shown);
  EXPECT_EQ(asked().size(), 2u);  // Opened again, it is asked for again.
}

}  // namespace
}  // namespace stepwise::app
