#include "error.h"
#include "evaluation/classifier.h"
#include "first_of.h"
#include "image/file.h"
#include "image/sha256.h"
#include "model/weights.h"
#include "range.h"
#include "settings/json.h"

namespace stepwise {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 24;
constexpr Range<int> kChannels{1, 4};
constexpr Range<int> kSide{1, 4096};
constexpr Range<std::size_t> kClasses{1, 256};
constexpr const char* kClassifierFormat = "stepwise classifier 1";

}  // namespace

// What the file says of itself, next to its weights.
STEPWISE_FIELDS(Classifier, data, data_set, class_names, channels, height, width, accuracy)

namespace {

// Throws Error unless there can be such a classifier.
void check(const Classifier& c, const std::string& file) {
  check(c.data_set);
  require(kChannels.holds(c.channels) && kSide.holds(c.height) && kSide.holds(c.width) &&
              kClasses.holds(c.class_names.size()),
          "'", file, "' claims to tell ", c.class_names.size(), " classes of pictures of ",
          c.height, " x ", c.width, " pixels and ", c.channels, " channels; ", kClasses.min, " to ",
          kClasses.max, ", ", kSide.min, " to ", kSide.max, " and ", kChannels.min, " to ",
          kChannels.max, " were expected.");
}

Classifier described(const std::map<std::string, std::string>& metadata, const std::string& file) {
  const auto format = metadata.find("format");
  const auto description = metadata.find("classifier");
  require(format != metadata.end() && format->second == kClassifierFormat &&
              description != metadata.end(),
          "'", file, "' is not a classifier of this program: its metadata does not say '",
          kClassifierFormat, "'.");
  auto c = read_object<Classifier>(description->second, file);
  check(c, file);
  return c;
}

}  // namespace

DataRecord data_of_classifier(const std::filesystem::path& path) {
  return described(SafetensorsFile(path).metadata(), path.string()).data_set;
}

std::string encode(Classifier& classifier) {
  std::string bytes = encode_safetensors(
      {state_of(*classifier.net),
       {{"format", kClassifierFormat}, {"classifier", text_of_json(value_of(classifier))}}});
  classifier.checksum = sha256(bytes);
  return bytes;
}

Classifier load_classifier(const std::filesystem::path& path) {
  const std::string bytes = read_file(path, kLargestFile);
  Classifier c = described(SafetensorsFile(path).metadata(), path.string());
  c.net = ClassifierNet(c.channels, std::int64_t(c.class_names.size()));
  WeightLoader weights(*c.net, WeightFiles(path));
  require(weights.notes().empty(), "The weights in '", path.string(),
          "' are not those of a classifier. ", joined(weights.notes(), {}, " "));
  weights.step();
  c.checksum = sha256(bytes);
  return c;
}

}  // namespace stepwise
