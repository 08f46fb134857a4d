#include "window/run_window.h"

#include <GLFW/glfw3.h>
#include <epoxy/gl.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <optional>
#include <semaphore>
#include <utility>

#include "engine/signals.h"
#include "error.h"
#include "files/file_worker.h"
#include "gl/gl_picture_renderer.h"
#include "panels/panels.h"
#include "view/returning.h"
#include "widgets/controls.h"
#include "widgets/theme.h"
#include "window/autosave.h"
#include "window/display_loss.h"
#include "window/first_ui.h"
#include "window/frame_pace.h"
#include "window/frame_painter.h"
#include "window/glfw_window.h"
#include "window/gui.h"
#include "window/input_queue.h"
#include "window/screenshot.h"
#include "window/settings_file.h"

namespace stepwise::app {
namespace {

constexpr double kPatience = 120;  // For a screenshot's work to be done.
constexpr double kQuiet = 0.3;     // How long nothing may have happened before it is taken.
constexpr double kRested = kTooltipRest + 0.1;  // When an explanation is due,
constexpr double kKeyGone = kKeyShown + 0.1;    //   and when a key is not shown any more.

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

class Session {
 public:
  Session(const WindowOptions& options, std::function<std::unique_ptr<Worker>()> make_worker,
          WindowReport& report)
      : options_(options),
        report_(report),
        ui_(first_ui(options, remembered_)),
        autosave_(options.remember ? settings_path().parent_path() : std::filesystem::path()),
        window_({ui_.window_width, ui_.window_height, options.width > 0, options.height > 0},
                options.screenshot.empty()),
        gui_(window_.handle(), scale(), ui_.light),
        input_(window_.handle()),
        pictures_(options.shaders),
        signals_([](int) { GlfwWindow::wake(); }),
        engine_(
            std::in_place,
            [this, make_worker = std::move(make_worker)] {
              shown_.acquire();
              return make_worker();
            },
            [this] { wake(); }) {
    if (ui_.processor_only && options.processor_only) options.processor_only();
    on_display_loss([this] { lose_display(); });
    if (scale() < options.scale)
      std::fprintf(stderr, "stepwise: warning: The window is too small for a scale of %g: %.2g.\n",
                   options.scale, scale());
    if (!options.screenshot.empty()) offscreen_.emplace(ui_.window_width, ui_.window_height);
    if (!options.model.empty()) ui_.runs.opening = post(OpenModel{options.model});
    if (!options.data.empty()) post(OpenData{{.place = options.data, .by_hand = true}});
    view_.recipes = options.recipes;
    for (const RecipeTrouble& trouble : view_.recipes.troubles)
      add_log_line(trouble.message, LogLevel::kWarning, view_);
    ui_.runs.root = options.runs;
    if (!options.runs.empty()) post(ListRuns{options.runs});
  }

  ~Session() { on_display_loss({}); }

  int run() {
    int frames = 0;
    while (!glfwWindowShouldClose(window_.handle()) && !ui_.quit && signals_.exit_status() == 0) {
      wait();
      pace_.note_input(!input_.empty(), ui_.presentation.on ? kKeyGone : kRested, seconds_now());
      keep_session();
      const double begin = seconds_now();
      const bool news = take_events() || files_.busy();
      if (!frame_is_due()) continue;
      draw_frame();
      pace_.end_frame(!input_.empty(), seconds_now());
      account(begin);
      ++frames;
      if (options_.frames > 0 && frames >= options_.frames) break;
      if (options_.seconds > 0 && pace_.last_frame() - start_ >= options_.seconds) break;
      if (offscreen_ && options_.frames == 0 && work_is_done(news)) break;
    }
    if (offscreen_) write_screenshot(options_.screenshot, offscreen_->read());
    if (options_.remember && !offscreen_) save();
    return signals_.exit_status();
  }

 private:
  // Sleeps until there is a reason to draw.
  void wait() {
    while (const double left = pace_.pause(input_.holds_press(), seconds_now())) {
      window_.wait(left);
      take_events();
    }
    if (options_.frames > 0 || plays()) return window_.wait(0);
    if (offscreen_) return window_.wait(pace_.wants_frames() ? 0 : 0.05);
    const double now = seconds_now();
    const double left = pace_.sleep(!input_.empty(), ImGui::GetIO().WantTextInput, now);
    window_.wait(std::min(left, std::max(0.001, autosave_.due() - now)));
  }

