// The window begins trees with pictures, finds masks, makes variations and keeps favourites.
#include "view/begin.h"

#include <cmath>

#include "press_in.h"
#include "view/edits.h"
#include "view/trees.h"
#include "view/variations.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

class BeginWithAPicture : public Workspace {
 protected:
  // The finished picture of the tree on the stage is at hand, as a picture of its own class.
  BeginWithAPicture() {
    go_to(stage.view, stage.ui, 0, 8, 1);
    stage.frame();
    const PictureAtStep end = lookup(stage.view, 0, 8, 1);
    picture_ = image_of(end.guess);
    offer_picture(stage.ui, end.guess, "sample 1", {1});
    stage.ui.sample.count = 1;
    stage.frame();
  }

  void press(const char* label, const char* part = "right") {
    press_in(stage.gui, part, label, stage.draw());
  }
  BranchId newest() const { return stage.view.branches.back().start.id; }
  const Sample& begun() const {
    return std::get<Sample>(find_branch(stage.view, newest())->start.begun);
  }
  void begin(StartKind kind) {
    stage.ui.start = kind;
    stage.ui.start_sigma = 5;
    press("Begin");
    stage.frame();
  }

  Image picture_;
};

TEST_F(BeginWithAPicture, OpenedItEndsAsItWasToTheLastBit) {
  begin(StartKind::kEditFriendly);
  EXPECT_EQ(begun().start->kind, StartKind::kEditFriendly);
  EXPECT_EQ(begun().conditions, std::vector<Condition>{{1}});
  go_to(stage.view, stage.ui, newest(), 8, 0);
  stage.frame();
  EXPECT_EQ(image_of(lookup(stage.view, newest(), 8, 0).guess), picture_);
  EXPECT_TRUE(std::isinf(*reconstruction(stage.view, stage.ui)));
}

TEST_F(BeginWithAPicture, TracedBackItNearlyDoes) {
  begin(StartKind::kDdim);
  go_to(stage.view, stage.ui, newest(), 8, 0);
  stage.frame();
  ASSERT_TRUE(reconstruction(stage.view, stage.ui));
  EXPECT_GT(*reconstruction(stage.view, stage.ui), 15);
}

TEST_F(BeginWithAPicture, ChangedItBecomesAnotherClassFromTheLevelChosen) {
  stage.ui.beginning.becomes = {3};
  begin(StartKind::kFlow);
  EXPECT_EQ(begun().start->source, Condition{1});
  EXPECT_EQ(begun().conditions, std::vector<Condition>{{3}});
  EXPECT_LE(find_branch(stage.view, newest())->start.sigmas[0], 5);
}

TEST_F(BeginWithAPicture, ThereAreSeveralWhereTheyEndDifferently) {
  stage.ui.sample.count = 3;
  begin(StartKind::kEditFriendly);
  EXPECT_EQ(begun().settings.count, 1);
  begin(StartKind::kSdedit);
  EXPECT_EQ(begun().settings.count, 3);
}

TEST_F(BeginWithAPicture, OfAnotherSizeItSaysSoAndDoesNotBegin) {
  offer_picture(stage.ui, picture_of(Image(5, 7, 1)), "small");
  const std::size_t before = stage.view.branches.size();
  press("Begin");
  EXPECT_EQ(stage.view.branches.size(), before);
  EXPECT_NE(why_not_begin(stage.view, stage.ui).find("7 x 5 pixels"), std::string::npos);
}

TEST_F(BeginWithAPicture, AModelOfNoClassesNeedNotBeToldOneAndChangesNone) {
  ModelOpened& model = stage.view.models.front();
  model.class_names.clear();
  model.has_null_class = false;
  stage.ui.start = StartKind::kEditFriendly;
  EXPECT_EQ(why_not_begin(stage.view, stage.ui), "");
  stage.ui.start = StartKind::kFlow;
  EXPECT_NE(why_not_begin(stage.view, stage.ui).find("knows no classes"), std::string::npos);
}

TEST_F(BeginWithAPicture, WhatNeedNotChangeIsLockedAndStaysToTheBit) {
  begin(StartKind::kEditFriendly);
  const BranchId tree = newest();
  go_to(stage.view, stage.ui, tree, 2, 0);
  stage.ui.condition = Condition{2};
  stage.frame();
  press("Lock what need not change");
  stage.frame();
  const Painting* painting = painting_here(stage.view, stage.ui);
  ASSERT_TRUE(painting);
  const auto* mask = std::get_if<Mask>(&painting->layers.at(0).shape);
  ASSERT_TRUE(mask);
  EXPECT_TRUE(std::holds_alternative<Lock>(painting->layers[0].what));
  stage.key(Key('R'));
  stage.frame();
  ASSERT_GT(newest(), tree);
  go_to(stage.view, stage.ui, newest(), 8, 0);
  stage.frame();
  const Image full = image_of(lookup(stage.view, newest(), 8, 0).guess);
  int locked = 0, changed = 0;
  for (std::size_t i = 0; i < full.pixels.size(); ++i) {
    if (mask->coverage.pixels[i] == 1) {
      EXPECT_EQ(full.pixels[i], picture_.pixels[i]) << i;
      ++locked;
    } else {
      changed += full.pixels[i] != picture_.pixels[i];
    }
  }
  EXPECT_GT(locked, 0);
  EXPECT_GT(changed, 0);
}

