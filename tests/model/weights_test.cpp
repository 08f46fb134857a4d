#include "model/weights.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/nn/modules/linear.h>

#include "error.h"
#include "error_of.h"
#include "formats/old_names.h"
#include "model/fixtures.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using torch::Tensor;

struct PairImpl : torch::nn::Module {
  PairImpl()
      : first(register_module("first", torch::nn::Linear(2, 3))),
        steps(register_buffer("steps", torch::tensor({7}, torch::kLong))) {}
  torch::nn::Linear first;
  Tensor steps;
};
TORCH_MODULE(Pair);

// From a file of this name.
void load(Pair& pair, const std::map<std::string, StoredTensor>& state) {
  const TemporaryFolder folder;
  write_safetensors(folder / "some.safetensors", {state, {}});
  WeightLoader(*pair, WeightFiles(folder / "some.safetensors")).step();
}

std::string refusal(Pair& pair, const std::map<std::string, StoredTensor>& state) {
  const std::string words = error_of([&] { load(pair, state); });
  EXPECT_THAT(words, testing::AnyOf("", HasSubstr("some.safetensors")));
  return words;
}

TEST(Weights, ParametersAndBuffersComeBack) {
  const TemporaryFolder folder;
  Pair a, b;
  a->steps.fill_(9);
  save_weights(*a, folder / "a.safetensors");
  WeightLoader(*b, WeightFiles(folder / "a.safetensors")).step();
  EXPECT_TRUE(a->first->weight.equal(b->first->weight));
  EXPECT_TRUE(a->first->bias.equal(b->first->bias));
  EXPECT_EQ(b->steps.item<std::int64_t>(), 9);
  EXPECT_TRUE(b->first->weight.requires_grad());
}

TEST(WeightLoader, ReadsNoMoreAtOnceThanItIsAskedFor) {
  const TemporaryFolder folder;
  Pair a, b;
  a->first->bias.data().fill_(std::numeric_limits<float>::infinity());
  save_weights(*a, folder / "a.safetensors");
  WeightLoader loader(*b, WeightFiles(folder / "a.safetensors"));
  EXPECT_EQ(loader.fraction(), 0);
  EXPECT_TRUE(loader.step(1));  // first.bias, 12 of 44 bytes
  EXPECT_TRUE(b->first->bias.equal(a->first->bias));
  EXPECT_FALSE(b->first->weight.equal(a->first->weight));
  EXPECT_DOUBLE_EQ(loader.fraction(), 12 / 44.);
  EXPECT_FALSE(loader.step(32));
  EXPECT_EQ(loader.fraction(), 1);
  EXPECT_EQ(state_of(*b), state_of(*a));
  EXPECT_EQ(loader.told_of_numbers(), told_of_numbers(*a));
}

TEST(Weights, EveryPrecisionIsReadIntoFloats) {
  Pair a;
  for (const DType dtype : {DType::kF32, DType::kF16, DType::kBF16}) {
    const auto state = state_of(*a, dtype);
    EXPECT_EQ(state.at("first.weight").dtype, dtype);
    EXPECT_EQ(state.at("steps").dtype, DType::kI64);
    Pair b;
    load(b, state);
    EXPECT_EQ(b->first->weight.scalar_type(), torch::kFloat);
    EXPECT_LE(largest_difference(a->first->weight, b->first->weight), 0.005);
  }
  Pair doubles, b;
  doubles->to(torch::kDouble);
  load(b, {{"first.weight", stored(doubles->first->weight)},
           {"first.bias", stored(doubles->first->bias)},
           {"steps", stored(b->steps)}});
  EXPECT_TRUE(b->first->weight.equal(doubles->first->weight.to(torch::kFloat)));
}

