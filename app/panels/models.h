// All models that there are, to choose from, wherever the one in use is named. Window thread only.
#pragma once

#include <imgui.h>

#include <string>

#include "view/desk.h"
#include "view/view.h"

namespace stepwise::app {

struct Ui;

inline constexpr const char* kNewestOfRun = "newest of the training run";

// Name, folder, size: a line each.
std::string words_for_model(const ModelOpened& model);

// The list, once Dear ImGui's popup of this name is opened in the window that is drawn, at a point
// of the screen. All but the one in training can be closed.
inline constexpr const char* kModelsMenu = "models";
void models_menu(const View& view, Ui& ui, Commands& out, ImVec2 at);

// A button with the name of the model in use, as wide as there is room; a press shows the list.
void model_chip(const View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
