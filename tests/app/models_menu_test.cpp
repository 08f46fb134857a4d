// The list of models: those that are open, the shipped one and those opened before.
#include <gmock/gmock.h>

#include "panel_fixture.h"
#include "panels/panels.h"
#include "panels/ui_file.h"

namespace stepwise::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ModelOpened model_in(const std::filesystem::path& folder, ModelId id = 1) {
  ModelOpened model;
  model.id = id;
  model.folder = folder;
  model.name = "a model";
  return model;
}

class ModelsMenu : public PanelTest {
 protected:
  // In the list, which is opened first.
  void press(const char* label) {
    bool opened = false;
    const auto draw = [&] {
      if (!std::exchange(opened, true)) ImGui::OpenPopup(kModelsMenu);
      models_menu(view, ui, out, {0, 0});
    };
    gui.press(label, draw, "Popup");
  }
  // The folder that was asked for last; empty: none.
  std::filesystem::path asked() const {
    return out.empty() ? "" : std::get<OpenModel>(out.back().command).folder;
  }
};

TEST_F(ModelsMenu, MakesModelsOfTheDataSetThatIsOpenOnce) {
  press("Combine ...");
  EXPECT_THAT(out, IsEmpty());  // Without a data set there is nothing to make them of.
  view.data.emplace().name = "bars";
  press("Gaussian");
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(std::get<OpenTeacher>(out.back().command).teacher, Teacher::kGaussian);
  begin_job(out.back(), view);
  ModelOpened made = model_in("", out.back().id);
  apply({made.id, made}, view);
  press("Gaussian");
  EXPECT_EQ(out.size(), 1u);
}

TEST_F(ModelsMenu, OpensTheShippedModelAndThoseOpenedBefore) {
  ui.models.shipped = "/assets/clothes";
  ui.models.recent = {"/models/mine", "/models/other/"};
  press("clothes##/assets/clothes");
  EXPECT_EQ(asked(), "/assets/clothes");
  press("other##/models/other/");
  EXPECT_EQ(asked(), "/models/other/");
  press("mine##/models/mine");
  EXPECT_EQ(asked(), "/models/mine");
  EXPECT_EQ(out.size(), 3u);
}

TEST_F(ModelsMenu, ListsAModelThatIsOpenOnlyAsOneThatIsOpen) {
  ui.models.shipped = "/assets/clothes";
  ui.models.recent = {"/models/mine"};
  apply({kNoJob, model_in("/models/mine/", 1)}, view);
  apply({kNoJob, model_in("/assets/../assets/clothes", 2)}, view);
  press("mine##/models/mine");
  press("clothes##/assets/clothes");
  EXPECT_THAT(out, IsEmpty());
  press("a model##2");
  EXPECT_EQ(ui.model, 2u);
}

TEST(RecentModels, AreTheLastEightFoldersNewestFirstEachOnce) {
  ModelsUi ui;
  for (int i = 0; i < 10; ++i) remember_model(model_in(text_of("/models/", i)), ui);
  EXPECT_EQ(ui.recent.size(), kMostRecent);
  remember_model(model_in("/models/5/"), ui);
  EXPECT_THAT(ui.recent, ElementsAre("/models/5", "/models/9", "/models/8", "/models/7",
                                     "/models/6", "/models/4", "/models/3", "/models/2"));
}

TEST(RecentModels, AreNoneInTrainingNoneCombinedAndNotTheShippedOne) {
  ModelsUi ui;
  ui.shipped = "/assets/clothes";
  ModelOpened run = model_in("/runs/1");
  run.live = true;
  remember_model(run, ui);
  remember_model(model_in(""), ui);
  remember_model(model_in("/assets/clothes/"), ui);
  EXPECT_THAT(ui.recent, IsEmpty());
}

TEST(RecentModels, AreRememberedBetweenLaunches) {
  Ui ui;
  ui.models.recent = {"/models/mine", "/models/other"};
  Ui again;
  restore(to_json(ui), again);
  EXPECT_EQ(again.models.recent, ui.models.recent);
}

}  // namespace
}  // namespace stepwise::app
