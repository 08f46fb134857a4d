// Trees that begin with pictures and masks of what would change, as a session is asked for them.
#include <gmock/gmock.h>

#include "session/session_fixture.h"
#include "session/stepped_session.h"

namespace stepwise {
namespace {

using testing::HasSubstr;

// The class brightens one row.
OpenedModel row_model(const std::filesystem::path& folder) {
  Model model;
  model.unclamped = [](const std::vector<Condition>& asked, const SampleSettings&) -> Denoise {
    return [=](const Tensor& x, double sigma) {
      if (sigma == 0) return Guess(x);
      Tensor guess = x / (1 + sigma * sigma);
      for (std::size_t i = 0; i < asked.size(); ++i)
        guess[std::int64_t(i)][0][asked[i].label.value_or(0)] += 0.3;
      return Guess(guess);
    };
  };
  model.classes = {2};
  model.shape = {1, kSide, kSide};
  return opened_from(folder, std::move(model));
}

class StartJob : public SteppedSession {
 protected:
  StartJob() : SteppedSession(row_model) { picture_.at(3, 3) = 0.5f; }

  JobId begin(StartKind kind, const Image& picture) {
    Sample sample{model_, few_steps(), in_turn()};
    sample.start.emplace();
    sample.start->kind = kind;
    sample.start->picture = picture;
    sample.start->sigma = 1000;
    sample.start->source = {0};
    const JobId job = ask(sample);
    run();
    return job;
  }

  Image picture_ = Image(kSide, kSide, 1, -0.5f);
  const ModelId model_ = ask(OpenModel{"model"});
};

TEST_F(StartJob, BeginsWithThePictureAndSaysHow) {
  for (const StartKind kind :
       {StartKind::kSdedit, StartKind::kEditFriendly, StartKind::kDdim, StartKind::kFlow}) {
    const JobId job = begin(kind, picture_);
    ASSERT_EQ(told<BranchStarted>(job).size(), 1u) << id_of(kind);
    const BranchStarted start = told<BranchStarted>(job)[0];
    EXPECT_EQ(std::get<Sample>(start.begun).start->picture, picture_);
    EXPECT_EQ(told<FrameReady>(job).size(), start.sigmas.size());
    EXPECT_FALSE(told<Finished>(job).at(0).cancelled);
  }
}

TEST_F(StartJob, OpenedItEndsAsThePicture) {
  const BranchId branch = told<BranchStarted>(begin(StartKind::kEditFriendly, picture_)).at(0).id;
  const JobId fetch = ask(FetchFrame{branch, 6});
  run();
  EXPECT_EQ(told<FrameFetched>(fetch).at(0).noisy.image(2), picture_);
}

TEST_F(StartJob, TracingBackTellsHowFarItIs) {
  const JobId job = begin(StartKind::kDdim, picture_);
  EXPECT_GE(told<Progress>(job).size(), 3u);
}

TEST_F(StartJob, OfAPictureThatDoesNotFitIsRefused) {
  const JobId job = begin(StartKind::kSdedit, Image(3, 3, 1));
  EXPECT_THAT(told<Failed>(job).at(0).message, HasSubstr("Bring it to that size"));
  EXPECT_TRUE(told<BranchStarted>(job).empty());
}

TEST_F(StartJob, AMaskIsFoundWhereTheClassesDiffer) {
  FindMask asked{.model = model_, .picture = picture_, .source = {0}, .target = {1}, .search = {}};
  asked.search.grow = 0;
  const JobId job = ask(asked);
  run();
  const Image mask = told<MaskFound>(job).at(0).mask;
  for (int y = 0; y < kSide; ++y) EXPECT_EQ(mask.at(y, 4), y < 2 ? 1 : 0) << y;
}

TEST_F(StartJob, OnlyTheNewestSearchIsAnswered) {
  const FindMask asked{
      .model = model_, .picture = picture_, .source = {0}, .target = {1}, .search = {}};
  const JobId first = ask(asked), second = ask(asked);
  run();
  EXPECT_TRUE(told<MaskFound>(first).empty());
  EXPECT_EQ(told<MaskFound>(second).size(), 1u);
}

}  // namespace
}  // namespace stepwise
