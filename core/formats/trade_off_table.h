// What changes of class cost, as a model's own file tells it. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "settings/trade_off.h"

namespace stepwise {

inline constexpr std::size_t kMaxTradeOffs = 1000;

// Throws Error for numbers that are none or out of range, and for too many rows.
void check(const std::vector<TradeOff>& table);

// The text of a stepwise.json with this table in it, in place of the one that it had; all else
// stays. `name`: of the file, for messages.
std::string with_trade_off(std::string_view info, const std::vector<TradeOff>& table,
                           const std::string& name);

}  // namespace stepwise