  // Something moves by itself.
  bool plays() const {
    return ui_.playhead.playing || (ui_.train.playing && ui_.workspace == "train");
  }

  bool frame_is_due() const {
    if (options_.frames > 0 || offscreen_ || plays() || files_.answered()) return true;
    return ImGui::GetIO().WantTextInput || pace_.is_due(seconds_now());
  }

  bool take_events() {
    std::vector<Report> reports = engine_->poll();
    for (Report& report : reports) {
      const Event& event = report.event;
      const bool closed = std::holds_alternative<ModelClosed>(event);
      if (const auto* model = std::get_if<ModelOpened>(&event);
          model && !knows(*model) && (!model->live || ui_.model == kNoModel) &&
          !stays_aside(*model))
        adopt_model(*model, ui_);
      if (const auto* model = std::get_if<ModelOpened>(&event); model && !knows(*model))
        remember_model(*model, ui_.models);
      if (const auto* run = std::get_if<TrainingStarted>(&event)) adopt_run(*run, ui_.train);
      if (const auto* found = std::get_if<RunFound>(&event))
        recall_run(found->run, view_, ui_.train);
      pace_.note_news(std::holds_alternative<TrainingProgress>(event),
                      std::holds_alternative<PreviewReady>(event));
      apply(std::move(report), view_);
      if (closed) forget_model(view_, ui_);
      launched_ = launched_ || !view_.branches.empty();
      if (!view_.models.empty() && !launched_ && !is_anything_coming(view_, ui_)) launch();
    }
    if (!reports.empty()) last_news_ = seconds_now();
    return !reports.empty();
  }

  bool knows(const ModelOpened& model) const { return find_model(view_, model.id) != nullptr; }

  // The session of before chooses the model itself, and who only looks at one stays with another.
  bool stays_aside(const ModelOpened& model) const {
    return ui_.returning.models.contains(model.id) || ui_.beside.contains(model.id) ||
           (is_anything_coming(view_, ui_) && model.id == ui_.runs.opening);
  }

  void bring_back_session() {
    Commands out;
    bring_back_last(autosave_, view_, ui_, out);
    post(std::move(out));
  }

  void keep_session() {
    Commands out;
    autosave_.keep_if_due(view_, ui_, seconds_now(), out);
    post(std::move(out));
  }

  // The first pictures, without a click: as the user left the settings, or as the model does best.
  void launch() {
    launched_ = true;
    if (!remembered_) ui_.sample = view_.models.front().defaults;
    post(new_tree(view_, ui_));
  }

  JobId post(Request request) {
    const JobId id = request.id;
    begin_job(request, view_);
    engine_->post(std::move(request));
    return id;
  }
  void post(Commands requests) {
    for (Request& request : requests) post(std::move(request));
  }

  void draw_frame() {
    input_.feed();
    const bool restyled = gui_.restyle(scale(), ui_.light), uncovered = input_.take_uncovered();
    if (restyled || uncovered) painter_.forget();
    gui_.begin_frame();
    input_.place_mouse();
    ui_.mouse_way = input_.mouse_way();
    if (offscreen_) {
      ImGuiIO& io = ImGui::GetIO();
      io.DisplaySize = {float(ui_.window_width), float(ui_.window_height)};
      io.DisplayFramebufferScale = {1, 1};
    }
    ImGui::NewFrame();
    pictures_.begin_frame();
    pace_.begin_frame();
    take_files();
    Commands out;
    workspace(view_, ui_, pictures_, out);
    ImGui::Render();
    for (FileTask& task : std::exchange(ui_.files.tasks, {})) files_.post(std::move(task));
    show_frame(out);
  }

  // Asks for what the frame wants to have. Where a processor draws, it does so first: the worker
  // computes on the same cores, and each of the two would take longer than both in turn.
  void show_frame(Commands& wanted) {
    const auto ask = [&] { post(std::exchange(wanted, {})); };
    if (!window_.keeps_pixels()) ask();
    const bool kept = offscreen_ || window_.keeps_pixels();
    if (painter_.draw(*ImGui::GetDrawData(), pictures_, kept) && !offscreen_)
      glfwSwapBuffers(window_.handle());
    ask();
  }

