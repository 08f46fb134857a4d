// Denoisers that need no training, for they are made of the pictures themselves: what a network
// learns lies between them. Plain values, no torch; any thread.
#pragma once

#include <array>
#include <string_view>

#include "fields.h"

namespace stepwise {

enum class Teacher { kIdeal, kGaussian, kPatches };

struct TeacherName {
  Teacher kind;
  std::string_view id;     // As stored in files.
  std::string_view label;  // As shown,
  std::string_view help;   //   with what it does, in sentences,
  std::string_view paper;
};
// In the order of the enumeration.
inline constexpr std::array kTeachers = {
    TeacherName{Teacher::kIdeal, "ideal", "Ideal",
                "A perfect memory of the training pictures: it can only draw these again.",
                "Karras et al. 2022"},
    TeacherName{Teacher::kGaussian, "gaussian", "Gaussian",
                "Knows of each class no more than its mean and how pixels vary together: it draws "
                "blurs of the right shape.",
                "Wang and Vastola 2023"},
    TeacherName{Teacher::kPatches, "patches", "Local patches",
                "A perfect memory that looks at a small neighborhood of each pixel, the smaller "
                "the less noise there is: it mixes pieces of pictures, as networks do.",
                "Kamb and Ganguli 2024"},
};
constexpr auto names_of(Teacher) {
  std::array<Named<Teacher>, kTeachers.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = {kTeachers[i].kind, kTeachers[i].id};
  return names;
}
constexpr const TeacherName& name_of(Teacher kind) { return kTeachers[std::size_t(kind)]; }

}  // namespace stepwise
