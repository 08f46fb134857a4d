// stepwise replay: a session file is drawn again, and judged by the fingerprints it was saved with.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "engine/session_json.h"
#include "image/file.h"
#include "model_file.h"
#include "strokes.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class ReplayCommand : public testing::Test {
 protected:
  ReplayCommand() {
    copy_model(folder / "model");
    session.models = {{"model", folder / "model", {}, {}}};
    SampleSettings settings;
    settings.count = 2;
    settings.steps = 3;
    session.branches = {{0, Sample{1, settings, std::vector<Condition>(2)}, {}},
                        {1, Sample{1, settings, std::vector<Condition>(2), 1}, {}}};
    for (BranchId id = 2; id < 6; ++id) {
      Edit edit;
      edit.branch = id == 3 ? 2 : 0;  // Picture 1 is that of the fork itself.
      edit.step = 1;
      edit.picture = 1;
      edit.noise = id % 2 == 0 ? NoiseSource::kFresh : NoiseSource::kImplied;
      edit.layers = {{Everywhere{}, Stamp{Image(2, 2, 1, 0.1f * float(id)), 1, 3}},
                     {dot(2, 2), Lock{}}};
      session.branches.push_back({id, Resample{{1, edit, settings, {}}}, {}});
    }
  }

  Outcome replay(std::vector<std::string> more = {}) {
    write_file(file, encode_session(value_of(session)));
    more.insert(more.begin(), {"replay", file.string(), "--threads", "1"});
    return run_program(more);
  }
  // Gives each branch the fingerprint with which it comes out.
  void take_fingerprints() {
    const Outcome outcome = replay({"--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.said;
    const auto said = nlohmann::json::parse(outcome.said.substr(outcome.said.find('{')));
    for (std::size_t i = 0; i < session.branches.size(); ++i)
      session.branches[i].sha256 = said.at("branches").at(i).at("sha256");
  }

  const TemporaryFolder folder;
  const fs::path file = folder / "a.stepwise";
  SavedSession session;
};

TEST_F(ReplayCommand, FiveFinishedBranchesComeOutTheSameToTheLastBit) {
  take_fingerprints();
  EXPECT_TRUE(session.branches[1].sha256.empty());  // It was stopped on its way.
  const Outcome outcome = replay({"--check"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("6 branches, 5 of them finished"),
                                  HasSubstr("the same pixels as when saved")));
}

// Each kind of layer, each shape, each way of filling in and of beginning with a picture.
TEST_F(ReplayCommand, EveryToolComesOutTheSameToTheLastBit) {
  const Shape stroke = Stroke{{{4, 4}, {20, 12}}, 5, 0.5f}, fade = Gradient{{4, 4}, {20, 20}};
  const Shape box = Polygon{{{3, 3}, {12, 3}, {12, 20}, {3, 20}}};
  const Shape mask = Mask{Image(28, 28, 1, 0.5f)};
  const std::vector<Layers> edits = {
      {{stroke, Paint{Surface::kGuess, 1}}, {box, Paint{Surface::kNoisy, -1}, false, 0.5f}},
      {{stroke, Stamp{Image(2, 2, 1, 0.3f), {}}}, {stroke, Smudge{}}, {dot(14, 14), Erase{}}},
      {{box, Lock{}}, {fade, Region{{}, 2}}},
      {{mask, Wish{WishKind::kColor, 0.5f}}, {Everywhere{}, Wish{WishKind::kSymmetry}}},
      {{mask, Wish{WishKind::kSketch, {}, Image(28, 28, 1, 0.2f)}}, {box, Lock{}}},
      {{box, Rewind{2}}}};
  const auto asked = std::get<Sample>(session.branches[0].begun);
  session.branches.resize(1);
  for (const StartKind kind :
       {StartKind::kSdedit, StartKind::kEditFriendly, StartKind::kDdim, StartKind::kFlow}) {
    Sample sample = asked;
    sample.start.emplace().kind = kind;
    sample.start->picture = Image(28, 28, 1, 0.1f);
    session.branches.push_back({BranchId(session.branches.size()), sample, {}});
  }
  const std::size_t roots = session.branches.size();
  for (std::size_t i = 0; i < edits.size(); ++i) {
    Edit edit;
    edit.branch = BranchId(i % roots);
    edit.step = std::holds_alternative<Rewind>(edits[i][0].what) ? asked.settings.steps : 1;
    edit.layers = edits[i];
    edit.fill = {FillMethod(i % kFillMethods.size()), 2};
    session.branches.push_back({BranchId(roots + i), Resample{{1, edit, asked.settings, {}}}, {}});
  }
  take_fingerprints();
  const Outcome outcome = replay({"--check"});
  EXPECT_EQ(outcome.status, 0) << outcome.said;
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("11 branches, 11 of them finished"),
                                  HasSubstr("the same pixels as when saved")));
}

TEST_F(ReplayCommand, OtherPixelsAreToldByBranchAndFailACheck) {
  take_fingerprints();
  std::get<Resample>(session.branches[3].begun).fork.edit.layers.pop_back();
  const Outcome outcome = replay({"--check"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.said, AllOf(HasSubstr("branch 3: other pictures"),
                                  HasSubstr("other pixels than when saved")));
  EXPECT_EQ(replay().status, 0);
}

TEST_F(ReplayCommand, OtherWeightsAreToldOf) {
  session.models[0].sha256 = "0123";
  EXPECT_THAT(replay().said, HasSubstr("are not those that the session was saved with"));
}

TEST_F(ReplayCommand, FinishedPicturesAreWrittenAndNothingIsReplaced) {
  EXPECT_EQ(replay({"--out", (folder / "out").string()}).status, 0);
  EXPECT_TRUE(fs::exists(folder / "out/branch-0.png"));
  EXPECT_FALSE(fs::exists(folder / "out/branch-1.png"));
  EXPECT_TRUE(fs::exists(folder / "out/branch-5.png"));
  EXPECT_NE(replay({"--out", (folder / "out").string()}).status, 0);
}

TEST_F(ReplayCommand, AModelThatIsGoneIsNamed) {
  session.models[0].folder = folder / "gone";
  const Outcome outcome = replay();
  EXPECT_NE(outcome.status, 0);
  EXPECT_THAT(outcome.said, HasSubstr("gone"));
}

}  // namespace
}  // namespace stepwise
