#include "view/swept_models.h"

#include <gmock/gmock.h>

#include "view/sweep.h"

namespace stepwise::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Two clocks: trees 1 and 2 by the marks 11 and 12, tree 3 by the run itself, 10. Tree 0 was there
// before.
class SweptModels : public testing::Test {
 protected:
  SweptModels() {
    for (const ModelId id : {10, 11, 12}) {
      ModelOpened model;
      model.id = id;
      apply({kNoJob, model}, view);
    }
    desk.model = 10;
    desk.beside = {11, 12};
    for (const auto& [root, model] :
         {std::pair<BranchId, ModelId>{0, 10}, {1, 11}, {2, 12}, {3, 10}})
      add_branch(root, -1, model);
    desk.sweeps = {{"Two clocks", {{"a", "", 1, 1}, {"b", "", 2, 2}, {"c", "", 3, 3}}, 0, true}};
    desk.sweep = 0;
    desk.playhead.branch = 3;
  }

  void add_branch(BranchId id, BranchId parent, ModelId model) {
    BranchStarted start;
    start.id = id;
    start.parent = parent;
    start.pictures = {0};
    start.conditions = {{}};
    start.sigmas = {2, 1, 0};
    start.model = model;
    apply({kNoJob, start}, view);
    desk.history.mend().after.newest = id;
  }
  std::vector<ModelId> closed() {
    Commands out;
    close_swept_models(view, desk, out);
    std::vector<ModelId> models;
    for (const Request& request : out)
      models.push_back(std::get<CloseModel>(request.command).model);
    return models;
  }

  View view;
  Desk desk;
};

TEST_F(SweptModels, StayWhileTheirSweepIsSeenAndGoWhenItIsClosed) {
  EXPECT_THAT(closed(), IsEmpty());
  close_sweep(desk);
  EXPECT_THAT(closed(), ElementsAre(11, 12));
  EXPECT_THAT(closed(), IsEmpty());  // Not twice.
}

TEST_F(SweptModels, GoWhenAnotherSweepTakesTheirPlaceButForThoseThatItDrawsWith) {
  add_branch(4, -1, 12);
  desk.sweeps.push_back({"Two clocks", {{"b", "", 4, 4}}, 0, true});
  desk.sweep = 1;
  EXPECT_THAT(closed(), ElementsAre(11));
  close_sweep(desk);
  EXPECT_THAT(closed(), ElementsAre(12));
}

TEST_F(SweptModels, OfWhatElseIsDrawnWithOneItStays) {
  close_sweep(desk);
  add_branch(4, -1, 11);  // Another tree,
  add_branch(5, 2, 12);   // and an edit.
  EXPECT_THAT(closed(), IsEmpty());
}

TEST_F(SweptModels, ChosenByHandStayForGood) {
  close_sweep(desk);
  desk.model = 12;
  EXPECT_THAT(closed(), ElementsAre(11));
  desk.model = 10;
  EXPECT_THAT(closed(), IsEmpty());
}

TEST_F(SweptModels, StayWhileAPictureThatWasPressedAmongThemIsLookedAt) {
  desk.playhead.branch = 1;
  visit_from_sweep(desk);
  EXPECT_THAT(closed(), IsEmpty());  // So that they can be combined.
  desk.playhead.branch = 0;
  EXPECT_THAT(closed(), ElementsAre(11, 12));
}

TEST_F(SweptModels, ThatOfThePictureUnderThePlayheadStays) {
  desk.playhead.branch = 1;
  close_sweep(desk);
  EXPECT_THAT(closed(), ElementsAre(12));
  desk.playhead.branch = 0;
  EXPECT_THAT(closed(), ElementsAre(11));
}

TEST_F(SweptModels, WaitForAllWorkButTheRun) {
  close_sweep(desk);
  view.training.job = 10;
  begin_job(JobId{10}, view);
  begin_job(JobId{20}, view);
  EXPECT_THAT(closed(), IsEmpty());
  apply({20, Finished{}}, view);
  EXPECT_THAT(closed(), ElementsAre(11, 12));
}

TEST_F(SweptModels, ThatCouldNotBeOpenedAreForgotten) {
  close_sweep(desk);
  desk.beside = {99};
  EXPECT_THAT(closed(), IsEmpty());
  EXPECT_TRUE(desk.beside.empty());
}

}  // namespace
}  // namespace stepwise::app