  // What comes of the disk's answers is on its way before the panels look for it.
  void take_files() {
    Commands out;
    for (FileAnswer& answer : files_.poll()) take_answer(std::move(answer), view_, ui_, out);
    post(std::move(out));
    for (std::string& place : input_.take_dropped()) open_place(std::move(place), ui_);
    // A picture may be of the very model that is being opened.
    if (view_.jobs.contains(ui_.runs.opening)) return;
    for (const auto& file : std::exchange(files_to_open_, {})) open_place(file.string(), ui_);
  }

  void account(double begin) {
    const double now = pace_.last_frame();
    autosave_.note_change(now);
    if (options_.frames > 0) report_.frame_seconds.push_back(now - begin);
    if (report_.first_frame == 0) {
      report_.first_frame = now - start_;
      shown_.release();
      bring_back_session();
    }
    if (report_.first_picture == 0 && !view_.branches.empty() && view_.branches[0].newest >= 0)
      report_.first_picture = now - start_;
  }

  bool work_is_done(bool news) {
    const double now = seconds_now();
    require(now - start_ < kPatience, "No screenshot: the work of the window was not done within ",
            kPatience, " seconds.");
    return !news && now - last_news_ > kQuiet && settled(view_, ui_);
  }

  // Of everything drawn, as chosen or as usual, and as there is room.
  double scale() const {
    const auto [width, height] = options_.screenshot.empty()
                                     ? window_.size()
                                     : std::pair(ui_.window_width, ui_.window_height);
    const ImVec2 pixels{float(width), float(height)};
    if (ui_.presentation.on) return fitting_scale(kWindowScale.max, pixels);
    const bool chosen = ui_.scale >= kWindowScale.min;
    return fitting_scale(chosen ? ui_.scale : usual_scale(window_.content_scale(), pixels), pixels);
  }

  void wake() const {
    if (!display_lost_) GlfwWindow::wake();
  }

  // Nothing of the window can be used any more; the worker and what was chosen are sound.
  void lose_display() {
    display_lost_ = true;
    shown_.release();
    engine_.reset();
    leave_run(view_, ui_.train);
    if (options_.remember && !offscreen_) keep_at_last();
  }

  void save() {
    leave_run(view_, ui_.train);
    const auto [width, height] = window_.size();
    ui_.window_width = int(width / window_.content_scale());
    ui_.window_height = int(height / window_.content_scale());
    keep_at_last();
  }

  void keep_at_last() {
    save_settings(ui_);
    autosave_.keep_at_last(view_, ui_);
  }

  const double start_ = seconds_now();
  const WindowOptions& options_;
  WindowReport& report_;
  bool remembered_ = false, launched_ = false;
  std::vector<std::filesystem::path> files_to_open_ = options_.files;
  Ui ui_;
  View view_;
  Autosave autosave_;
  GlfwWindow window_;
  Gui gui_;
  InputQueue input_;
  GlPictureRenderer pictures_;
  std::optional<Offscreen> offscreen_;
  FramePainter painter_;
  FramePace pace_;
  double last_news_ = start_;
  std::atomic<bool> display_lost_ = false;
  SignalWatch signals_;
  // The worker waits for the first frame: while it loads torch, half a second, nobody else can load
  // or look up anything, and a driver that compiles shaders has to.
  std::counting_semaphore<> shown_{0};
  FileWorker files_{[this] { wake(); }};
  std::optional<Engine> engine_;  // It wakes the window, so it must go before that,
  struct Release {
    std::counting_semaphore<>& shown;
    ~Release() { shown.release(); }
  } release_{shown_};  //   and must not be waiting when it goes.
};

}  // namespace

int run_window(const WindowOptions& options, std::function<std::unique_ptr<Worker>()> make_worker,
               WindowReport* report) {
  if (!options.screenshot.empty()) check_screenshot(options.screenshot);
  WindowReport unread;
  Session session(options, std::move(make_worker), report ? *report : unread);
  return session.run();
}

}  // namespace stepwise::app
