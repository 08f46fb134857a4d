// What tests do to every field of a struct, by its list (see fields.h), so that none is forgotten.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <typeindex>
#include <variant>
#include <vector>

#include "fields.h"
#include "image/image.h"
#include "settings/degradation.h"
#include "settings/json_value.h"

namespace stepwise {

// Gives each field, however deep, a value that is not its default and that no other has.
class Filler {
 public:
  void fill(bool& value) { value = !value; }
  void fill(int& value) { value = 1000 + ++count_; }
  void fill(std::int64_t& value) { value = -(std::int64_t{1} << 60) - ++count_; }
  void fill(std::uint64_t& value) { value = (std::uint64_t{1} << 63) + std::uint64_t(++count_); }
  void fill(float& value) { value = float(++count_) + 0.1f; }
  void fill(double& value) { value = ++count_ + 0.1; }
  void fill(std::string& value) { value = "text \xff\n" + std::to_string(++count_); }
  void fill(std::filesystem::path& value) { value = "/folder \xff/" + std::to_string(++count_); }
  void fill(Image& image) {
    image = Image(2, 3, 2);
    for (float& pixel : image.pixels) fill(pixel);
  }
  void fill(ImageBatch& batch) {
    batch = {2, 3, 1, 3, std::vector<float>(18)};
    for (float& pixel : batch.pixels) fill(pixel);
  }
  void fill(ByteBatch& batch) {
    batch = {2, 3, 1, 3, std::vector<std::uint8_t>(18)};
    for (std::uint8_t& pixel : batch.pixels) pixel = std::uint8_t(++count_);
  }
  void fill(DegradationStack& stack) {
    stack = DegradationStack({Degradation::kText, Degradation::kBlur});
  }
  template <class T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& values) {
    values.resize(8);
    for (T& value : values) fill(value);
  }
  // A list of variants gets one of each in turn.
  template <class... T>
  void fill(std::variant<T...>& value) {
    const std::vector<std::variant<T...>> each{T{}...};
    value = each[variants_[typeid(value)]++ % each.size()];
    std::visit([&](auto& held) { fill(held); }, value);
  }
  template <HasNames E>
  void fill(E& value) {
    const auto& names = names_of(value);
    value = names.back().first == value ? names.front().first : names.back().first;
  }
  template <HasFields T>
  void fill(T& value) {
    visit_fields(value, [&](const char*, auto& field, auto...) { fill(field); });
  }

 private:
  int count_ = 0;
  std::map<std::type_index, std::size_t> variants_;  // Met so far.
};

// Calls visit(name, field of a, field of b).
template <HasFields T>
void visit_both(const T& a, const T& b, auto visit) {
  int place_a = 0;
  visit_fields(a, [&]<class Field>(const char* name, const Field& of_a, auto...) {
    int place_b = 0;
    visit_fields(b, [&]<class Other>(const char*, const Other& of_b, auto...) {
      if constexpr (std::is_same_v<Field, Other>)
        if (place_a == place_b) visit(name, of_a, of_b);
      ++place_b;
    });
    ++place_a;
  });
}

template <class T>
bool same(const T& a, const T& b) {
  if constexpr (requires { a == b; }) {
    return a == b;
  } else if constexpr (kIsVector<T>) {
    bool all = a.size() == b.size();
    for (std::size_t i = 0; all && i < a.size(); ++i) all = same(a[i], b[i]);
    return all;
  } else {
    bool all = true;
    visit_both(a, b, [&](const char*, const auto& x, const auto& y) { all = all && same(x, y); });
    return all;
  }
}

// What can be made into a member of any kind, to count those of a struct.
struct Anything {
  template <class T>
  requires(!kIsOptional<T>) operator T() const;
};

template <class T, class... Members>
constexpr int member_count() {
  if constexpr (requires { T{std::declval<Members>()..., std::declval<Anything>()}; })
    return member_count<T, Members..., Anything>();
  else
    return sizeof...(Members);
}

template <HasFields T>
int field_count() {
  int count = 0;
  const T value{};
  visit_fields(value, [&](const char*, const auto&, auto...) { ++count; });
  return count;
}

}  // namespace stepwise
