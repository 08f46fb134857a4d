#include "commands/recipe_options.h"

#include "error.h"
#include "settings/recipe_fields.h"

namespace stepwise {

CLI::Option* add_set_option(CLI::App& command, std::vector<std::string>& set,
                            const std::string& help, const std::string& name) {
  return command.add_option(name, set, help)->type_name("FIELD=VALUE")->allow_extra_args(false);
}

std::vector<FieldValue> fields_in(const std::vector<std::string>& set) {
  std::vector<FieldValue> fields;
  for (const std::string& text : set) {
    const std::size_t equals = text.find('=');
    require(equals != text.npos, "Cannot read '--set ", text,
            "': it has no '='. Say field=value, as in --set batch=64.");
    fields.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  return fields;
}

void put_fields(Recipe& recipe, const std::vector<std::string>& set) {
  for (const auto& [field, value] : fields_in(set))
    set_field(recipe, field, value, text_of("--set ", field, "=", value));
}

}  // namespace stepwise
