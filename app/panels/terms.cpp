#include "panels/terms.h"

#include <algorithm>
#include <cassert>

#include "error.h"
#include "widgets/controls.h"

namespace stepwise::app {

std::string help_of(std::string_view symbol, std::string_view more) {
  const auto term = std::ranges::find(kTerms, symbol, &Term::symbol);
  assert(term != kTerms.end());
  return with_formula(term->name, term->formula,
                      text_of(term->sentence, more.empty() ? "" : " ", more));
}

std::string help_of(Quantity layer) {
  if (layer == Quantity::kAll) return "The four images of this step. Key 5 or Q.";
  const std::string key = text_of("Key ", int(layer) + 1, ".");
  if (layer == Quantity::kNoisy) return help_of("x", key);
  if (layer == Quantity::kGuess) return help_of("D", key);
  const QuantityName& name = kQuantities[std::size_t(layer)];
  return with_formula(name.label, name.symbol, text_of(name.help, " ", key));
}

}  // namespace stepwise::app
