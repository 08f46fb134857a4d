// Combinations of models, asked for as any model is and used as any model is.
#include "diffusion/combine.h"

#include "diffusion/draw_all.h"
#include "diffusion/tensor_image.h"
#include "session/session_fixture.h"
#include "session/stepped_session.h"

namespace stepwise {
namespace {

// Leans on its neighbours and on the label, by as much as the folder's name says.
SharedModel leaning_model(const std::filesystem::path& folder) {
  const double lean = std::stod(folder.filename().string());
  const auto network = [lean](const Tensor& x, const Tensor&, const Conditioning& asked) -> Tensor {
    const Tensor label = asked.labels.to(torch::kFloat).view({-1, 1, 1, 1});
    return torch::tanh(x + lean * x.roll(1, 3)) + 0.1 * lean * label;
  };
  return model_of(network, {.classes = {2}, .shape = {1, 4, 4}});
}

Opening lean_opening(const std::filesystem::path& folder, torch::Device) {
  OpenedModel opened;
  opened.folder.path = folder;
  opened.model = leaning_model(folder);
  opened.announcement.name = folder.filename().string();
  opened.announcement.folder = folder;
  opened.announcement.parameters = 100;
  opened.announcement.learned_up_to = std::stod(folder.filename().string());
  return [opened](const Emit&) { return opened; };
}

class CombineTest : public SteppedSession {
 protected:
  CombineTest() : SteppedSession(lean_opening) {}

  // What a model draws.
  std::vector<float> drawn_with(ModelId model) {
    const JobId draw = ask(Draw{model, few_steps(), in_turn()});
    run();
    const auto portions = told<Drawn>(draw);
    return portions.size() == 1 ? portions[0].pictures.pixels : std::vector<float>{};
  }
  static std::vector<float> drawn_by_hand(const SharedModel& model) {
    return to_image_batch(draw(Drawing(few_steps(), in_turn(), model))).pixels;
  }

  const ModelId good_ = ask(OpenModel{"0.2"}), weak_ = ask(OpenModel{"0.7"});
  const SharedModel good_by_hand_ = leaning_model("0.2"), weak_by_hand_ = leaning_model("0.7");
};

TEST_F(CombineTest, DrawsWhatTheModelsCombinedByHandDraw) {
  const ModelId guided = ask(Combine{{good_, weak_}, Autoguidance{2.5}, "guided"});
  EXPECT_EQ(drawn_with(guided), drawn_by_hand(autoguided(good_by_hand_, weak_by_hand_, 2.5)));
  const ModelId parted = ask(Combine{{good_, weak_}, Experts{{0.5}}, "parted"});
  EXPECT_EQ(drawn_with(parted), drawn_by_hand(experts({good_by_hand_, weak_by_hand_}, {0.5})));
  EXPECT_NE(drawn_with(parted), drawn_with(guided));
}

TEST_F(CombineTest, IsAnnouncedAsAModelOfItsOwn) {
  const ModelId made = ask(Combine{{good_, weak_}, Autoguidance{}, "led away"});
  run();
  const auto opened = told<ModelOpened>(made);
  ASSERT_EQ(opened.size(), 1u);
  EXPECT_EQ(opened[0].id, made);
  EXPECT_EQ(opened[0].name, "led away");
  EXPECT_EQ(opened[0].parameters, 200);
  EXPECT_EQ(opened[0].learned_up_to, 0.2);
}

TEST_F(CombineTest, OutlivesItsParts) {
  const ModelId made = ask(Combine{{good_, weak_}, Autoguidance{}, "made"});
  const std::vector<float> before = drawn_with(made);
  const JobId again = ask(OpenModel{"0.2"});  // Takes the place of the one that is open.
  ask(CloseModel{weak_});
  run();
  EXPECT_EQ(told<ModelClosed>(again).size(), 1u);
  EXPECT_EQ(drawn_with(made), before);
}

TEST_F(CombineTest, OfACombinationIsAModelToo) {
  const ModelId parted = ask(Combine{{good_, weak_}, Experts{{0.5}}, "parted"});
  const ModelId both = ask(Combine{{parted, weak_}, Autoguidance{3}, "both"});
  const SharedModel by_hand = experts({good_by_hand_, weak_by_hand_}, {0.5});
  EXPECT_EQ(drawn_with(both), drawn_by_hand(autoguided(by_hand, weak_by_hand_, 3)));
}

TEST_F(CombineTest, OfWhatIsNotThereIsRefused) {
  const JobId none = ask(Combine{{}, Autoguidance{}, "none"});
  const JobId gone = ask(Combine{{good_, 1u << 30}, Autoguidance{}, "gone"});
  run();
  ASSERT_EQ(told<Failed>(none).size(), 1u);
  ASSERT_EQ(told<Failed>(gone).size(), 1u);
  EXPECT_NE(told<Failed>(gone)[0].message.find("not open any more"), std::string::npos);
}

using CombineRun = SessionTest;

TEST_F(CombineRun, KeepsTheModelOfARunAsItWasThen) {
  const ModelId run = engine_.post(train(1000000));
  wait_for<TrainingProgress>();
  engine_.post(Pause{run, true});
  const ModelId made = engine_.post(Combine{{run, run}, Experts{{1}}, "twice"});
  EXPECT_FALSE(wait_for<ModelOpened>().live);
  const auto drawn = [&] {
    engine_.post(Draw{made, few_steps(), in_turn()});
    return wait_for<Drawn>().pictures.pixels;
  };
  const std::vector<float> then = drawn();
  const std::int64_t step = step_reached();
  engine_.post(Pause{run, false});
  while (step_reached() < step + 20) wait_for<TrainingProgress>();
  EXPECT_EQ(drawn(), then);
  engine_.post(Cancel{run});
  wait_for_end_of(run);
}

}  // namespace
}  // namespace stepwise
