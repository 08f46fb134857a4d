// A lab with a model of two classes and a data set of pictures of 2 x 2, to be asked and answered
// by hand.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "headless_imgui.h"
#include "panels/lab.h"
#include "panels/lab_words.h"
#include "panels/panels.h"

namespace stepwise::app {

class Lab : public testing::Test {
 protected:
  Lab() {
    model.class_names = {"Trouser", "Bag"};
    model.height = model.width = 2;
    model.channels = 1;
    apply({kNoJob, model}, view);
    apply({kNoJob, pictures()}, view);
    ui.lab.index = 5;
  }
  static DataOpened pictures() {
    DataOpened data;
    data.name = "clothes";
    data.class_names = {"Trouser", "Bag"};
    data.test = 200;
    data.train = 1000;
    data.height = data.width = 2;
    data.channels = 1;
    return data;
  }

  // What is posted at this moment, surveys apart.
  Commands talk() {
    Commands out, rest;
    update_lab(view, ui, out);
    for (const Request& request : out) {
      begin_job(request.id, view);
      if (const auto* survey = std::get_if<Survey>(&request.command))
        surveys.push_back(*survey);
      else
        rest.push_back(request);
    }
    return rest;
  }
  void fetched(int index, bool test = true) {
    apply({ui.lab.fetching, PictureFetched{index, test, 1, Image(2, 2, 1)}}, view);
    apply({ui.lab.fetching, Finished{}}, view);
  }
  void answer(double sigma, double guess_error = 0.1, int nearest = -1) {
    Inspected a;
    a.sigma = sigma;
    a.noisy = a.guess = a.ideal = Image(2, 2, 1);
    a.guess_error = guess_error;
    a.ideal_error = 0.2;
    a.nearest = nearest;
    apply({ui.lab.asked, a}, view);
    apply({ui.lab.asked, Finished{}}, view);
  }
  // The picture has come, the first question is out.
  Inspect asked() {
    talk();
    fetched(5);
    const Commands out = talk();
    return out.size() == 1 ? std::get<Inspect>(out[0].command) : Inspect{};
  }

  // A picture has been asked about and answered; its survey is out.
  void look() {
    asked();
    answer(1);
    talk();
  }
  Surveyed level(double sigma, double guess, double ideal) const {
    Surveyed s;
    s.sigma = sigma;
    s.count = s.known = 100;
    s.guess_error = guess;
    s.ideal_error = ideal;
    s.standard_error = 0.001;
    return s;
  }
  void begin_sample() {
    BranchStarted start;
    start.id = 1;
    start.pictures = {0};
    start.conditions = {{0}};
    start.sigmas = {1, 0};
    apply({kNoJob, start}, view);
    ui.playhead.branch = 1;
    ui.lab.from_test_set = false;
  }
  void sample(int newest) {
    begin_sample();
    const ImageBatch batch{1, 2, 2, 1, {0, 0, 0, 0}};
    apply({kNoJob, FrameReady{1, newest, to_bytes(batch)}}, view);
    if (newest == 1) apply({kNoJob, FrameFetched{1, 1, batch, batch}}, view);
  }
  std::size_t pictures_drawn() {
    HeadlessImGui gui({400, 2000});
    Commands out;
    gui.frame([&] {
      noise_lab_panel(view, ui, gui.pictures, out);
      lab_panel(view, ui, gui.pictures, out);
    });
    return gui.pictures.calls.size();
  }

  ModelOpened model;
  View view;
  Ui ui;
  std::vector<Survey> surveys;
};

}  // namespace stepwise::app
