#include "commands/kept_table.h"

#include "error.h"
#include "formats/layout.h"
#include "image/file.h"
#include "image/output.h"

namespace stepwise {

std::filesystem::path place_of_table(const std::filesystem::path& model) {
  const std::filesystem::path file = layout_of(model).root / kInfo;
  require(is_there(file), "Cannot keep what is measured with '", model.string(),
          "': it has no stepwise.json, which only models trained by Stepwise have. Leave out "
          "--save.");
  check_output(file, {".json"}, true);
  return file;
}

}  // namespace stepwise
