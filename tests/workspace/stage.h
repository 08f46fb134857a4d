// The whole window without a window: the session of a closed form, the view that its events grow,
// and headless Dear ImGui around the workspace. Each frame hands the commands of the panels to the
// session.
#pragma once

#include <utility>
#include <vector>

#include "headless_imgui.h"
#include "load_closed_form.h"
#include "panels/panels.h"
#include "view/edits.h"
#include "view/follow.h"

namespace stepwise::app {

// A run that goes on, with a gallery and a mark.
inline void begin_training(View& view) {
  TrainingStarted started;
  started.folder = "runs/1";
  started.bin_edges = {0.1, 1, 10};
  apply({900, started}, view);
  ImageBatch batch{20, 4, 4, 1, std::vector<float>(20 * 16)};
  apply({900, GalleryReady{100, 5, batch}}, view);
  const TrainingMark mark{"runs/1/marks/step-000050.safetensors", 50, 2.5, "rate × 0.5"};
  apply({900, TrainingMarked{"runs/1", {}, {mark}}}, view);
}

class Stage {
 public:
  Stage() {
    gui.own_window = false;
    ask(OpenModel{"model"});
    ui.model = view.models.back().id;
  }

  // The worker does what it is told, and all that follows from it.
  void ask(Request request) {
    const Send send = [&](Report report) { apply(std::move(report), view); };
    begin_job(request, view);
    worker->handle(std::move(request), send);
    for (bool more = true; more;) {
      try {
        more = worker->step(send);
      } catch (const std::exception& e) {
        send(worker->describe(e));
      }
    }
  }

  // A tree of that many pictures, sampled to its end.
  void sample(int count = 3) {
    SampleSettings settings;
    settings.count = count;
    settings.steps = 8;
    ui.sample = settings;
    ask(Sample{ui.model, settings, dealt({}, 10, count)});
    follow(view, ui, 0);
  }

  // Draws the workspace; what it asks for is kept in `asked` and answered.
  auto draw() {
    return [this] {
      Commands out;
      workspace(view, ui, gui.pictures, out);
      for (Request& request : out) {
        if (std::holds_alternative<FetchFrame>(request.command))
          ++fetches;
        else
          asked.push_back(request);
        ask(std::move(request));
      }
    };
  }
  void frame() { gui.frame(draw()); }
  void key(Key which, bool ctrl = false, bool shift = false) {
    gui.key(which, draw(), ctrl, shift);
  }

  // The picture drawn largest in the latest frame: the canvas.
  RecordingRenderer::Call canvas() const {
    RecordingRenderer::Call largest;
    largest.min = largest.max = {0, 0};
    for (const auto& call : gui.pictures.calls)
      if (call.max.x - call.min.x > largest.max.x - largest.min.x) largest = call;
    return largest;
  }
  // Where a pixel of the canvas' picture is on screen.
  ImVec2 on_canvas(float x, float y) {
    frame();
    const auto call = canvas();
    const float pixel = (call.max.x - call.min.x) / float(kClosedFormSide);
    return {call.min.x + x * pixel, call.min.y + y * pixel};
  }

  // One stroke from a pixel to another.
  void stroke(float x, float y, float to_x, float to_y) {
    const ImVec2 from = on_canvas(x, y), to = on_canvas(to_x, to_y);
    gui.move(from, draw());
    gui.button(0, true, draw());
    gui.move(to, draw());
    gui.button(0, false, draw());
  }

  // On a picture, wherever the latest frame shows it.
  void click_picture(const Picture& wanted) {
    ImVec2 at{0, 0};
    for (const auto& call : gui.pictures.calls)
      if (call.shown.plus == wanted) at = {call.min.x + 4, call.min.y + 4};
    gui.click(at, draw());
  }

  template <class T>
  int count_asked() const {
    int count = 0;
    for (const Request& request : asked) count += std::holds_alternative<T>(request.command);
    return count;
  }

  std::unique_ptr<Worker> worker = make_closed_form_session();
  View view;
  Ui ui;
  HeadlessImGui gui;
  Commands asked;   // But for the steps on screen,
  int fetches = 0;  //   which are counted.
};

}  // namespace stepwise::app
