#include "view/notes.h"

#include <cmath>

#include "error.h"
#include "widgets/ticks.h"

namespace stepwise::app {

std::string note_of(const ModelOpened& model, const Training& training) {
  if (model.folder.empty()) return "Combined: " + model.name + ".";
  const bool kept = training.running && training.started->folder == model.folder;
  return text_of(kept ? "Kept " : "Opened ", model.name,
                 kept ? ", of the run in " : ", the model in ", model.folder.string(), ".");
}

std::string note_of(const DataOpened& data) {
  return text_of("Opened ", data.name, ": ", format_count(data.train), " training and ",
                 format_count(data.test), " test pictures of ", data.width, " x ", data.height,
                 ".");
}

std::string note_of(const TrainingStarted& run) {
  const std::string words =
      run.step == 0 ? "Training begins" : "Training goes on at step " + format_count(run.step);
  return text_of(words, ": ", run.recipe.name, " on ", run.data, ", in ", run.folder.string(), ".");
}

std::string note_of(const TrainingDone& done, const Training& training) {
  const std::string recipe = training.started ? training.started->recipe.name + ", " : "";
  std::string words =
      text_of("Training ended: ", recipe, format_count(done.step), " steps in ",
              format_duration(training.progress.seconds), ", in ", done.folder.string(), ".");
  if (done.stopped_early && !done.why.empty()) words += " " + done.why;
  return words;
}

std::string note_of(const Evaluated& evaluated) {
  const Evaluation& f = evaluated.figures;
  std::string words =
      text_of("Measured ", evaluated.model, " over ", format_count(f.count), " pictures: FD ",
              format_number(f.distance), ", floor ", format_number(f.floor),
              ", as far off as noise of σ ", format_number(f.noise_equivalent_level, 2));
  if (std::isfinite(f.agreement))
    words += text_of(", ", format_number(100 * f.agreement, 3), " % of the classes agree");
  return words + ".";
}

std::string note_of(const RunAveraged& average) {
  return text_of("Made of ", average.parts, " averages of the run: ",
                 format_number(100 * average.misfit, 2), " % of the wanted profile is missed.");
}

std::string note_of(const ClassifierTrained& classifier) {
  return text_of("The classifier in ", classifier.file.string(), " is right for ",
                 format_number(100 * classifier.accuracy, 3), " % of the test pictures.");
}

}  // namespace stepwise::app
