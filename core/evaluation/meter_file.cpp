#include "error.h"
#include "evaluation/meter.h"
#include "first_of.h"
#include "model/weights.h"
#include "settings/json.h"

namespace stepwise {
namespace {

constexpr Range<int> kMeterChannels{1, 4};
constexpr const char* kMeterFormat = "stepwise meter 2";

}  // namespace

// What the file says of itself, next to its weights.
STEPWISE_FIELDS(Meter, data, data_set, channels, error)

std::string encode(const Meter& meter) {
  return encode_safetensors(
      {state_of(*meter.net), {{"format", kMeterFormat}, {"meter", text_of_json(value_of(meter))}}});
}

namespace {

Meter described(const std::filesystem::path& path) {
  const std::string file = path.string();
  const auto metadata = SafetensorsFile(path).metadata();
  const auto format = metadata.find("format"), description = metadata.find("meter");
  require(
      format != metadata.end() && format->second == kMeterFormat && description != metadata.end(),
      "'", file, "' is not a noise meter of this program: its metadata does not say '",
      kMeterFormat, "'.");
  auto meter = read_object<Meter>(description->second, file);
  check(meter.data_set);
  require(kMeterChannels.holds(meter.channels), "'", file, "' claims to be for pictures of ",
          meter.channels, " channels; ", kMeterChannels.min, " to ", kMeterChannels.max,
          " were expected.");
  return meter;
}

}  // namespace

DataRecord data_of_meter(const std::filesystem::path& path) { return described(path).data_set; }

Meter load_meter(const std::filesystem::path& path) {
  const std::string file = path.string();
  Meter meter = described(path);
  meter.net = MeterNet(meter.channels);
  WeightLoader weights(*meter.net, WeightFiles(path));
  require(weights.notes().empty(), "The weights in '", file, "' are not those of a noise meter. ",
          joined(weights.notes(), {}, " "));
  weights.step();
  return meter;
}

}  // namespace stepwise
