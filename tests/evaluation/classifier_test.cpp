#include "evaluation/classifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/utils.h>

#include "../safetensors_file.h"
#include "../temporary_folder.h"
#include "clothes.h"
#include "data/identity.h"
#include "diffusion/tensor_image.h"
#include "error.h"
#include "error_of.h"
#include "evaluation/classifier_training.h"
#include "image/file.h"
#include "model/weights.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using torch::Tensor;

std::string refusal(const std::filesystem::path& path) {
  return error_of([&] { load_classifier(path); });
}

Classifier untrained() {
  Classifier c;
  c.net = ClassifierNet(1, 2);
  c.data = "toys";
  c.class_names = {"Left", "Right"};
  c.accuracy = 0.5;
  c.data_set.identity = "0123456789abcdef";
  c.data_set.source = DataSource{"/some/toys", true};
  return c;
}

TEST(ShippedClassifier, TellsAtLeast93PercentOfTheTestPicturesApart) {
  Classifier c = load_classifier(shipped_classifier());
  EXPECT_EQ(c.class_names, clothes().class_names);
  const double accuracy = accuracy_on(c, clothes().test);
  EXPECT_GE(accuracy, 0.93);
  EXPECT_NEAR(accuracy, c.accuracy,
              0.0005);  // As its file says, but for rounding on another machine.
}

TEST(ShippedClassifier, KnowsItsPicturesWithoutBeingRead) {
  const DataRecord known = data_of_classifier(shipped_classifier());
  EXPECT_EQ(known.identity, identity_of(clothes()));
  EXPECT_EQ(known.train, clothes().train.count);
}

TEST(ShippedClassifier, IsSmall) {
  EXPECT_LE(std::filesystem::file_size(shipped_classifier()), 1'000'000u);
}

TEST(Classifier, FeaturesArePositiveAndLeadToTheClasses) {
  Classifier c = load_classifier(shipped_classifier());
  const Features judged = features_of(c, tensor_of(clothes().test, 100, 7));
  EXPECT_EQ(judged.features.sizes(), (std::vector<std::int64_t>{7, kFeatures}));
  EXPECT_GE(judged.features.min().item<float>(), 0);
  EXPECT_GT(judged.features.max().item<float>(), 0);
  EXPECT_TRUE(torch::equal(c.net->out(judged.features).argmax(1), judged.classes));
}

TEST(Classifier, WhatIsSavedIsLoaded) {
  const TemporaryFolder folder;
  Classifier saved = untrained();
  write_file(folder / "c.safetensors", encode(saved));
  Classifier loaded = load_classifier(folder / "c.safetensors");
  EXPECT_EQ(loaded.data, "toys");
  EXPECT_EQ(loaded.data_set, saved.data_set);
  EXPECT_EQ(data_of_classifier(folder / "c.safetensors"), saved.data_set);
  EXPECT_EQ(loaded.class_names, saved.class_names);
  EXPECT_EQ(loaded.accuracy, 0.5);
  EXPECT_EQ(loaded.checksum, saved.checksum);
  const Tensor x = torch::rand({3, 1, 28, 28});
  EXPECT_TRUE(torch::equal(features_of(loaded, x).features, features_of(saved, x).features));
}

TEST(Classifier, OtherWeightsHaveAnotherChecksum) {
  const TemporaryFolder folder;
  Classifier a = untrained(), b = untrained();
  write_file(folder / "a", encode(a));
  write_file(folder / "b", encode(b));
  EXPECT_NE(a.checksum, b.checksum);
}

TEST(Classifier, AFileThatIsNoneIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal(folder / "none"), HasSubstr("none"));
  write_file(folder / "text", "This is no classifier.");
  EXPECT_THAT(refusal(folder / "text"), HasSubstr("text"));
  write_safetensors(folder / "other", {state_of(*untrained().net), {}});
  EXPECT_THAT(refusal(folder / "other"), HasSubstr("not a classifier"));
}

