// Models that are made of a data set, without training.
#include "session/teachers.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include "diffusion/draw_all.h"
#include "diffusion/tensor_image.h"
#include "training/toy_data.h"

namespace stepwise {
namespace {

OpenedModel made(Teacher kind) {
  const auto data = std::make_shared<const Dataset>(toy_data());
  const Pictures& train = data->train;
  const std::vector<int> labels(train.labels.begin(), train.labels.end());
  const auto ideal =
      std::make_shared<const IdealDenoiser>(tensor_of(train, 0, train.count), labels);
  const Opening opening = making_teacher(kind, data, ideal);
  for (;;)
    if (auto model = opening([](const Event&) {})) return std::move(*model);
}

Tensor drawn_by(const OpenedModel& model, double guidance = 1) {
  SampleSettings settings = model.announcement.defaults;
  settings.count = 4;
  settings.guidance = guidance;
  return draw(Drawing(settings, {{0}, {1}, {0}, {1}}, model.model));
}

double distance_to_training(const Tensor& picture) {
  const Dataset data = toy_data();
  const Tensor all = tensor_of(data.train, 0, data.train.count);
  return (all - picture).square().mean({1, 2, 3}).min().item<double>();
}

TEST(Teachers, AllDrawPicturesOfTheClassThatIsAskedFor) {
  for (const TeacherName& teacher : kTeachers) {
    const OpenedModel model = made(teacher.kind);
    EXPECT_EQ(model.announcement.name, text_of(teacher.label, " of bars"));
    EXPECT_EQ(model.announcement.class_names, toy_data().class_names);
    const Tensor pictures = drawn_by(model, 2);
    ASSERT_TRUE(pictures.isfinite().all().item<bool>()) << teacher.id;
    for (const int i : {0, 1}) {  // Lying bars are alike along x, standing ones along y.
      const double along = pictures[i].diff(1, i == 0 ? 2 : 1).abs().mean().item<double>();
      const double across = pictures[i].diff(1, i == 0 ? 1 : 2).abs().mean().item<double>();
      EXPECT_LT(along, 0.5 * across) << teacher.id << ' ' << i;
    }
  }
}

TEST(Teachers, TheIdealOneDrawsTrainingPicturesAgainAndTheGaussianDoesNot) {
  const Tensor remembered = drawn_by(made(Teacher::kIdeal)),
               blurred = drawn_by(made(Teacher::kGaussian));
  for (int i = 0; i < 4; ++i) {
    EXPECT_LT(distance_to_training(remembered[i]), 1e-4) << i;
    EXPECT_GT(distance_to_training(blurred[i]), 1e-2) << i;
  }
}

}  // namespace
}  // namespace stepwise
