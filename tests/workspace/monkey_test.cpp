// A monkey at the window: seeded random work with mouse, wheel and keys in all workspaces, with a
// session that samples and trains as it does behind the program. STEPWISE_MONKEY_ACTIONS and
// STEPWISE_MONKEY_SEED make it longer, or another one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <random>

#include "data/idx_files.h"
#include "headless_imgui.h"
#include "load_closed_form.h"
#include "panels/panels.h"
#include "temporary_folder.h"
#include "view/follow.h"

namespace stepwise::app {
namespace {

constexpr int kActions = 300;              // Some seconds, also under a sanitizer.
constexpr int kTrainedSide = 8;            // Of the pictures that are trained on.
constexpr int kStepsPerFrame = 1;          // Of the worker.
constexpr int kStepsToSettle = 2000;       // Once nothing is asked any more.
constexpr std::size_t kMostRequests = 64;  // Of one frame.
constexpr int kMostCorners = 2000000;

int number_from(const char* variable, int usual) {
  const char* words = std::getenv(variable);
  return words ? std::atoi(words) : usual;
}

// Twenty training and ten test pictures, so many pixels wide and high.
void write_pictures(const std::filesystem::path& folder, int side) {
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, std::uint32_t count) {
    std::string pixels = idx_header(0x803, {count, std::uint32_t(side), std::uint32_t(side)});
    std::vector<int> labels;
    for (std::uint32_t i = 0; i < count; ++i) {
      labels.push_back(int(i % 10));
      for (int p = 0; p < side * side; ++p) pixels += char(p % int(i + 2) * 20);
    }
    put(folder / (name + "-images-idx3-ubyte"), pixels);
    put(folder / (name + "-labels-idx1-ubyte"), idx_labels(labels));
  };
  write("train", 20);
  write("t10k", 10);
}

// Everything the program keeps for a user lies in a folder of the test while it lives.
class Home {
 public:
  Home() {
    for (const char* variable : kVariables) {
      if (const char* value = std::getenv(variable)) before_[variable] = value;
      setenv(variable, folder_.path().c_str(), 1);
    }
  }
  ~Home() {
    for (const char* variable : kVariables)
      before_.contains(variable) ? setenv(variable, before_[variable].c_str(), 1)
                                 : unsetenv(variable);
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  static constexpr std::array kVariables = {"HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                                            "XDG_CACHE_HOME"};
  TemporaryFolder folder_;
  std::map<std::string, std::string> before_;
};

// Work that fails where a file, a folder or a network is not what it should be: no fault of the
// window.
bool may_fail(const Command& command) {
  return std::holds_alternative<OpenModel>(command) || std::holds_alternative<OpenData>(command) ||
         std::holds_alternative<Correct>(command) || std::holds_alternative<BrowseData>(command) ||
         std::holds_alternative<Train>(command) || std::holds_alternative<FindRate>(command) ||
         std::holds_alternative<Evaluate>(command) ||
         std::holds_alternative<TrainClassifier>(command) ||
         std::holds_alternative<ListRuns>(command) || std::holds_alternative<DiscardRun>(command) ||
         std::holds_alternative<TakeBackRun>(command) ||
         std::holds_alternative<DescribeModel>(command);
}

class Monkey : public testing::Test {
 protected:
  Monkey() : random_(unsigned(number_from("STEPWISE_MONKEY_SEED", 1))) {
    gui_.own_window = false;
    write_pictures(home_ / "pictures", kClosedFormSide);
    write_pictures(home_ / "small", kTrainedSide);
    post(OpenModel{"model"});
    post(OpenData{{(home_ / "pictures").string()}});
    post(ListRuns{home_ / "runs"});
    work(50);
    ui_.model = view_.models.front().id;
    post(new_tree(view_, ui_));
  }

  int any(int n) { return int(random_() % unsigned(n)); }

  void post(Request request) {
    begin_job(request.id, view_);
    asked_.emplace(request.id, request.command);
    guarded([&] { worker_->handle(std::move(request), send_); });
  }

  // As the engine does.
  void guarded(const std::function<void()>& piece) {
    try {
      piece();
    } catch (const std::exception& e) {
      send_(worker_->describe(e));
    }
  }

  // False once there is nothing to do.
  bool work(int steps) {
    bool more = true;
    for (int i = 0; i < steps && more; ++i) guarded([&] { more = worker_->step(send_); });
    return more;
  }

  void receive(Report report) {
    const auto* failed = std::get_if<Failed>(&report.event);
    const auto asked = asked_.find(report.job);
    if (failed && asked != asked_.end()) {
      EXPECT_TRUE(may_fail(asked->second)) << failed->what << ": " << failed->message;
    }
    if (const auto* run = std::get_if<TrainingStarted>(&report.event)) {
      adopt_run(*run, ui_.train);
      ++runs_;
    }
    const bool closed = std::holds_alternative<ModelClosed>(report.event);
    apply(std::move(report), view_);
    if (closed) forget_model(view_, ui_);
  }

  void frame() {
    tame();
    Commands out;
    gui_.frame([&] { workspace(view_, ui_, gui_.pictures, out); });
    ASSERT_LE(out.size(), kMostRequests);
    ASSERT_LE(ImGui::GetDrawData()->TotalVtxCount, kMostCorners);
    for (Request& request : out) post(std::move(request));
    work(kStepsPerFrame);
  }

  // What would only take time: networks and pictures without number.
  void tame() {
    ui_.train.data.place = (home_ / "small").string();
    ui_.train.recipe.channels = {8};
    ui_.train.recipe.attention = false;
    ui_.train.recipe.optimiser = OptimiserKind::kAdamW;
    ui_.train.recipe.batch = 2;
    ui_.sample.count = std::min(ui_.sample.count, 12);
    ui_.sample.steps = std::min(ui_.sample.steps, 24);
    ui_.runs.measured = kMeasured.min;
    ui_.quit = false;
  }

  void press_mouse(int button, ImVec2 to) {
    ImGui::GetIO().MousePos = to;
    frame();
    ImGui::GetIO().MouseDown[button] = true;
    frame();
  }

  // Anywhere on screen, or on one of the pictures.
  ImVec2 anywhere() {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const auto& calls = gui_.pictures.calls;
    if (!calls.empty() && any(3) == 0) {
      const auto& call = calls[std::size_t(any(int(calls.size())))];
      return {(call.min.x + call.max.x) / 2, (call.min.y + call.max.y) / 2};
    }
    return {float(any(int(size.x))), float(any(int(size.y)))};
  }

  void click(int button) {
    press_mouse(button, anywhere());
    ImGui::GetIO().MouseDown[button] = false;
    frame();
  }

  void drag(int button) {
    press_mouse(button, anywhere());
    for (int i = any(6); i >= 0; --i) {
      ImGui::GetIO().MousePos = anywhere();
      frame();
    }
    if (any(4) == 0) tap();  // A key in the middle of it.
    ImGui::GetIO().MouseDown[button] = false;
    frame();
  }

  void wheel() {
    ImGui::GetIO().MousePos = anywhere();
    ImGui::GetIO().MouseWheel = float(any(7) - 3);
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().KeyCtrl = any(3) == 0;
#endif
    frame();
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().KeyCtrl = false;
#endif
  }

  void tap() {
    static const std::vector<Key> kKeys = [] {
      std::vector<Key> keys;
      for (const char c : std::string("12345QBKEHFGRLZYASDWX[]=-0/+")) keys.push_back(Key(c));
      for (const ImGuiKey_ key :
           {ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_UpArrow, ImGuiKey_DownArrow,
            ImGuiKey_PageUp, ImGuiKey_PageDown, ImGuiKey_Home, ImGuiKey_End, ImGuiKey_Delete,
            ImGuiKey_Backspace, ImGuiKey_Space, ImGuiKey_Enter, ImGuiKey_Escape, ImGuiKey_Tab})
        keys.push_back(Key(key));
      return keys;
    }();
    const Key key = kKeys[std::size_t(any(int(kKeys.size())))];
    const bool ctrl = any(4) == 0, shift = any(6) == 0;
    gui_.hold(key, true, ctrl, shift);
    for (int i = any(3); i >= 0; --i) frame();
    gui_.hold(key, false, ctrl, shift);
    frame();
  }

  void type() {
    for (const char c : std::string("7.5e-/a").substr(std::size_t(any(6)), 2))
      ImGui::GetIO().AddInputCharacter(unsigned(c));
    frame();
  }

  void resize() {
    constexpr std::array kSizes = {1280, 800, 900, 600, 640, 400, 1920, 1080, 3840, 2160};
    const std::size_t at = 2 * std::size_t(any(int(kSizes.size()) / 2));
    ImGui::GetIO().DisplaySize = {float(kSizes[at]), float(kSizes[at + 1])};
    frame();
  }

  // The buttons of training, which a mouse seldom finds.
  void train() {
    ui_.workspace = "train";
    constexpr std::array kButtons = {"Start training", "Pause", "Resume", "Stop and save"};
    frame();
    press_in_right_panel(kButtons[std::size_t(any(int(kButtons.size())))]);
  }

  void press_in_right_panel(const char* label) {
    for (ImGuiWindow* each : ImGui::GetCurrentContext()->Windows)
      if (each->Active && std::string(each->Name).find("right") != std::string::npos)
#if IMGUI_VERSION_NUM < 18970
        ImGui::ActivateItem(each->GetID(label));
#else
        ImGui::ActivateItemByID(each->GetID(label));
#endif
    frame();
    frame();
  }

  void act() {
    const int what = any(100);
    if (what < 30) return click(any(8) == 0 ? 1 : 0);
    if (what < 50) return drag(any(8) == 0 ? 2 : 0);
    if (what < 62) return wheel();
    if (what < 86) return tap();
    if (what < 89) return type();
    if (what < 91) return resize();
    if (what < 94) return train();
    if (what < 98) {
      ui_.workspace = kWorkspaces[std::size_t(any(int(kWorkspaces.size())))].id;
      return frame();
    }
    for (int i = any(20); i >= 0; --i) frame();  // Looks on.
  }

  // Nothing is held any more, and all work is told to end.
  void let_go() {
    for (bool& down : ImGui::GetIO().MouseDown) down = false;
    ui_.playhead.playing = false;
    frame();
    frame();
    const auto left = view_.jobs;
    for (const auto& [job, progress] : left) post(Cancel{job});
    frame();
  }

  Home home_;
  std::mt19937 random_;
  View view_;
  Ui ui_;
  HeadlessImGui gui_;
  std::map<JobId, Command> asked_;
  int runs_ = 0;
  Send send_ = [this](Report report) { receive(std::move(report)); };
  std::unique_ptr<Worker> worker_ = make_closed_form_session();
};

TEST_F(Monkey, LeavesAWindowThatGoesOnAndAWorkerThatComesToRest) {
  const int actions = number_from("STEPWISE_MONKEY_ACTIONS", kActions);
  for (int i = 0; i < actions && !HasFailure(); ++i) {
    SCOPED_TRACE(text_of("action ", i));
    ASSERT_NO_THROW(act());
  }
  ASSERT_NO_THROW(let_go());
  EXPECT_FALSE(work(kStepsToSettle)) << "The worker is not done with what was asked.";
  frame();
  work(kStepsToSettle);
  EXPECT_TRUE(settled(view_, ui_));
  EXPECT_GE(runs_, 1);
  worker_->finish(send_);
  gui_.own_window = false;
  frame();  // It is a window still.
}

}  // namespace
}  // namespace stepwise::app
