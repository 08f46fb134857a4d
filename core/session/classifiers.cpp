#include "session/classifiers.h"

#include "engine/run_folder.h"
#include "error.h"
#include "session/trained_on.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

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

Classifier classifier_for(const DataRecord& data, const fs::path& file, const fs::path& assets) {
  const fs::path found =
      file.empty()
          ? trained_on(data, {classifiers_folder(), assets / "classifiers"}, data_of_classifier)
          : file;
  require(!found.empty(), "There is no classifier for ", words_for(data),
          " to measure with. Train one, which takes some minutes: stepwise classifier ",
          options_for(data));
  Classifier classifier = load_classifier(found);
  check_fits(classifier, data, found);
  return classifier;
}

}  // namespace stepwise
