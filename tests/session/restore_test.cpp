// Branches of one session that are begun again in another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "image/file.h"
#include "image/sha256.h"
#include "session/opened_model.h"
#include "session/stepped_session.h"
#include "strokes.h"

namespace stepwise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path kModel =
    std::filesystem::path(STEPWISE_TEST_DATA) / "unets/p1_gray28_attn";

class RestoreTest : public SteppedSession {
 protected:
  RestoreTest() : SteppedSession(opening_of), model_(ask(OpenModel{kModel})) { run(); }

  static SampleSettings settings() {
    SampleSettings settings;
    settings.count = 3;
    settings.steps = 4;
    settings.sampler = SamplerKind::kEulerAncestral;
    return settings;
  }
  PastBranch root(BranchId id, int until = -1) const {
    return {id, Sample{model_, settings(), std::vector<Condition>(3), until}};
  }
  PastBranch fork(BranchId id, BranchId parent, int step, int picture) const {
    Edit edit;
    edit.branch = parent;
    edit.step = step;
    edit.picture = picture;
    edit.noise = NoiseSource::kFresh;
    edit.noise_seed = std::uint64_t(id);
    edit.layers = {flood(0.5f)};
    return {id, Resample{{model_, edit, settings(), {}}}};
  }
  // Fingerprints of the finished pictures of each branch.
  std::map<BranchId, std::string> fingerprints(JobId job) const {
    std::map<BranchId, std::string> all;
    for (const FrameReady& frame : told<FrameReady>(job))
      if (!frame.sha256.empty()) all[frame.branch] = frame.sha256;
    return all;
  }
  std::vector<BranchId> begun(JobId job) const {
    std::vector<BranchId> ids;
    for (const BranchStarted& start : told<BranchStarted>(job)) ids.push_back(start.id);
    return ids;
  }

  const ModelId model_;
};

TEST_F(RestoreTest, WhatWasAskedForOneByOneComesOutTheSameWhenItIsBroughtBack) {
  std::vector<PastBranch> past;
  std::map<BranchId, std::string> pictures;
  const auto again = [&](PastBranch branch) {
    const JobId job = std::visit([&](auto& c) { return ask(c); }, branch.begun);
    run();
    const BranchStarted start = told<BranchStarted>(job).at(0);
    pictures.merge(fingerprints(job));
    past.push_back({start.id, start.begun});
  };
  again(root(0));
  again(fork(1, 0, 2, 1));
  again(fork(2, 1, 3, 1));
  again(root(3));
  again(fork(4, 3, 0, 2));
  ASSERT_EQ(pictures.size(), 5u);

  Session fresh({"cpu", 1, {}}, opening_of);
  std::vector<Report> reports;
  const Send send = [&](Report report) { reports.push_back(std::move(report)); };
  const Request open = OpenModel{kModel};
  fresh.handle(open, send);
  for (PastBranch& branch : past)
    std::visit(
        [&]<class C>(C& c) {
          if constexpr (std::is_same_v<C, Sample>)
            c.model = open.id;
          else
            c.fork.model = open.id;
        },
        branch.begun);
  fresh.handle(Restore{past, 5}, send);
  while (fresh.step(send)) continue;
  std::map<BranchId, std::string> replayed;
  for (const Report& report : reports)
    if (const auto* frame = std::get_if<FrameReady>(&report.event); frame && !frame->sha256.empty())
      replayed[frame->branch] = frame->sha256;
  EXPECT_EQ(replayed, pictures);
}

TEST_F(RestoreTest, BranchesAreCalledAsTheyWereAndOthersNeverSo) {
  const JobId restored = ask(Restore{{root(4), fork(7, 4, 1, 0)}, 20});
  const JobId other = ask(Sample{model_, settings(), std::vector<Condition>(3)});
  run();
  EXPECT_THAT(begun(restored), ElementsAre(4, 7));
  EXPECT_THAT(begun(other), ElementsAre(20));
}

TEST_F(RestoreTest, ABranchRunsAsFarAsItDid) {
  const JobId job = ask(Restore{{root(0, 2), fork(1, 0, 1, 0)}, 2});
  run();
  EXPECT_THAT(told<Warning>(job), IsEmpty());
  int newest = 0;
  for (const FrameReady& frame : told<FrameReady>(job))
    if (frame.branch == 0) newest = frame.step;
  EXPECT_EQ(newest, 2);
}

TEST_F(RestoreTest, WhatCannotBeBegunIsToldOfOnceAndTheOthersComeBack) {
  PastBranch lost = root(0);
  std::get<Sample>(lost.begun).model = 999999;
  const JobId job = ask(Restore{{lost, fork(1, 0, 1, 0), fork(2, 1, 2, 0), root(3)}, 4});
  run();
  EXPECT_THAT(begun(job), ElementsAre(3));
  ASSERT_EQ(told<Warning>(job).size(), 1u);
  EXPECT_THAT(told<Warning>(job)[0].text, HasSubstr("Branch 0 does not come back"));
  EXPECT_EQ(told<Finished>(job).size(), 1u);
}

TEST_F(RestoreTest, AnIdThatIsTakenIsNotGivenTwice) {
  const JobId job = ask(Restore{{root(5), root(5), fork(3, 5, 1, 0)}, 6});
  run();
  EXPECT_THAT(begun(job), ElementsAre(5));
  ASSERT_EQ(told<Warning>(job).size(), 2u);
  EXPECT_THAT(told<Warning>(job)[0].text, HasSubstr("There is a branch 5 already"));
  EXPECT_THAT(told<Warning>(job)[1].text, HasSubstr("would be older"));
}

TEST_F(RestoreTest, WeightsAreKnownByTheFingerprintOfTheirFile) {
  const JobId job = ask(IdentifyModel{model_});
  run();
  ASSERT_EQ(told<ModelIdentified>(job).size(), 1u);
  EXPECT_EQ(told<ModelIdentified>(job)[0].sha256,
            sha256(read_file(kModel / "unet/diffusion_pytorch_model.safetensors")));
}

}  // namespace
}  // namespace stepwise
