// All models that there are, to choose from, wherever the one in use is named. Window thread only.
#pragma once

#include <imgui.h>

#include <filesystem>
#include <string>
#include <vector>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

struct Ui;

// Models that are offered beside those that are open, by their folders.
inline constexpr std::size_t kMostRecent = 8;
struct ModelsUi {
  std::filesystem::path shipped;    // With the program; empty: none.
  std::vector<std::string> recent;  // Opened before, the newest first.
};
// One that was opened from a folder is the newest of them.
void remember_model(const ModelOpened& model, ModelsUi& ui);

// The last part of a folder's path, also where that ends in a slash.
std::string name_of_folder(const std::filesystem::path& folder);

inline constexpr const char* kNewestOfRun = "newest of the training run";

// Name, folder, size: a line each.
std::string words_for_model(const ModelOpened& model);

// The list: those that are open, the shipped one, those opened before; once Dear ImGui's popup of
// this name is opened in the window that is drawn, at a point of the screen. All but the one in
// training can be closed.
inline constexpr const char* kModelsMenu = "models";
void models_menu(const View& view, Ui& ui, Commands& out, ImVec2 at);

// A button with the name of the model in use, as wide as there is room; a press shows the list.
void model_chip(const View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
