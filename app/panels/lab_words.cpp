#include "panels/lab_words.h"

#include <cmath>

#include "error.h"
#include "panels/ui.h"
#include "widgets/ticks.h"

namespace stepwise::app {
namespace {

constexpr double kAlmostNoise = 20;     // From this level on there is hardly anything to see, and
constexpr double kAlmostClean = 0.05;   //   up to this one hardly anything to remove.
constexpr double kByHeart = 1e-3;       // An error of the ideal guess that is none.
constexpr double kNoDifference = 0.01;  // Of two errors, as a share.

std::string size_words(int width, int height, int channels) {
  return text_of(width, " x ", height, channels == 1 ? " in grey" : " in colour");
}

template <class Sized>
std::string size_words(const Sized& s) {
  return size_words(s.width, s.height, s.channels);
}

template <class A, class B>
bool same_size(const A& a, const B& b) {
  return a.width == b.width && a.height == b.height && a.channels == b.channels;
}

std::string apart(double share) { return format_percent(std::abs(share), 2); }

std::string sample_obstacle(const ModelOpened& model, const Picture& picture) {
  if (!picture) return "The picture under the playhead is not finished yet.";
  if (picture.width() == model.width && picture.height() == model.height &&
      picture.channels() == model.channels)
    return "";
  return text_of("The picture under the playhead is ",
                 size_words(picture.width(), picture.height(), picture.channels()),
                 ", but the model is for ", size_words(model),
                 ". Choose the model that drew it, or take a picture from the test set.");
}

// What the best guess comes to when hardly anything of the picture is left.
std::string mean_words(const Surveyed& s, const std::optional<Condition>& told) {
  if (s.known < s.count) return "all training pictures";
  return told ? "the training pictures of the told class" : "the training pictures of its class";
}

}  // namespace

std::string lab_obstacle(const View& view, const Ui& ui, const LabSubject& subject) {
  const ModelOpened* model = find_model(view, ui.model);
  if (!model) return "No model is open yet.";
  if (has_severity(model->degradation))
    return text_of("This model undoes ", id_of(model->degradation),
                   ", not noise, for which alone the best possible guess is known. Choose another "
                   "model to compare.");
  if (!view.data) return "No data set is open: the ideal guess is made of its training pictures.";
  if (!same_size(*model, *view.data))
    return text_of("The model is for pictures of ", size_words(*model), ", those of ",
                   view.data->name, " are ", size_words(*view.data),
                   ": there is nothing to compare. Open the data set that the model was trained "
                   "on, or choose another model.");
  return ui.lab.from_test_set ? "" : sample_obstacle(*model, subject.picture);
}

std::string lab_glance(const Inspected& a) {
  const std::string here = "This picture, under this noise: ";
  if (a.ideal_error < kByHeart && a.guess_error >= kByHeart)
    return here + "the ideal denoiser knows it by heart; the model has to guess.";
  const double share = a.ideal_error > 0 ? a.guess_error / a.ideal_error - 1 : 0;
  if (std::abs(share) < kNoDifference)
    return here + "the model's guess is as close as the ideal one.";
  return text_of(here, "the model's guess is ", apart(share), share < 0 ? " closer" : " further",
                 " than the ideal one.");
}

std::string lab_verdict(const Surveyed& s, const std::optional<Condition>& told) {
  std::string words;
  if (s.sigma >= kAlmostNoise)
    words = "With so much noise the best guess is little more than the mean of " +
            mean_words(s, told) + ". ";
  if (s.sigma <= kAlmostClean) words = "With so little noise there is hardly anything to remove. ";
  words += text_of("Over ", s.count, " test pictures at σ ", format_number(s.sigma, 2));
  const double difference = s.guess_error - s.ideal_error;
  const double share = s.ideal_error > 0 ? difference / s.ideal_error : 0;
  const bool any_class = told && told->label;  // One for all of them, true or not.
  if (std::abs(difference) <= 2 * s.standard_error)
    return words + " the model is as good as the ideal denoiser.";
  if (difference > 0)
    return words + " the model is " + apart(share) + " further than the ideal denoiser.";
  return words + " the model is " + apart(share) +
         (any_class ? " closer than the ideal denoiser, both told the same class."
                    : " closer than the ideal denoiser, which can only mix training pictures: it "
                      "generalises.");
}

std::string lab_class_note(const Condition& told, const Condition& known) {
  if (!told.label || known.label) return "";
  return "The class that the model is told is none of the data set's: the ideal guess is over all "
         "training pictures.";
}

}  // namespace stepwise::app
