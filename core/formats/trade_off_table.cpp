#include "formats/trade_off_table.h"

#include "range.h"
#include "settings/json.h"
#include "settings/sample_settings.h"

namespace stepwise {
namespace {

constexpr Range<double> kChanged{0, 1};
constexpr Range<double> kGreys{0, 255};

}  // namespace

void check(const std::vector<TradeOff>& table) {
  require(table.size() <= kMaxTradeOffs, "trade_off has ", table.size(), " rows, but should have ",
          kMaxTradeOffs, " at most.");
  for (const TradeOff& row : table) {
    kAnySigma.check("sigma in trade_off", row.sigma);
    kChanged.check("changed in trade_off", row.changed);
    kGreys.check("change in trade_off", row.change);
    kGreys.check("outside in trade_off", row.outside);
  }
}

std::string with_trade_off(std::string_view info, const std::vector<TradeOff>& table,
                           const std::string& name) {
  return with_entry(info, "trade_off", value_of(table), name);
}

}  // namespace stepwise
