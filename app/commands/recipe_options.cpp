#include "commands/recipe_options.h"

#include "error.h"
#include "settings/recipe_fields.h"

namespace stepwise {

CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& set,
                            const std::string& help, const std::string& name) {
  return command.add_option(name, set, help)->type_name("FIELD=VALUE")->allow_extra_args(false);
}

void put_fields(Recipe& recipe, const std::vector<std::string>& set) {
  for (const std::string& text : set) {
    const std::size_t equals = text.find('=');
    require(equals != text.npos, "Cannot read '--set ", text,
            "': it has no '='. Say field=value, as in --set batch=64.");
    set_field(recipe, text.substr(0, equals), text.substr(equals + 1), "--set " + text);
  }
}

}  // namespace stepwise