TEST_F(BeginWithAPicture, TheLabOffersItsPicture) {
  stage.ui.beginning = {};
  stage.ui.lab.from_test_set = false;
  stage.ui.workspace = "lab";
  stage.frame();
  stage.frame();
  press("Begin with this picture");
  EXPECT_TRUE(stage.ui.beginning.picture);
  EXPECT_EQ(stage.ui.workspace, "paint");
}

class Variations : public Workspace {};

TEST_F(Variations, AreBranchesWithNoiseOfTheirOwn) {
  go_to(stage.view, stage.ui, 0, 4, 1);
  stage.key(Key('R'), false, true);
  ASSERT_EQ(stage.view.branches.size(), 1u + kVariations);
  std::set<std::uint64_t> seeds;
  for (int i = 1; i <= kVariations; ++i) {
    const BranchStarted& start = stage.view.branches[std::size_t(i)].start;
    EXPECT_EQ(start.fork, 4);
    EXPECT_EQ(start.pictures, std::vector<int>{1});
    seeds.insert(std::get<Resample>(start.begun).fork.edit.noise_seed);
  }
  EXPECT_EQ(seeds.size(), std::size_t(kVariations));
  EXPECT_EQ(stage.ui.noise, NoiseSource::kImplied);
}

TEST_F(Variations, BetweenTwoPicturesBeginWithBothAndTurnFromOneToTheOther) {
  go_to(stage.view, stage.ui, 0, 8, 0);
  Commands out;
  EXPECT_FALSE(can_go_between(stage.view, stage.ui, 0));
  EXPECT_FALSE(can_go_between(stage.view, stage.ui, 3));
  go_between(stage.view, stage.ui, 2, out);
  ASSERT_EQ(out.size(), 1u);
  const Sample sample = std::get<Sample>(out[0].command);
  EXPECT_EQ(sample.start->from, (NoiseOf{stage.ui.sample.seed, 0}));
  EXPECT_EQ(sample.start->to, (NoiseOf{stage.ui.sample.seed, 2}));
  EXPECT_EQ(sample.conditions.front(), Condition{0});
  EXPECT_EQ(sample.conditions.back(), Condition{2});
}

TEST_F(Variations, PruningKeepsFavouritesAndWhatTheyAreFrom) {
  fork(3);
  EXPECT_FALSE(can_prune(stage.view, stage.ui, 0));
  toggle_star(stage.view, stage.ui, 2);
  EXPECT_TRUE(has_favourites(stage.view, stage.ui, 0));
  Commands out;
  prune(stage.view, stage.ui, 0, out);
  const auto names = [&] {
    std::vector<BranchId> ids;
    for (const Branch* branch : tree_of(stage.view, stage.ui, 0)) ids.push_back(branch->start.id);
    return ids;
  };
  EXPECT_EQ(names(), (std::vector<BranchId>{0, 2}));
  EXPECT_FALSE(can_prune(stage.view, stage.ui, 0));
  undo(stage.view, stage.ui, out);
  EXPECT_EQ(names(), (std::vector<BranchId>{0, 1, 2, 3}));
  redo(stage.view, stage.ui, out);
  EXPECT_EQ(names(), (std::vector<BranchId>{0, 2}));
}

TEST(TradeOffAt, GoesStraightBetweenWhatWasMeasuredAndStaysBeyond) {
  const std::vector<TradeOff> table{{ChangeMethod::kFlow, 1, 0.1, 2, 1},
                                    {ChangeMethod::kSdedit, 2, 1, 100, 100},
                                    {ChangeMethod::kFlow, 4, 0.5, 6, 3}};
  EXPECT_FALSE(trade_off_at(table, ChangeMethod::kDdim, 2));
  EXPECT_DOUBLE_EQ(trade_off_at(table, ChangeMethod::kFlow, 2)->changed, 0.3);
  EXPECT_DOUBLE_EQ(trade_off_at(table, ChangeMethod::kFlow, 2)->change, 4);
  EXPECT_DOUBLE_EQ(trade_off_at(table, ChangeMethod::kFlow, 0.1)->changed, 0.1);
  EXPECT_DOUBLE_EQ(trade_off_at(table, ChangeMethod::kFlow, 40)->changed, 0.5);
}

}  // namespace
}  // namespace stepwise::app
