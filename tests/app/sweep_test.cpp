#include "view/sweep.h"

#include <gtest/gtest.h>

namespace stepwise::app {
namespace {

class Obstacle : public testing::Test {
 protected:
  Obstacle() {
    model.id = 5;
    model.class_names = {"a", "b"};
    BranchStarted start;
    start.pictures = {0};
    start.conditions = {{1}};
    start.sigmas = {3, 2, 1, 0};
    Sample sample;
    sample.settings.steps = 3;
    start.begun = sample;
    start.model = 5;
    apply({kNoJob, start}, view);
  }
  std::string to(SweepKind kind) {
    view.models = {model};
    return obstacle_to_sweep(view, desk, kind);
  }
  ModelOpened model;
  View view;
  Desk desk;
};

TEST_F(Obstacle, ThereIsNoneWhereTheModelKnowsClassesAndOneWasAskedFor) {
  for (const SweepName& each : kSweeps)
    if (each.kind != SweepKind::kTraining) {  // That needs a run too.
      EXPECT_EQ(to(each.kind), "");
    }
}

TEST_F(Obstacle, WithoutClassesOnlySamplersCanBeCompared) {
  model.class_names.clear();
  EXPECT_NE(to(SweepKind::kGuidance), "");
  EXPECT_NE(to(SweepKind::kClasses), "");
  EXPECT_EQ(to(SweepKind::kSamplers), "");
}

TEST_F(Obstacle, GuidanceLeadsFromAPictureOfNoClassToOneThatWasAskedFor) {
  model.has_null_class = false;
  EXPECT_NE(to(SweepKind::kGuidance), "");
  EXPECT_EQ(to(SweepKind::kClasses), "");
  model.has_null_class = true;
  view.branches[0].start.conditions = {{}};
  EXPECT_NE(to(SweepKind::kGuidance), "");
}

TEST_F(Obstacle, AClosedModelCannotSampleAgain) {
  to(SweepKind::kClasses);
  view.models.clear();
  for (const SweepName& each : kSweeps) EXPECT_NE(obstacle_to_sweep(view, desk, each.kind), "");
}

}  // namespace
}  // namespace stepwise::app
