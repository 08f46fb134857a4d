// What the noise lab asks for and makes of the answers, without drawing: one question about the
// picture and one about many at a time, a new one only when something changed. Window thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"
#include "widgets/plot_zoom.h"

namespace stepwise::app {

struct Ui;

inline constexpr Range<double> kLabSigma{0.01, 80};

// What the noise lab asks of the worker: another question needs another answer.
struct LabQuestion {
  Picture picture;
  Condition condition;
  double sigma = 1;
  std::uint64_t seed = 1;
  ModelId model = kNoModel;
  std::int64_t model_step = 0;  // Of a model in training, as it was with its newest gallery.
  bool operator==(const LabQuestion&) const = default;
};

// What is asked over many test pictures, at kSurveyLevels levels.
struct SurveyQuestion {
  ModelId model = kNoModel;
  // Of a model in training, a power of two: it is asked about again when it has trained for twice
  // as long.
  std::int64_t model_step = 0;
  std::optional<Condition> told;  // None: its own class to each.
  JobId data = kNoJob;            // What opened the data set.
  bool operator==(const SurveyQuestion&) const = default;
};
inline constexpr int kSurveyCount = 100;  // Pictures.
inline constexpr int kSurveyLevels = 13;
// From kLabSigma's least to its largest by equal ratios; those nearest to `sigma` come first.
std::vector<double> survey_levels(double sigma);

// What is asked of the picture made worse in every way.
struct WorsenQuestion {
  Picture picture;
  double severity = 0;
  std::uint64_t seed = 1;
  std::vector<DegradationStack> stacks;  // After all single ways.
  bool operator==(const WorsenQuestion&) const = default;
};

struct LabSettings {
  bool from_test_set = true;  // Else the picture under the playhead.
  int index = 0;              // In the test set.
  double sigma = 1;
  double severity = 0.5;  // Of the other ways to make it worse.
  std::uint64_t seed = 1;
  std::optional<Condition> condition;  // None: the picture's own class.
};
void visit_fields(FieldsOf<LabSettings> auto& l, auto visit) {
  visit("from_test_set", l.from_test_set);
  visit("index", l.index, Range<int>{0, 1 << 30});
  visit("sigma", l.sigma, kSigma);
  visit("severity", l.severity, kSeverity);
  visit("seed", l.seed);
  visit("condition", l.condition);
}

// Looking through the training pictures.
struct BrowseUi {
  bool open = false;      // They are shown.
  BrowseData wish = {};   // Which of them;
  JobId job = kNoJob;     //   the last BrowseData,
  BrowseData asked = {};  //   what it asked,
  Corrections seen = {};  //   and what had been corrected by then.
  JobId data = kNoJob;    // What opened the data set that all this is of.
  int chosen = -1;        // The picture in hand; -1: none.
  int chosen_label = -1;  // Its class as the files have it.
};

struct LabUi : LabSettings {
  Picture own;               // A picture from a file, and what it is called;
  std::string own_name;      //   no picture: there is none.
  bool shows_own = false;    // It is looked at, whatever is chosen beside it.
  JobId asked = kNoJob;      // The last Inspect,
  LabQuestion question;      //   and what it asked.
  JobId worsening = kNoJob;  // The last Worsen,
  WorsenQuestion worsen;     //   and what it asked.
  JobId fetching = kNoJob;   // The last FetchPicture.
  Picture test;              // The test picture of `test_index`,
  int test_index = -1;       //   and its class.
  Condition test_condition;
  Picture nearest;  // The training picture of `nearest_index`.
  int nearest_index = -1;
  Picture answered;                      // What the newest answer is about.
  JobId data = kNoJob;                   // What opened the data set that all this is of.
  JobId surveyed = kNoJob;               // The last Survey,
  std::optional<SurveyQuestion> survey;  //   and what it asked; none: it is to be asked again.
  bool survey_stopped = false;           // Before its end.
  PlotView plot{.log_x = true};
  BrowseUi browse;
};

// The picture under inspection and its class; no picture while none has come.
struct LabSubject {
  Picture picture;
  Condition condition;
  std::string class_words;  // What its class is called; empty: it has none, or none is known.
};
LabSubject lab_subject(const View& view, const Ui& ui);

// What would be asked now.
LabQuestion lab_question(const View& view, const Ui& ui, const LabSubject& subject);

// Takes in what has come, then posts what is missing: the test picture, the answer to a changed
// question, the nearest training picture, errors over many pictures. At most one Inspect, one
// FetchPicture and one Survey wait for their answers.
void update_lab(const View& view, Ui& ui, Commands& out);

// The answer to what was asked last, or the one before about the same picture while that is on its
// way; nullptr where nothing can be asked, or the question failed.
const InspectedShown* lab_answer(const View& view, const LabUi& ui);

// The levels that have come of the last survey, sigma rising.
std::span<const Surveyed> lab_survey(const View& view, const LabUi& ui);
// The one nearest to the level on screen, or nullptr.
const Surveyed* survey_nearby(const View& view, const LabUi& ui);

}  // namespace stepwise::app