TEST(Classifier, AFileThatContradictsItselfIsRefused) {
  const TemporaryFolder folder;
  Classifier c = untrained();
  write_file(folder / "c", encode(c));
  const Safetensors good = read_safetensors(folder / "c");
  const auto with = [&](const std::string& description) {
    Safetensors file = good;
    file.metadata["classifier"] = description;
    write_safetensors(folder / "bad", file);
    return refusal(folder / "bad");
  };
  EXPECT_THAT(with("{"), HasSubstr("bad"));
  EXPECT_THAT(with("{}"), HasSubstr("bad"));
  EXPECT_THAT(with(R"({"data": 3})"), HasSubstr("bad"));
  std::string three = good.metadata.at("classifier");
  three.replace(three.find("\"Left\""), 6, "\"Left\",\"Middle\"");
  EXPECT_THAT(with(three), HasSubstr("out."));  // Its weights are for two classes.

  Safetensors file = good;
  file.tensors.erase("conv1.weight");
  write_safetensors(folder / "bad", file);
  EXPECT_THAT(refusal(folder / "bad"), HasSubstr("conv1.weight"));
}

TEST(TensorOf, IsInDataUnitsWithChannelsFirst) {
  const std::vector<std::uint8_t> pixels{0, 255, 0, 255, 0, 0, 1, 2, 3, 4, 5, 6};
  Pictures pictures{{2, 1, 2, 3, {}}, {0, 0}};
  pictures.pixels = pixels;
  EXPECT_TRUE(torch::equal(tensor_of(pictures, 0, 1),
                           torch::tensor({-1.f, 1.f, 1.f, -1.f, -1.f, -1.f}).view({1, 3, 1, 2})));
  EXPECT_TRUE(torch::equal(tensor_of(pictures, torch::tensor({1, 0}, torch::kLong)).slice(0, 1),
                           tensor_of(pictures, 0, 1)));
}

// Pictures that are bright above or below, on a noisy ground: easy to tell apart.
std::shared_ptr<const Dataset> toys() {
  torch::manual_seed(1);
  const auto some = [](int count) {
    Pictures p{{count, 28, 28, 1, {}}, {}};
    Tensor bytes = torch::randint(0, 100, {count, 28, 28}, torch::kUInt8);
    for (int i = 0; i < count; ++i) {
      p.labels.push_back(std::uint8_t(i % 2));
      bytes[i].narrow(0, i % 2 ? 14 : 0, 14) += 100;
    }
    const auto* first = bytes.data_ptr<std::uint8_t>();
    p.pixels = std::vector(first, first + bytes.numel());
    return p;
  };
  return std::make_shared<Dataset>(
      Dataset{"toys", {}, {"Above", "Below"}, some(320), some(100), {}, {}, {}, {}, {}});
}

constexpr ClassifierSettings kShort{.epochs = 2, .batch = 16, .learning_rate = 2e-3};

TEST(ClassifierTraining, LearnsToTellToysApart) {
  ClassifierTraining training(toys(), kShort);
  int steps = 1;
  double fraction = 0;
  while (training.step()) {
    EXPECT_GT(training.fraction(), fraction);
    fraction = training.fraction();
    ++steps;
  }
  EXPECT_EQ(steps, 40);
  EXPECT_EQ(training.fraction(), 1);
  EXPECT_EQ(training.epoch(), 2);
  EXPECT_FALSE(training.step());
  Classifier c = training.result();
  EXPECT_EQ(c.accuracy, 1);
  EXPECT_EQ(accuracy_on(c, toys()->test), 1);
  EXPECT_EQ(c.class_names[1], "Below");
}

TEST(ClassifierTraining, TheSameSeedGivesTheSameWeights) {
  const auto weights = [](std::uint64_t seed) {
    ClassifierSettings settings = kShort;
    settings.seed = seed;
    ClassifierTraining training(toys(), settings);
    for (int i = 0; i < 3; ++i) training.step();
    return training.result().net->out->weight;
  };
  EXPECT_TRUE(torch::equal(weights(1), weights(1)));
  EXPECT_FALSE(torch::equal(weights(1), weights(2)));
}

TEST(ClassifierTraining, PicturesTooSmallAndImpossibleSettingsAreRefused) {
  auto small = std::make_shared<Dataset>(*toys());
  small->train.height = 20;
  EXPECT_THROW(ClassifierTraining(small, kShort), Error);
  EXPECT_THROW(ClassifierTraining(toys(), {.epochs = 0}), Error);
}

}  // namespace
}  // namespace stepwise
