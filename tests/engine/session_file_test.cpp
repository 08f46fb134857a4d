#include "engine/session_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/session_json.h"
#include "error.h"
#include "every_field.h"
#include "formats/safetensors.h"
#include "image/file.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

// Two trees of two models, one of which combines the other with itself; one has a fork.
SavedSession small_session() {
  SavedSession session;
  session.models = {{"a", "/models/a", "ab12", {}}, {"both", {}, {}, {0, 0}, Autoguidance{3}}};
  SampleSettings settings;
  settings.count = 2;
  Edit edit;
  edit.branch = 3;
  edit.step = 4;
  Image mask(2, 3, 1);
  mask.pixels = {0, 0.1f, 0.2f, 0.3f, 0.4f, 1};
  edit.layers = {{Mask{mask}, Lock{}}, {Everywhere{}, Stamp{Image(3, 2, 3, 0.7f), 1, 2}}};
  session.branches = {{1, Sample{2, settings, {{0}, {1}}}, "ff"},
                      {3, Sample{1, settings, {{}, {}}, 5}, {}},
                      {7, Resample{{1, edit, settings, {1}}}, {}}};
  return session;
}

class SessionFile : public testing::Test {
 protected:
  SavedSession through_a_file(const SavedSession& session) {
    write_file(path, encode_session(value_of(session)));
    return read_session(path);
  }
  // Why the session is refused.
  auto refuses(const SavedSession& session) {
    return [this, session] { through_a_file(session); };
  }
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "a.stepwise";
};

TEST_F(SessionFile, ComesBackAsItWasWithAllItsPictures) {
  EXPECT_EQ(through_a_file(small_session()), small_session());
}

TEST_F(SessionFile, EveryFieldOfWhatABranchBeganWithComesBack) {
  for (Begun begun : {Begun(Sample()), Begun(Resample())}) {
    std::visit([](auto& asked) { Filler().fill(asked); }, begun);
    nlohmann::json value = value_of(begun);
    write_file(path, encode_session(value));
    Begun read;
    read_value(session_json(path), read, {"a", "all of it"});
    EXPECT_EQ(read, begun);
  }
}

TEST_F(SessionFile, AnyReaderOfSafetensorsSeesThePictures) {
  through_a_file(small_session());
  const SafetensorsFile file(path);
  EXPECT_EQ(file.metadata().at("format"), "stepwise session");
  EXPECT_EQ(file.tensors().at("pictures/0").shape, (std::vector<std::int64_t>{2, 3, 1}));
  EXPECT_EQ(file.tensors().at("pictures/1").dtype, DType::kF32);
}

TEST_F(SessionFile, WhatRefersToNothingIsRefusedByName) {
  SavedSession session = small_session();
  std::get<Resample>(session.branches[2].begun).fork.edit.branch = 2;
  EXPECT_THAT(refuses(session),
              ThrowsMessage<Error>(AllOf(HasSubstr("a.stepwise"), HasSubstr("branch 7"),
                                         HasSubstr("forked from branch 2"))));
  session = small_session();
  set_model(session.branches[0].begun, 3);
  EXPECT_THAT(refuses(session), ThrowsMessage<Error>(HasSubstr("it is of model 3 of 2")));
  session = small_session();
  session.models[0].parts = {1};
  EXPECT_THAT(refuses(session), ThrowsMessage<Error>(HasSubstr("model 0 combines model 1")));
  session = small_session();
  session.branches[1].id = 1;
  EXPECT_THAT(refuses(session), ThrowsMessage<Error>(HasSubstr("ids rise")));
  session = small_session();
  std::get<Sample>(session.branches[0].begun).settings.steps = 0;
  EXPECT_THAT(refuses(session), ThrowsMessage<Error>(HasSubstr("branch 1: ")));
  session = small_session();
  std::get<Sample>(session.branches[0].begun).conditions.pop_back();
  EXPECT_THAT(refuses(session), ThrowsMessage<Error>(HasSubstr("1 conditions for 2 pictures")));
}

TEST_F(SessionFile, TruncatedAnywhereItIsRefused) {
  const std::string bytes = encode_session(value_of(small_session()));
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 40) {
    write_file(path, bytes.substr(0, size));
    EXPECT_THROW(read_session(path), Error) << size;
  }
}

TEST_F(SessionFile, OtherFilesAndLaterVersionsAreToldApart) {
  write_file(path, encode_safetensors({{}, {{"format", "pt"}}}));
  EXPECT_THAT([&] { read_session(path); }, ThrowsMessage<Error>(HasSubstr("no session")));
  write_file(path, encode_safetensors({{}, {{"format", "stepwise session"}, {"version", "2"}}}));
  EXPECT_THAT([&] { read_session(path); }, ThrowsMessage<Error>(HasSubstr("newer Stepwise")));
}

TEST_F(SessionFile, APictureThatStandsInTwoPlacesIsReadOnlyOnce) {
  nlohmann::json value = value_of(small_session());
  write_file(path, encode_session(value));
  std::string bytes = read_file(path);
  const auto at = bytes.rfind("pictures/1");
  bytes[at + 9] = '0';
  write_file(path, bytes);
  EXPECT_THAT([&] { read_session(path); }, ThrowsMessage<Error>(HasSubstr("two places")));
}

TEST(PastBranches, HaveTheModelsThatAreOpenNow) {
  const auto past = past_branches(small_session(), {40, 50});
  ASSERT_EQ(past.size(), 3u);
  EXPECT_EQ(model_in(past[0].begun), 50u);
  EXPECT_EQ(model_in(past[1].begun), 40u);
  EXPECT_EQ(model_in(past[2].begun), 40u);
  EXPECT_EQ(past[2].id, 7);
}

TEST(ShortFingerprint, IsAnotherWhenAPictureIs) {
  auto branches = small_session().branches;
  const std::string before = short_fingerprint(branches);
  EXPECT_EQ(before.size(), 8u);
  branches[0].sha256 = "fe";
  EXPECT_NE(short_fingerprint(branches), before);
}

}  // namespace
}  // namespace stepwise
