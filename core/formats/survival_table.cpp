#include "formats/survival_table.h"

#include "range.h"
#include "settings/json.h"
#include "settings/sample_settings.h"

namespace stepwise {
namespace {

constexpr Range<float> kSize{1e-3f, 1e6f};
constexpr Range<double> kSurviving{0, 1};

}  // namespace

void check(const std::vector<Survival>& table) {
  require(table.size() <= kMaxSurvivals, "survival has ", table.size(), " rows, but should have ",
          kMaxSurvivals, " at most.");
  for (const Survival& row : table) {
    kAnySigma.check("sigma in survival", row.sigma);
    kSize.check("size in survival", row.size);
    kSurviving.check("share in survival", row.share);
  }
}

std::string with_survival(std::string_view info, const std::vector<Survival>& table,
                          const std::string& name) {
  return with_entry(info, "survival", value_of(table), name);
}

}  // namespace stepwise
