// How one model is made of two, below the list of models. Window thread only.
#pragma once

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

struct Ui;

// The form. Not remembered between launches.
struct CombineUi {
  enum class Way { kAutoguide, kExperts };

  bool open = false;  // The form is on screen.
  Way way = Way::kAutoguide;
  ModelId other = kNoModel;
  double weight = 2;    // Of autoguidance.
  double boundary = 1;  // Between experts, sigma.
};

// A button and, once pressed, a form: the model in use and another of the same pictures.
void combine_form(const View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
