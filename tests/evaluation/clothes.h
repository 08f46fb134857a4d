// The real data set, or a few pictures of it, and the classifier that comes with the program.
#pragma once

#include <filesystem>
#include <memory>

#include "data/dataset.h"
#include "evaluation/classifier.h"

namespace stepwise {

inline std::filesystem::path shipped_classifier() {
  return std::filesystem::path(STEPWISE_TEST_DATA) /
         "../../assets/classifiers/fashion-mnist.safetensors";
}

inline const Dataset& clothes() {
  static const Dataset data = open_dataset("fashion-mnist");
  return data;
}

inline Pictures first_of(const Pictures& all, int count) {
  Pictures some{{count, all.height, all.width, all.channels, {}}, {}};
  some.pixels = all.pixels.part(0, std::size_t(count) * all.picture_size());
  some.labels.assign(all.labels.begin(), all.labels.begin() + count);
  return some;
}

inline std::shared_ptr<const Dataset> few_clothes(int train, int test) {
  auto data = std::make_shared<Dataset>();
  data->name = clothes().name;
  data->class_names = clothes().class_names;
  data->train = first_of(clothes().train, train);
  data->test = first_of(clothes().test, test);
  return data;
}

}  // namespace stepwise
