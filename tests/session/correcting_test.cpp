// A data set that is looked through and corrected by hand, and what learns from it.
#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>

#include "data/corrections.h"
#include "data/identity.h"
#include "session/session_fixture.h"
#include "session/stepped_session.h"
#include "training/marks.h"
#include "training/run_head.h"

namespace stepwise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kGreys = 12;  // To train on; the first half is dark.

// Of all pixels of a picture. The steps from one to the next grow: no two are equally far from one.
int brightness(int i) { return (i < kGreys / 2 ? 0 : 130) + i * i; }

void write_greys(const TemporaryFolder& folder) {
  std::vector<int> labels;
  std::string pixels;
  for (int i = 0; i < kGreys; ++i) {
    labels.push_back(i >= kGreys / 2);
    pixels += std::string(kSide * kSide, char(brightness(i)));
  }
  put_data(folder.path(), kSide, labels, pixels);
  put(folder / "classes.txt", "dark\nbright\n");
}

// Knows how bright either class is.
OpenedModel model_of_greys(const std::filesystem::path& folder) {
  Model model;
  model.unclamped = [](const std::vector<Condition>& told, const SampleSettings&) -> Denoise {
    return [=](const Tensor& x, double sigma) {
      Tensor mean = torch::full({x.size(0), 1, 1, 1}, -0.2);
      for (int i = 0; i < int(told.size()); ++i)
        if (const auto label = told[std::size_t(i)].label) mean[i].fill_(*label ? 0.65 : -0.92);
      const double variance = 0.04;
      return Guess(mean + (x - mean) * variance / (variance + sigma * sigma));
    };
  };
  model.classes = {2};
  model.shape = {1, kSide, kSide};
  OpenedModel opened = opened_from(folder, std::move(model));
  opened.announcement.name = "greys";
  opened.announcement.class_names = {"dark", "bright"};
  return opened;
}

class Correcting : public SteppedSession {
 protected:
  Correcting() : SteppedSession(model_of_greys) {
    ::setenv("XDG_DATA_HOME", home_.path().c_str(), 1);
    write_greys(data_);
    source_.place = data_.path().string();
    source_.by_hand = true;
    open_ = ask(OpenData{source_});
    run();
  }
  ~Correcting() override { ::unsetenv("XDG_DATA_HOME"); }

  // The failure; empty where there was none.
  std::string correct(std::vector<Correction> changes) {
    const JobId job = ask(Correct{open_, std::move(changes)});
    run();
    const auto failed = told<Failed>(job);
    return failed.empty() ? "" : failed[0].message;
  }
  // The first that the job tells of.
  template <class T>
  T next(JobId job) {
    while (told<T>(job).empty() && step()) continue;
    return told<T>(job).at(0);
  }
  static Corrections corrections_in(const std::filesystem::path& file) {
    return head_of(SafetensorsFile(file)).data.source.value().corrections;
  }
  DataBrowsed browse(const BrowseData& asked) {
    const JobId job = ask(asked);
    run();
    const auto pages = told<DataBrowsed>(job);
    EXPECT_EQ(pages.size(), 1u);
    return pages.empty() ? DataBrowsed{} : pages[0];
  }
  ModelId open_model() {
    const ModelId model = ask(OpenModel{"greys"});
    run();
    return model;
  }
  CaptionsReviewed review(ModelId model) {
    const JobId job = ask(ReviewCaptions{.model = model, .count = kGreys});
    run();
    return told<CaptionsReviewed>(job).at(0);
  }
  int nearest_to(ModelId model, int picture) {
    const Dataset data = open_dataset(source_.place);
    const JobId job = ask(Inspect{
        .model = model, .picture = image_of(data.train, picture), .condition = {}, .sigma = 0.01});
    run();
    return told<Inspected>(job).at(0).nearest;
  }
  std::filesystem::path file() const {
    return corrections_folder() / (identity_of(open_dataset(source_.place)) + ".json");
  }

  TemporaryFolder data_, home_;
  DataSource source_;
  JobId open_ = kNoJob;
};

TEST_F(Correcting, PagesAreOfTheClassesThatTheFilesSay) {
  EXPECT_EQ(correct({{.index = 7, .label = 0}}), "");
  const DataBrowsed page = browse({.label = 1, .first = 1, .count = 3});
  EXPECT_EQ(page.total, kGreys / 2);
  EXPECT_THAT(page.indices, ElementsAre(7, 8, 9));
  EXPECT_THAT(page.labels, ElementsAre(1, 1, 1));
  EXPECT_TRUE(page.distances.empty());
  ASSERT_EQ(page.pictures.count, 3);
  for (int k = 0; k < 3; ++k)
    EXPECT_EQ(page.pictures.pixels[std::size_t(k * kSide * kSide)], brightness(7 + k));
}

