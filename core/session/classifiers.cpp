#include "session/classifiers.h"

#include "engine/run_folder.h"
#include "error.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

// That this file was trained on these pictures, whatever its name. One that cannot be read was not.
bool knows(const fs::path& file, const DataRecord& data) {
  try {
    return same_pictures(data_of_classifier(file), data);
  } catch (const Error&) {
    return false;
  }
}

fs::path found_in(const fs::path& folder, const DataRecord& data) {
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".safetensors" && knows(it->path(), data)) return it->path();
  return {};
}

// As a shell takes it for one word.
std::string in_quotes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

// The options that read this data set again.
std::string options_for(const DataRecord& data) {
  const DataSource source = data.source.value_or(DataSource{.place = data.name});
  std::string options = "--data " + in_quotes(source.place);
  if (source.transpose) options += " --transpose";
  if (source.height > 0) options += text_of(" --reshape ", source.width, "x", source.height);
  return options;
}

void check_fits(const Classifier& c, const DataRecord& data, const fs::path& file) {
  require(c.channels == data.channels && c.height == data.height && c.width == data.width &&
              c.class_names.size() == data.class_names.size(),
          "The classifier in '", file.string(), "' tells ", c.class_names.size(),
          " classes of pictures of ", c.width, " x ", c.height, " and ", c.channels,
          " channels apart; it cannot judge those of ", words_for(data), ".");
}

}  // namespace

fs::path classifier_place(const DataRecord& data) {
  return classifiers_folder() / (data.name + "-" + data.identity.substr(0, 8) + ".safetensors");
}

Classifier classifier_for(const DataRecord& data, const fs::path& file, const fs::path& assets) {
  fs::path found = file;
  for (const fs::path& folder : {classifiers_folder(), assets / "classifiers"})
    if (found.empty()) found = found_in(folder, data);
  require(!found.empty(), "There is no classifier for ", words_for(data),
          " to measure with. Train one, which takes some minutes: stepwise classifier ",
          options_for(data));
  Classifier classifier = load_classifier(found);
  check_fits(classifier, data, found);
  return classifier;
}

}  // namespace stepwise
