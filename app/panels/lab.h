// What the noise lab asks for and makes of the answers, without drawing: one question at a time, a
// new one only when something changed. Window thread only.
#pragma once

#include <optional>
#include <string>

#include "panels/panels.h"

namespace stepwise::app {

inline constexpr Range<double> kLabSigma{0.01, 80};

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
