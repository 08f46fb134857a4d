#include "commands/options.h"

#include <string_view>

namespace stepwise {

void refuse_empty_values(int argc, char** argv) {
  std::string_view before = argv[0];
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::size_t equals = argument.find('=');
    if (argument.empty())
      throw CLI::ValidationError(
          text_of("The value behind ", before, " is empty. Is a variable of your script unset?"));
    if (argument.starts_with("-") && equals + 1 == argument.size())
      throw CLI::ValidationError(text_of("The value of ", argument.substr(0, equals),
                                         " is empty. Is a variable of your script unset?"));
    before = argument;
  }
}

}  // namespace stepwise
