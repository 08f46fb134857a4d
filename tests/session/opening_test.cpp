// Opening as work among other work: how far it is, what goes on meanwhile, what waits for it, and
// what is left of one that is stopped.
#include <gmock/gmock.h>

#include "session/session_fixture.h"
#include "session/stepped_session.h"

namespace stepwise {
namespace {

using testing::ElementsAre;

// Models come in as many pieces as the folder's name says.
class OpeningTest : public SteppedSession {
 protected:
  OpeningTest() : SteppedSession(opening_of) {}

  static Opening opening_of(const std::filesystem::path& folder, torch::Device) {
    const auto left = std::make_shared<int>(std::stoi(folder.filename().string()));
    const double all = *left;
    return [=](const Emit& emit) -> std::optional<OpenedModel> {
      if (--*left == 0) return grey_model(folder);
      emit(Progress{1 - *left / all, "opening"});
      return {};
    };
  }

  static OpenedModel grey_model(const std::filesystem::path& folder) {
    Model model;
    const auto silent = [](const Tensor& x, const Tensor&, const Conditioning&) { return 0 * x; };
    model.classes = {2};
    model.shape = {1, 4, 4};
    OpenedModel opened;
    opened.folder.path = folder;
    opened.model = model_of(silent, std::move(model));
    return opened;
  }

  std::vector<double> fractions_of(JobId job) const {
    std::vector<double> fractions;
    for (const Progress& progress : told<Progress>(job)) fractions.push_back(progress.fraction);
    return fractions;
  }
  std::size_t place_of_end(JobId job) const {
    for (std::size_t i = 0; i < reports_.size(); ++i)
      if (reports_[i].job == job && std::holds_alternative<Finished>(reports_[i].event)) return i;
    return reports_.size();
  }
};

TEST_F(OpeningTest, TellsHowFarItIs) {
  const JobId open = ask(OpenModel{"4"});
  run();
  EXPECT_THAT(fractions_of(open), ElementsAre(0.25, 0.5, 0.75));
  EXPECT_EQ(told<ModelOpened>(open).size(), 1u);
  EXPECT_EQ(told<Finished>(open).size(), 1u);
}

TEST_F(OpeningTest, OfASmallModelIsOverWithTheFirstTurn) {
  const JobId open = ask(OpenModel{"1"});
  step();
  EXPECT_EQ(told<ModelOpened>(open).size(), 1u);
  EXPECT_EQ(told<Finished>(open).size(), 1u);
}

TEST_F(OpeningTest, OfALargeModelLetsSamplingGoOn) {
  const ModelId small = ask(OpenModel{"1"});
  const ModelId large = ask(OpenModel{"1000"});
  for (int i = 0; i < 5; ++i) step();
  const JobId sample = ask(Sample{small, few_steps(), in_turn()});
  for (int i = 0; i < 50; ++i) step();
  EXPECT_EQ(told<FrameReady>(sample).size(), 7u);
  EXPECT_EQ(told<Finished>(sample).size(), 1u);
  EXPECT_EQ(told<ModelOpened>(large).size(), 0u);
  run();
  EXPECT_EQ(told<ModelOpened>(large).size(), 1u);
}

TEST_F(OpeningTest, IsWaitedForByThoseWhoAskForTheModel) {
  const ModelId large = ask(OpenModel{"20"});
  const JobId sample = ask(Sample{large, few_steps(), in_turn()});
  const JobId draw = ask(Draw{large, few_steps(), in_turn()});
  const ModelId twice = ask(Combine{{large, large}, Autoguidance{}, "twice"});
  const JobId draw_twice = ask(Draw{twice, few_steps(), in_turn()});
  const JobId close = ask(CloseModel{large});
  run();
  EXPECT_EQ(told<FrameReady>(sample).size(), 7u);
  EXPECT_EQ(told<Drawn>(draw).size(), 1u);
  EXPECT_EQ(told<Drawn>(draw_twice).size(), 1u);
  EXPECT_EQ(told<ModelClosed>(close).size(), 1u);
  EXPECT_LT(place_of_end(large), place_of_end(sample));
}

TEST_F(OpeningTest, ThatIsStoppedLeavesWhatWasOpen) {
  const ModelId before = ask(OpenModel{"1"});
  const ModelId stopped = ask(OpenModel{"1000"});
  for (int i = 0; i < 5; ++i) step();
  ask(Cancel{stopped});
  run();
  ASSERT_EQ(told<Finished>(stopped).size(), 1u);
  EXPECT_TRUE(told<Finished>(stopped)[0].cancelled);
  EXPECT_EQ(told<ModelOpened>(stopped).size(), 0u);
  const JobId with_it = ask(Sample{stopped, few_steps(), in_turn()});
  const JobId with_other = ask(Sample{before, few_steps(), in_turn()});
  run();
  ASSERT_EQ(told<Failed>(with_it).size(), 1u);
  EXPECT_EQ(told<FrameReady>(with_other).size(), 7u);
}

TEST_F(OpeningTest, OfADataSetTellsHowFarItIsAndIsWaitedFor) {
  const TemporaryFolder folder;
  write_toy_data(folder);
  const JobId open = ask(OpenData{{folder.path().string()}});
  const JobId fetch = ask(FetchPicture{5});
  run();
  EXPECT_THAT(fractions_of(open), ElementsAre(0.8, 0.95));
  EXPECT_EQ(told<DataOpened>(open).size(), 1u);
  EXPECT_EQ(told<PictureFetched>(fetch).size(), 1u);
}

TEST_F(OpeningTest, OfADataSetThatIsStoppedLeavesTheOneThatWasOpen) {
  const TemporaryFolder first, second;
  write_toy_data(first);
  write_toy_data(second);
  ask(OpenData{{first.path().string()}});
  run();
  const JobId stopped = ask(OpenData{{second.path().string()}});
  step();
  ask(Cancel{stopped});
  const JobId fetch = ask(FetchPicture{5});
  const JobId again = ask(OpenData{{first.path().string()}});
  run();
  EXPECT_EQ(told<DataOpened>(stopped).size(), 0u);
  EXPECT_EQ(told<PictureFetched>(fetch).size(), 1u);
  EXPECT_TRUE(fractions_of(again).empty());  // It was still open.
}

TEST_F(OpeningTest, OfSeveralDataSetsLeavesTheNewest) {
  const TemporaryFolder first, second;
  write_toy_data(first);
  write_toy_data(second);
  ask(OpenData{{first.path().string()}});
  const JobId newest = ask(OpenData{{second.path().string()}});
  run();
  std::vector<JobId> opened;
  for (const Report& report : reports_)
    if (std::holds_alternative<DataOpened>(report.event)) opened.push_back(report.job);
  ASSERT_EQ(opened.size(), 2u);
  EXPECT_EQ(opened.back(), newest);
}

}  // namespace
}  // namespace stepwise
