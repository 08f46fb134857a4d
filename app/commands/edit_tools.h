// What `stepwise edit` can do to a picture: each tool as a way to begin a tree with the picture,
// and layers on it. Plain values; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/commands.h"

namespace stepwise {

// What a tool is asked for, with pictures as the model takes them.
struct EditAsked {
  Image picture;                   // In data units.
  std::vector<Image> areas;        // Where to edit, 0 to 1: one channel each; none: all of it.
  std::vector<Condition> classes;  // What it shall show there.
  Condition from;                  // What it shows.
  std::optional<double> sigma;
  float strength = 1;
  Wish wish;
};

enum class Need { kNone, kMay, kMust };

struct EditTool {
  const char* id;
  const char* help;
  StartKind start;
  double sigma;           // Where it begins unless that is said, in units of the data.
  Need area, classes;     // Whether it takes a mask, and a class to change to,
  bool many = false;      //   or one class for each of several masks.
  bool fills = false;     // What is outside the mask is locked, and the rest filled in.
  bool searches = false;  // Without a mask it finds one.
  bool ends = false;      // It edits the finished picture, not the first step.
  bool from = false;      // The tree begins as what the picture shows, and the edit changes it.
  Layers (*layers)(const EditAsked& asked, double sigma) = nullptr;
};
std::span<const EditTool> edit_tools();

// Throws Error listing the tools.
const EditTool& edit_tool_of(const std::string& id);

// What is asked of the worker, one after the other.
struct EditPlan {
  Sample sample;
  std::optional<Resample> resample;  // Of branch 0.
  Image area;                        // That may change, 0 to 1: one channel.
};

// Throws Error for what the tool needs and has not, or has and cannot use.
void check(const EditTool& tool, const EditAsked& asked);

// Of what check() takes. `settings`: of one picture.
EditPlan plan_of(const EditTool& tool, const EditAsked& asked, ModelId model,
                 const SampleSettings& settings, const FillIn& fill);

}  // namespace stepwise