TEST_F(Correcting, BehindTheLastPageThereIsNothing) {
  const DataBrowsed page = browse({.first = kGreys, .count = 5});
  EXPECT_EQ(page.total, kGreys);
  EXPECT_TRUE(page.indices.empty());
  EXPECT_EQ(page.pictures.count, 0);
  EXPECT_THAT(browse({.first = kGreys - 2, .count = 5}).indices, ElementsAre(10, 11));
}

TEST_F(Correcting, TheNearestComeInTheOrderOfTheirDistance) {
  const DataBrowsed page = browse({.nearest_to = 4, .first = 0, .count = 5});
  EXPECT_EQ(page.total, kGreys);
  EXPECT_THAT(page.indices, ElementsAre(4, 3, 5, 2, 1));
  for (std::size_t k = 0; k < 5; ++k) {
    const double steps = std::abs(brightness(page.indices[k]) - brightness(4));
    EXPECT_NEAR(page.distances[k], steps / 127.5, 1e-6);
  }
}

TEST_F(Correcting, OnlyTheNewestPageIsToldWhereNearestOnesAreAskedFor) {
  const JobId first = ask(BrowseData{.nearest_to = 4}), second = ask(BrowseData{.nearest_to = 5});
  run();
  EXPECT_TRUE(told<DataBrowsed>(first).empty());
  EXPECT_EQ(told<DataBrowsed>(second).size(), 1u);
}

TEST_F(Correcting, IsKeptForTheDataSetAndIsThereWhenItIsOpenedAgain) {
  EXPECT_EQ(correct({{.index = 1, .label = 1}, {.index = 9, .left_out = true}}), "");
  EXPECT_EQ(correct({{.index = 2, .label = 1}}), "");
  EXPECT_EQ(correct({{.index = 1, .label = 0}}), "");  // As its files say.
  const Dataset again = open_dataset(source_);
  EXPECT_EQ(again.left_out, std::vector{9});
  EXPECT_EQ(again.train.labels[1], 0);
  EXPECT_EQ(again.train.labels[2], 1);
  const DataBrowsed page = browse({.corrected = true});
  EXPECT_THAT(page.indices, ElementsAre(2, 9));
  EXPECT_THAT(page.labels, ElementsAre(0, 1));
  const JobId open = ask(OpenData{source_});
  run();
  EXPECT_EQ(told<DataOpened>(open).at(0).corrections, again.source.corrections);
}

TEST_F(Correcting, TellsHowItIsAlsoWhereItCouldNotBeDone) {
  EXPECT_EQ(correct({{.index = 1, .label = 1}}), "");
  const JobId wrong = ask(Correct{open_, {{.index = 2, .label = 7}}});
  run();
  EXPECT_EQ(told<Failed>(wrong).size(), 1u);
  EXPECT_THAT(told<DataCorrected>(wrong).at(0).corrections.pictures,
              ElementsAre(Correction{.index = 1, .label = 1}));
}

TEST_F(Correcting, WhatCannotBeIsRefusedAndNothingIsWritten) {
  EXPECT_THAT(correct({{.index = kGreys, .label = 1}}), HasSubstr("no training picture 12"));
  EXPECT_THAT(correct({{.index = 1, .label = 2}}), HasSubstr("class 2"));
  EXPECT_FALSE(std::filesystem::exists(file()));
  EXPECT_EQ(browse({.corrected = true}).total, 0);
}

TEST_F(Correcting, OfADataSetThatIsNotOpenAnyMoreDoesNothing) {
  const TemporaryFolder other;
  write_toy_data(other);
  ask(OpenData{{.place = other.path().string()}});
  run();
  EXPECT_THAT(correct({{.index = 1, .label = 1}}), HasSubstr("not open any more"));
}

TEST_F(Correcting, AFileThatIsDamagedIsLeftAlone) {
  EXPECT_EQ(correct({{.index = 1, .label = 1}}), "");
  std::ofstream(file()) << "{\"pictures\": [";
  EXPECT_THAT(correct({{.index = 2, .label = 1}}), HasSubstr("move it away"));
  std::string left;
  std::getline(std::ifstream(file()), left);
  EXPECT_EQ(left, "{\"pictures\": [");
}

