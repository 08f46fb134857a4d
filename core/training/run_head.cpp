#include "training/run_head.h"

#include <nlohmann/json.hpp>

#include "error.h"
#include "formats/layout.h"
#include "settings/json.h"

namespace stepwise {
namespace {

constexpr double kMaxSeconds = 60 * kMinutes.max;

std::string metadata(const SafetensorsFile& file, const std::string& key) {
  const auto found = file.metadata().find(key);
  require(found != file.metadata().end(), "'", file.name(), "' says nothing of its ", key,
          ". It is not a training run.");
  return found->second;
}

void read_progress(RunHead& head, const SafetensorsFile& file) {
  const nlohmann::json object = parse_object(metadata(file, "progress"), file.name());
  ObjectReader reader(object, file.name());
  head.seconds = -1;
  head.step = -1;
  reader.read("step", head.step);
  reader.read("multiplier", head.multiplier);
  reader.read("seconds", head.seconds);
  reader.read("looked", head.looked);
  require(head.step >= 0 && head.step <= kTrainingSteps.max && kMultiplier.holds(head.multiplier) &&
              head.seconds >= 0 && head.seconds <= kMaxSeconds && head.looked >= 0 &&
              head.looked <= kMaxSeconds,
          "'", file.name(), "': its progress is out of range: step ", head.step, ", multiplier ",
          head.multiplier, ", ", head.seconds, " seconds, and ", head.looked, " of looking.");
}

}  // namespace

RunHead head_of(const SafetensorsFile& file) {
  const std::string recipe = metadata(file, "recipe"), name = metadata(file, "data");
  RunHead head;
  in_context("Cannot resume '" + file.name() + "': ", [&] {
    head.recipe = read_object<Recipe>(recipe, "the recipe");
    if (const auto found = file.metadata().find("data_set"); found != file.metadata().end())
      head.data = read_object<DataRecord>(found->second, "the record of the data set");
  });
  head.data.name = name;
  if (const auto found = file.metadata().find("from"); found != file.metadata().end())
    head.from = found->second;
  read_progress(head, file);
  return head;
}

std::filesystem::path run_file(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / kTrainingFile;
  require(is_there(file), "There is no run to resume in '", folder.string(), "': it has no ",
          kTrainingFile, ".");
  return file;
}

std::map<std::string, std::string> metadata_of(const RunHead& head) {
  // Numbers go through JSON, which keeps every bit of a double.
  const nlohmann::json progress{{"step", head.step},
                                {"seconds", head.seconds},
                                {"multiplier", head.multiplier},
                                {"looked", head.looked}};
  std::map<std::string, std::string> metadata{{"format", "pt"},
                                              {"recipe", text_of_json(value_of(head.recipe))},
                                              {"progress", progress.dump()},
                                              {"data", head.data.name},
                                              {"data_set", text_of_json(value_of(head.data))}};
  if (!head.from.empty()) metadata["from"] = head.from;
  return metadata;
}

}  // namespace stepwise
