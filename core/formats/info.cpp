#include "formats/info.h"

#include "error.h"
#include "formats/survival_table.h"
#include "formats/trade_off_table.h"
#include "range.h"
#include "settings/json.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr Range<double> kSigmaData{1e-6, 1e6};

void check(const StepwiseInfo& info) {
  kSigmaData.check("sigma_data", info.sigma_data);
  require(info.null_class >= -1, "null_class is ", info.null_class,
          ", but should be -1 (none) or a class.");
  Range<double>{0, kSigma.max}.check("learned_up_to", info.learned_up_to);
  if (info.data_set.source) check(*info.data_set.source);
  check(info.defaults);
  check(info.survival);
  check(info.trade_off);
}

}  // namespace

StepwiseInfo stepwise_info_of(std::string_view text, const std::string& name) {
  json object = parse_object(text, name);
  if (const auto training = object.find("training");
      training != object.end() && !training->is_null()) {
    if (!training->is_object()) refuse(*training, {name, "training"}, "an object {...}");
    *training = training->dump();  // A text in our struct.
  }
  StepwiseInfo info;
  read_value(object, info, {name, "all of it"});
  in_context("Cannot use '" + name + "': ", [&] { check(info); });
  return info;
}

std::string json_of(const StepwiseInfo& info) {
  json object = value_of(info);
  object["training"] = parse_object(info.training, "training");
  if (info.data_set == DataRecord{}) object.erase("data_set");
  if (info.learned_up_to == 0) object.erase("learned_up_to");
  if (info.survival.empty()) object.erase("survival");
  if (info.trade_off.empty()) object.erase("trade_off");
  return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace stepwise