TEST(Weights, WhatDoesNotFitIsNamedAndNothingIsLoaded) {
  Pair pair;
  const auto whole = state_of(*pair);
  const Tensor before = pair->first->weight.detach().clone();
  auto other = state_of(*Pair());

  auto state = other;
  state.erase("first.bias");
  EXPECT_THAT(refusal(pair, state), HasSubstr("Missing: first.bias"));
  state["second.bias"] = state["first.weight"];
  EXPECT_THAT(refusal(pair, state), HasSubstr("Not part of this network: 'second.bias'"));
  state = other;
  state["first.bias"] = stored({4}, std::vector<float>(4));
  EXPECT_THAT(refusal(pair, state), HasSubstr("first.bias ([4] instead of [3])"));
  state = other;
  state["first.bias"] = {DType::kF8E4M3, {3}, "abc"};
  EXPECT_THAT(refusal(pair, state), HasSubstr("cannot be used: first.bias (F8_E4M3)"));
  state["first.bias"] = stored({3}, std::vector<std::int64_t>(3));
  EXPECT_THAT(refusal(pair, state), HasSubstr("first.bias (I64)"));
  state = other;
  state["steps"] = stored({1}, std::vector<float>(1));
  EXPECT_THAT(refusal(pair, state), HasSubstr("steps (F32)"));
  state = other;
  state.erase("first.bias");
  for (int i = 0; i < 1000; ++i)
    state["extra." + std::to_string(i)] = stored({0}, std::vector<float>{});
  EXPECT_LT(refusal(pair, state).size(), 1000u);
  EXPECT_TRUE(pair->first->weight.equal(before));
  EXPECT_EQ(refusal(pair, whole), "");
}

TEST(Weights, TensorsKeepTheirTypeShapeAndOrder) {
  const Tensor turned = torch::arange(6, torch::kFloat).view({2, 3}).t();
  EXPECT_TRUE(tensor_of(stored(turned)).equal(turned));
  for (const auto type :
       {torch::kDouble, torch::kFloat, torch::kHalf, torch::kBFloat16, torch::kLong, torch::kInt,
        torch::kShort, torch::kChar, torch::kByte, torch::kBool}) {
    const Tensor tensor = torch::tensor({1, 0, 1}).to(type);
    const Tensor back = tensor_of(stored(tensor));
    EXPECT_EQ(back.scalar_type(), type);
    EXPECT_TRUE(back.equal(tensor));
  }
  EXPECT_EQ(tensor_of(stored(torch::tensor(3.0f))).dim(), 0);
  EXPECT_EQ(tensor_of(stored(torch::empty({0, 4}))).sizes(), torch::IntArrayRef({0, 4}));
}

TEST(Weights, BytesThatAreNoTruthValuesBecomeTrue) {
  const Tensor tensor = tensor_of({DType::kBool, {3}, std::string("\x00\x02\x01", 3)});
  EXPECT_TRUE(tensor.equal(torch::tensor({false, true, true})));
}

// Older checkpoints name the layers of attention otherwise.
TEST(UnetWeights, OldNamesOfAttentionAreRenamed) {
  for_each_shipped([](Opened& opened) {
    const TemporaryFolder folder;
    Safetensors file{state_of(*opened.model.net), {}};
    const std::vector<std::pair<std::string, std::string>> words = {{".to_q.", ".query."},
                                                                    {".to_k.", ".key."},
                                                                    {".to_v.", ".value."},
                                                                    {".to_out.0.", ".proj_attn."}};
    std::map<std::string, StoredTensor> old;
    for (const auto& [key, tensor] : file.tensors) {
      std::string name = key;
      for (const auto& [now, then] : words)
        if (const auto at = name.find(now); at != std::string::npos)
          name.replace(at, now.size(), then);
      old[name] = tensor;
    }
    write_safetensors(folder / "old.safetensors", {old, {}});
    UNet2DModel net(opened.model.net->config);
    WeightLoader(*net, WeightFiles(folder / "old.safetensors")).step();
    EXPECT_EQ(state_of(*net), file.tensors);
  });
}

TEST(UnetWeights, FrequenciesMayBeStoredTwiceOrUnderTheirOldName) {
  for_each_shipped([](Opened& opened) {
    const auto state = state_of(*opened.model.net);
    if (!state.contains("time_proj.weight")) return;
    auto twice = state, old = state;
    twice["time_proj.W"] = old["time_proj.W"] = state.at("time_proj.weight");
    old.erase("time_proj.weight");
    rename_keys(twice, renamings_of);
    rename_keys(old, renamings_of);
    EXPECT_EQ(twice, state);
    EXPECT_EQ(old, state);
  });
}

}  // namespace
}  // namespace stepwise
