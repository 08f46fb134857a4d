// Pictures in and out of the whole window: what is saved, dropped and chosen.
#include <gmock/gmock.h>

#include "formats/safetensors.h"
#include "image/file.h"
#include "image/png.h"
#include "picture_bytes.h"
#include "temporary_folder.h"
#include "workspace_fixture.h"

namespace stepwise::app {
namespace {

using testing::HasSubstr;

class Files : public Workspace {
 protected:
  Files() { stage.ui.files.folder = folder.path().string(); }

  // The disk does what it was asked, and the worker what comes of it.
  void settle() {
    for (int i = 0; i < 4; ++i) {
      stage.frame();
      for (FileTask& task : std::exchange(stage.ui.files.tasks, {})) {
        Commands out;
        take_answer(perform(std::move(task)), stage.view, stage.ui, out);
        for (Request& request : out) stage.ask(std::move(request));
      }
    }
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      all.push_back(entry.path().filename().string());
    std::ranges::sort(all);
    return all;
  }
  ByteImage guess() const {
    const Playhead& at = stage.ui.playhead;
    return to_bytes(image_of(lookup(stage.view, at.branch, at.step, at.picture).guess));
  }

  const TemporaryFolder folder;
};

TEST_F(Files, CtrlSSavesThePictureUnderThePlayheadWithItsRecipeAndSaysWhere) {
  go_to(stage.view, stage.ui, 8);
  stage.key('S', true);
  settle();
  ASSERT_EQ(names().size(), 1u);
  const PictureFile saved = open_picture(folder / names()[0]);
  EXPECT_EQ(saved.pixels, rgba_of(guess()));
  const PictureRecipe recipe = recipe_of_text(saved.recipe, "a");
  EXPECT_EQ(recipe.step, 8);
  EXPECT_EQ(root_of(recipe).settings.count, 3);
  EXPECT_THAT(stage.ui.files.said, HasSubstr(names()[0]));
}

TEST_F(Files, NothingIsReplaced) {
  stage.key('S', true);
  settle();
  stage.key('S', true);
  settle();
  EXPECT_EQ(names().size(), 2u);
}

TEST_F(Files, APictureThatIsKeptToLearnFromLiesWithThoseOfItsClassAndTrainKnowsWhere) {
  ASSERT_EQ(::setenv("XDG_DATA_HOME", folder.path().c_str(), 1), 0);
  ModelOpened& model = stage.view.models.back();
  model.data = "clothes";
  model.class_names = {"dress", "coat/jacket", "hat"};
  for (const int picture : {0, 1}) {
    go_to(stage.view, stage.ui, 0, 8, picture);
    keep_to_learn_from(stage.view, stage.ui);
    settle();
  }
  const std::filesystem::path kept = folder / "stepwise/examples/clothes";
  EXPECT_EQ(stage.ui.train.data.more, kept.string());
  for (const char* name : {"dress", "1"}) {  // No folder can be called as the second class is.
    const std::filesystem::directory_iterator pictures(kept / name);
    ASSERT_EQ(std::distance(begin(pictures), end(pictures)), 1) << name;
  }
  EXPECT_EQ(open_picture(std::filesystem::directory_iterator(kept / "1")->path()).pixels,
            rgba_of(guess()));
}

TEST_F(Files, ARecipeNamesEachBranchThatThePictureCameThrough) {
  fork(2);
  go_to(stage.view, stage.ui, 2, 8, 0);
  const PictureRecipe recipe = recipe_here(stage.view, stage.ui, PictureKind::kPicture);
  ASSERT_EQ(recipe.branches.size(), 2u);
  EXPECT_EQ(recipe.branches[1].id, 2);
  EXPECT_NO_THROW(check(recipe));
}

TEST_F(Files, EveryKindOfPictureIsAFileThatCanBeRead) {
  for (const SaveKind kind :
       {SaveKind::kPicture, SaveKind::kSheet, SaveKind::kStrip, SaveKind::kAnimation})
    save_now(kind, stage.view, stage.ui);
  settle();
  ASSERT_EQ(names().size(), 4u);
  for (const std::string& name : names())
    EXPECT_GT(open_picture(folder / name).pixels.width, 0) << name;
}

TEST_F(Files, NumbersAreThePixelsAndTheLabels) {
  save_now(SaveKind::kNumbers, stage.view, stage.ui);
  settle();
  ASSERT_EQ(names().size(), 1u);
  const SafetensorsFile file(folder / names()[0]);
  EXPECT_EQ(file.tensors().at("images").shape, (std::vector<std::int64_t>{3, 1, 28, 28}));
  EXPECT_EQ(file.tensors().at("labels").shape, (std::vector<std::int64_t>{3}));
}

// The closed form lies in a folder called "model", wherever that is.
TEST_F(Files, APictureThatComesBackIsDrawnAgainAndThePixelsAreTheSame) {
  fork(1);
  go_to(stage.view, stage.ui, 1, 8, 0);
  stage.key('S', true);
  settle();
  const std::size_t before = stage.view.branches.size();
  const ByteImage drawn = guess();
  go_to(stage.view, stage.ui, 0, 2, 1);
  open_place((folder / names()[0]).string(), stage.ui);
  settle();
  EXPECT_EQ(stage.view.branches.size(), before + 2);
  EXPECT_THAT(stage.ui.files.said, HasSubstr("the same pixels"));
  EXPECT_EQ(stage.ui.playhead.step, 8);
  EXPECT_EQ(guess(), drawn);
}

TEST_F(Files, APictureOfTwoModelsIsDrawnAgainByTheirCombination) {
  const ModelId strong = stage.ui.model;
  stage.ask(OpenModel{"weak"});
  const ModelId weak = stage.view.models.back().id;
  stage.ask(Combine{{strong, weak}, Autoguidance{3}, "both"});
  const ModelId both = stage.ui.model = stage.view.models.back().id;
  stage.sample();
  go_to(stage.view, stage.ui, stage.view.branches.back().start.id, 8, 0);
  stage.key('S', true);
  settle();
  ASSERT_EQ(names().size(), 1u);
  const auto come_back = [&] {
    stage.ui.files.said.clear();
    open_place((folder / names()[0]).string(), stage.ui);
    settle();
    EXPECT_THAT(stage.ui.files.said, HasSubstr("the same pixels"));
  };
  come_back();
  EXPECT_EQ(stage.ui.model, both);  // It is open.
  stage.ask(CloseModel{both});
  come_back();
  EXPECT_NE(stage.ui.model, both);
  EXPECT_EQ(stage.view.models.back().name, "both");
  EXPECT_EQ(stage.view.models.size(), 3u);
}

TEST_F(Files, AChangedPixelIsToldOf) {
  stage.key('S', true);
  settle();
  PictureFile file = open_picture(folder / names()[0]);
  file.pixels.at(0, 0, 0) ^= 8;
  write_file(folder / names()[0], png_of(file.pixels, file.recipe));
  open_place((folder / names()[0]).string(), stage.ui);
  settle();
  EXPECT_THAT(stage.ui.files.said, HasSubstr("1 of 784 pixels differ, by at most 8"));
}

TEST_F(Files, APictureOfOthersIsShownAsTheModelTakesItAndBecomesTheStamp) {
  write_file(folder / "photo.jpg", jpeg_of(odd_picture(40, 60, 3)));
  open_place("file://" + folder.path().string() + "/photo%2ejpg", stage.ui);
  settle();
  ASSERT_TRUE(stage.ui.files.picture);
  EXPECT_EQ(stage.ui.files.picture->taken.height(), kClosedFormSide);
  EXPECT_EQ(stage.ui.files.picture->taken.channels(), 1);
  stage.gui.press("Paint with it", stage.draw(), "Picture");
  ASSERT_TRUE(stage.ui.source);
  EXPECT_EQ(stage.ui.source->picture.height, kClosedFormSide);
  EXPECT_FALSE(stage.ui.files.picture);
}

TEST_F(Files, ItIsLookedAtInTheLab) {
  write_file(folder / "own.png", png_of(odd_picture(28, 28, 1)));
  open_place((folder / "own.png").string(), stage.ui);
  settle();
  stage.gui.press("Look at it in the lab", stage.draw(), "Picture");
  EXPECT_EQ(stage.ui.workspace, "lab");
  EXPECT_EQ(to_bytes(image_of(lab_subject(stage.view, stage.ui).picture)), odd_picture(28, 28, 1));
}

TEST_F(Files, WhatCannotBeReadIsAnErrorInTheLog) {
  write_file(folder / "a.png", "no picture");
  open_place((folder / "a.png").string(), stage.ui);
  settle();
  ASSERT_FALSE(stage.view.log.empty());
  EXPECT_EQ(stage.view.log.back().level, LogLevel::kError);
  EXPECT_THAT(stage.view.log.back().text, HasSubstr("a.png"));
}

TEST_F(Files, TheChooserListsFoldersAndPicturesAndEnterSaves) {
  std::filesystem::create_directory(folder / "deep");
  write_file(folder / "a.txt", "text");
  write_file(folder / "b.png", png_of(odd_picture(3, 3, 1)));
  stage.key('S', true, true);
  settle();
  ASSERT_TRUE(stage.ui.files.chooser.listed);
  std::vector<std::string> listed;
  for (const FolderEntry& entry : stage.ui.files.chooser.listed->entries)
    listed.push_back(entry.name);
  EXPECT_EQ(listed, (std::vector<std::string>{"deep", "b.png"}));
  ImGui::ClearActiveID();  // The field that has the keys keeps what it was given.
  stage.ui.files.chooser.name = "mine";
  stage.gui.press("Save", stage.draw(), "###chooser");
  settle();
  EXPECT_TRUE(std::filesystem::exists(folder / "mine.png"));
  EXPECT_FALSE(stage.ui.files.chooser.open);
}

TEST_F(Files, EscClosesThePictureAndTheChooser) {
  begin_choosing(false, SaveKind::kPicture, stage.view, stage.ui);
  settle();
  stage.key(ImGuiKey_Escape);
  EXPECT_FALSE(stage.ui.files.chooser.open);
}

TEST(PlaceOf, APathAnAddressAndWhatAShellQuotes) {
  EXPECT_EQ(place_of("/a b\n"), "/a b");
  EXPECT_EQ(place_of("file:///a%20b"), "/a b");
  EXPECT_EQ(place_of("file://host/a%"), "/a%");
  EXPECT_EQ(place_of("'/a b'"), "/a b");
  EXPECT_EQ(place_of(""), "");
}

}  // namespace
}  // namespace stepwise::app