TEST_F(Correcting, AReviewIsOfTheCaptionsAsTheyAreNow) {
  const ModelId model = open_model();
  EXPECT_EQ(review(model).review.disputed, 0);
  EXPECT_EQ(correct({{.index = 2, .label = 1}}), "");  // It is dark.
  const CaptionsReviewed found = review(model);
  EXPECT_EQ(found.data, open_);
  ASSERT_EQ(found.review.doubts.size(), 1u);
  const Doubt& doubt = found.review.doubts[0];
  EXPECT_EQ(doubt.index, 2);
  EXPECT_EQ(doubt.told, 1);
  EXPECT_EQ(correct({{.index = doubt.index, .label = doubt.believed}}), "");
  EXPECT_EQ(review(model).review.disputed, 0);
}

TEST_F(Correcting, WhatIsLeftOutIsNotRememberedByTheIdealDenoiser) {
  const ModelId model = open_model();
  EXPECT_EQ(nearest_to(model, 4), 4);
  EXPECT_EQ(correct({{.index = 4, .left_out = true}}), "");
  EXPECT_EQ(nearest_to(model, 4), 3);
  EXPECT_EQ(correct({{.index = 4}}), "");
  EXPECT_EQ(nearest_to(model, 4), 4);
}

TEST_F(Correcting, TheNextRunLearnsFromItAndSaysSo) {
  EXPECT_EQ(correct({{.index = 2, .label = 1}, {.index = 9, .left_out = true}}), "");
  Train train;
  train.recipe.channels = {8, 16};
  train.recipe.batch = 4;
  train.recipe.budget = {0, 1};
  train.data = source_;
  train.out = home_ / "run";
  const JobId job = ask(train);
  run();
  ASSERT_EQ(told<TrainingDone>(job).size(), 1u);
  EXPECT_EQ(correct({{.index = 5, .label = 1}}), "");  // For later ones.
  const DataRecord record = head_of(SafetensorsFile(run_file(train.out))).data;
  ASSERT_TRUE(record.source);
  const Corrections& learned = record.source->corrections;
  EXPECT_THAT(learned.pictures, ElementsAre(Correction{.index = 2, .label = 1},
                                            Correction{.index = 9, .left_out = true}));
  const Dataset as_then = open_dataset(*record.source);
  EXPECT_EQ(as_then.left_out, std::vector{9});
  EXPECT_EQ(as_then.train.labels[2], 1);
  EXPECT_EQ(as_then.train.labels[5], 0);
}

TEST_F(Correcting, ARunInTrainingLearnsFromItBehindAMarkOfHowItWas) {
  Train train;
  train.recipe.channels = {8, 16};
  train.recipe.batch = 4;
  train.recipe.budget = {0, 1'000'000};
  train.data = source_;
  train.out = home_ / "run";
  const JobId job = ask(train);
  const TrainingStarted started = next<TrainingStarted>(job);
  EXPECT_TRUE(started.files);
  EXPECT_EQ(started.files, told<DataOpened>(open_).at(0).files);
  while (told<TrainingProgress>(job).back().step == 0) ASSERT_TRUE(step());
  const JobId asked =
      ask(Correct{open_, {{.index = 2, .label = 1}, {.index = 9, .left_out = true}}});
  const Corrections now = next<DataCorrected>(asked).corrections;
  ask(ChangeTraining{.run = job, .corrections = now});
  const TrainingMarked marked = next<TrainingMarked>(job);
  EXPECT_EQ(marked.corrections, now);
  ASSERT_EQ(marked.marks.size(), 1u);
  EXPECT_EQ(marked.marks[0].change, "1 relabelled, 1 left out");
  ask(Cancel{job});
  run();
  EXPECT_EQ(corrections_in(run_file(train.out)), now);
  EXPECT_EQ(corrections_in(marked.marks[0].file), Corrections{});

  Train again;
  again.data.place.clear();
  again.resume = train.out;
  const JobId resumed = ask(again);
  EXPECT_EQ(next<TrainingStarted>(resumed).corrections, now);
  ask(Cancel{resumed});
  run();
  again.at = marked.marks[0].step;
  again.out = home_ / "other";
  const JobId other = ask(again);
  EXPECT_EQ(next<TrainingStarted>(other).corrections, Corrections{});
  ask(Cancel{other});
  run();
}

}  // namespace
}  // namespace stepwise
