#include <cstdlib>
#include <nlohmann/json.hpp>

#include "error.h"
#include "evaluation/classifier.h"
#include "image/checksum.h"
#include "image/file.h"
#include "model/weights.h"

namespace stepwise {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 24;
constexpr const char* kFormat = "stepwise classifier 1";

// What the file says of itself, next to its weights.
nlohmann::json description_of(const Classifier& c) {
  return {{"data", c.data},         {"class_names", c.class_names},
          {"channels", c.channels}, {"height", c.height},
          {"width", c.width},       {"accuracy", c.accuracy}};
}

void describe(Classifier& c, const nlohmann::json& json) {
  json.at("data").get_to(c.data);
  json.at("class_names").get_to(c.class_names);
  json.at("channels").get_to(c.channels);
  json.at("height").get_to(c.height);
  json.at("width").get_to(c.width);
  json.at("accuracy").get_to(c.accuracy);
}

}  // namespace

void save_classifier(const std::filesystem::path& path, Classifier& classifier) {
  const std::string bytes = encode_safetensors(
      {state_of(*classifier.net),
       {{"format", kFormat}, {"classifier", description_of(classifier).dump()}}});
  write_file(path, bytes);
  classifier.checksum = checksum(bytes);
}

Classifier load_classifier(const std::filesystem::path& path) {
  const std::string bytes = read_file(path, kLargestFile);
  const Safetensors file = decode_safetensors(bytes, path.string());
  const auto format = file.metadata.find("format");
  const auto description = file.metadata.find("classifier");
  require(format != file.metadata.end() && format->second == kFormat &&
              description != file.metadata.end(),
          "'", path.string(), "' is not a classifier of this program: its metadata does not say '",
          kFormat, "'.");
  Classifier c;
  try {
    describe(c, nlohmann::json::parse(description->second));
  } catch (const nlohmann::json::exception& e) {
    throw Error(text_of("Cannot read what '", path.string(), "' says of itself: ", e.what(), "."));
  }
  require(
      c.channels >= 1 && c.channels <= 4 && !c.class_names.empty() && c.class_names.size() <= 256,
      "'", path.string(), "' claims ", c.channels, " channels and ", c.class_names.size(),
      " classes; 1 to 4 and 1 to 256 were expected.");
  c.net = ClassifierNet(c.channels, std::int64_t(c.class_names.size()));
  load_state(*c.net, file.tensors, path.string());
  c.checksum = checksum(bytes);
  return c;
}

}  // namespace stepwise
