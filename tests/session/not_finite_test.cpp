// Networks that answer with NaN, and pictures that show nothing: what the worker says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>

#include "model/fixtures.h"
#include "session/blank.h"
#include "session/evaluating.h"
#include "session/make_session.h"
#include "session/opened_model.h"
#include "session/sampling.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

class NotFiniteModel : public testing::Test {
 protected:
  // The fixture's pipeline with other numbers in some of its tensors.
  void write(const std::map<std::string, float>& numbers, const char* predicts = "epsilon") {
    ModelFolder model = read_model(shipped_unets() / "p1_gray28_attn");
    const torch::NoGradGuard no_grad;
    for (const auto& [name, number] : numbers) model.net->named_parameters()[name].fill_(number);
    const std::string scheduler = text_of(R"({"_class_name": "DDPMScheduler",
        "clip_sample": true, "prediction_type": ")",
                                          predicts, "\"}");
    write_model(path, model.net, scheduler_info_of(scheduler, "scheduler"), {});
    std::filesystem::remove(path / "stepwise.json");
  }

  // The worker's events of a command once the model is open, up to the end of all work.
  template <class Command>
  std::vector<Event> events_of(Command command) {
    std::vector<Event> events;
    const Send send = [&](Report report) { events.push_back(std::move(report.event)); };
    const std::unique_ptr<Worker> worker = make_session({"cpu", 1, {}});
    const Request open = OpenModel{path};
    worker->handle(open, send);
    if constexpr (requires { command.model; }) command.model = open.id;
    if constexpr (requires { command.conditions; }) command.conditions.resize(2);
    worker->handle(command, send);
    for (bool more = true; more;) {
      try {
        more = worker->step(send);
      } catch (const std::exception& e) {
        send(worker->describe(e));
      }
    }
    return events;
  }

  static SampleSettings three_steps() {
    SampleSettings settings;
    settings.count = 2;
    settings.steps = 3;
    return settings;
  }

  template <class T>
  static std::vector<T> all_of(const std::vector<Event>& events) {
    std::vector<T> found;
    for (const Event& event : events)
      if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
    return found;
  }
  static std::vector<std::string> warnings(const std::vector<Event>& events) {
    std::vector<std::string> told;
    for (const Warning& warning : all_of<Warning>(events)) told.push_back(warning.text);
    return told;
  }

  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "model";
};

TEST_F(NotFiniteModel, WeightsWithNaNAreToldWhenTheyAreOpenedAndWhenTheyAreDescribed) {
  write({{"mid_block.resnets.0.conv1.bias", NAN}});
  EXPECT_THAT(warnings(events_of(Cancel{})),
              Contains(AllOf(HasSubstr("NaN"), HasSubstr("mid_block.resnets.0.conv1.bias"))));
  const ModelDescribed told = describe_model(path);
  EXPECT_FALSE(told.is_finite);
  EXPECT_THAT(told.notes, Contains(HasSubstr("mid_block.resnets.0.conv1.bias")));
}

TEST_F(NotFiniteModel, SamplingEndsWithStepLevelAndLayer) {
  write({{"mid_block.resnets.0.conv1.bias", NAN}});
  const auto events = events_of(Sample{kNoModel, three_steps(), {}});
  const auto failed = all_of<Failed>(events);
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].what, "Sampling");
  EXPECT_THAT(failed[0].message, AllOf(HasSubstr("Step 1 of 3 (sigma 20)"), HasSubstr("has NaN"),
                                       HasSubstr("first out of 'mid_block.resnets.0'")));
  EXPECT_TRUE(all_of<FrameReady>(events).empty());
}

TEST_F(NotFiniteModel, NumbersThatGrowTooLargeEndItToo) {
  write({{"up_blocks.0.resnets.0.conv2.weight", 3e38f}});
  EXPECT_THAT(warnings(events_of(Cancel{})), testing::Not(Contains(HasSubstr("NaN"))));
  const auto failed = all_of<Failed>(events_of(Draw{kNoModel, three_steps(), {}}));
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_THAT(failed[0].message,
              AllOf(HasSubstr("Step 1 of 3"), HasSubstr("first out of 'up_blocks.0.resnets.0'"),
                    HasSubstr("The weights are finite")));
}

TEST_F(NotFiniteModel, PicturesThatAreAllBlackAreToldAndDelivered) {
  write({{"conv_out.weight", 0}, {"conv_out.bias", -1}}, "sample");
  SampleSettings settings = open_model(read_model(path), torch::kCPU).announcement.defaults;
  settings.count = 2;
  settings.steps = 3;
  const auto drawn = events_of(Draw{kNoModel, settings, {}});
  EXPECT_THAT(warnings(drawn), Contains(HasSubstr("2 of 2 pictures are all black")));
  EXPECT_EQ(all_of<Drawn>(drawn).size(), 1u);
  const auto sampled = events_of(Sample{kNoModel, settings, {}});
  EXPECT_THAT(warnings(sampled), Contains(HasSubstr("all black")));
  EXPECT_EQ(all_of<FrameReady>(sampled).size(), 4u);
}

TEST(BlankPictures, AreCountedAmongTheOthers) {
  const torch::Tensor noise = torch::rand({3, 1, 4, 4});
  BlankPictures none;
  none.add(noise);
  EXPECT_EQ(none.warning(), "");
  BlankPictures some;
  some.add(noise);
  some.add(torch::full({1, 3, 4, 4}, 0.3));
  EXPECT_THAT(some.warning(), HasSubstr("1 of 4 pictures are of one colour"));
  BlankPictures pixels;
  pixels.add(torch::zeros({2, 3, 1, 1}));
  EXPECT_EQ(pixels.warning(), "");
  BlankPictures beyond;  // As black as bytes show it.
  beyond.add(torch::rand({1, 1, 4, 4}) - 3);
  EXPECT_THAT(beyond.warning(), HasSubstr("1 of 1 picture is all black"));
}

}  // namespace
}  // namespace stepwise
