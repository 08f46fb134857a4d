// What the noise lab asks for and makes of the answers, without drawing: one question at a time, a
// new one only when something changed. Window thread only.
#pragma once

#include <cstdint>
#include <optional>
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

// Errors met at the levels that were visited, sigma rising.
struct ErrorCurve {
  LabQuestion of;  // Its sigma does not matter.
  std::vector<double> sigma;
  std::vector<float> guess, ideal;
};

struct LabSettings {
  bool from_test_set = true;  // Else the picture under the playhead.
  int index = 0;              // In the test set.
  double sigma = 1;
  std::uint64_t seed = 1;
  std::optional<Condition> condition;  // None: the picture's own class.
};
void visit_fields(FieldsOf<LabSettings> auto& l, auto visit) {
  visit("from_test_set", l.from_test_set);
  visit("index", l.index, Range<int>{0, 1 << 30});
  visit("sigma", l.sigma, kSigma);
  visit("seed", l.seed);
  visit("condition", l.condition);
}

struct LabUi : LabSettings {
  JobId asked = kNoJob;     // The last Inspect,
  LabQuestion question;     //   and what it asked.
  JobId fetching = kNoJob;  // The last FetchPicture.
  Picture test;             // The test picture of `test_index`,
  int test_index = -1;      //   and its class.
  Condition test_condition;
  Picture nearest;  // The training picture of `nearest_index`.
  int nearest_index = -1;
  ErrorCurve curve;
  PlotView plot{.log_x = true};
};

// The picture under inspection and its class; no picture while it has not come.
struct LabSubject {
  Picture picture;
  Condition condition;
};
LabSubject lab_subject(const View& view, const LabUi& ui, const Playhead& playhead);

// What would be asked now.
LabQuestion lab_question(const View& view, const Ui& ui, const LabSubject& subject);

// Takes in pictures and errors that have come, then posts what is missing: the test picture, the
// answer to a changed question, the nearest training picture. At most one Inspect and one
// FetchPicture wait for their answers.
void update_lab(const View& view, Ui& ui, Commands& out);

// The answer to what was asked last, while it is still about the same picture; else nullptr.
const InspectedShown* lab_answer(const View& view, const LabUi& ui);

// Where the two guesses stand, in a sentence.
std::string lab_verdict(const Inspected& answer);

}  // namespace stepwise::app
