#include <algorithm>

#include "panels/files.h"
#include "panels/panels.h"
#include "view/begin.h"
#include "view/edits.h"
#include "view/strokes.h"
#include "widgets/controls.h"

namespace stepwise::app {
namespace {

// As the model in use would take it; nothing where it takes no pictures of files.
void take(const ModelOpened& model, PictureInHand& picture) {
  const bool same = picture.taken && picture.taken_fit == picture.fit &&
                    picture.height == model.height && picture.width == model.width &&
                    picture.channels == model.channels;
  if (same || (model.channels != 1 && model.channels != 3)) return;
  picture.taken_fit = picture.fit;
  picture.height = model.height, picture.width = model.width, picture.channels = model.channels;
  picture.taken = picture_of(
      fitted(picture.found.file.pixels, model.height, model.width, model.channels, picture.fit));
}

void fit_rows(const ModelOpened& model, PictureInHand& picture) {
  const ByteImage& pixels = picture.found.file.pixels;
  const PictureCrop crop = crop_of(pixels.height, pixels.width, model.height, model.width, {});
  constexpr const char* kHelp = "Which piece of the picture is taken, in the model's proportions.";
  if (crop.width < pixels.width) slider_row("Across", picture.fit.x, kShare, "%.2f", kHelp);
  if (crop.height < pixels.height) slider_row("Down", picture.fit.y, kShare, "%.2f", kHelp);
  bool white = picture.fit.background > 127;
  if (picture.is_transparent &&
      check_row("On white", white,
                "What is seen through the transparent parts: white, else black."))
    picture.fit.background = white ? 255 : 0;
  check_row("Invert", picture.fit.inverted,
            "Exchanges dark and bright: clothes and digits of the data sets are bright on black.");
}

void uses(const View& view, Ui& ui) {
  PictureInHand& picture = *ui.files.picture;
  const std::string name = picture.found.path.filename().string();
  bool used = false;
  if (primary_button("Begin with it", -1)) {
    offer_picture(ui, picture.taken, name);
    ui.workspace = kWorkspaces.front().id;
    used = true;
  }
  tooltip("A tree that begins with this picture: noised, or opened as a way that ends in it.");
  if (plain_button("Paint with it", -1, paintable(view, ui).has_value())) {
    take_stamp(ui, image_of(picture.taken), std::nullopt, name);
    ui.workspace = kWorkspaces.front().id;
    used = true;
  }
  tooltip("The stamp is this picture: what it covers shows it, pixel by pixel in its place.");
  if (plain_button("Look at it in the lab", -1)) {
    ui.lab.own = picture.taken;
    ui.lab.own_name = name;
    ui.lab.shows_own = true;
    ui.workspace = "lab";
    used = true;
  }
  tooltip("What the model guesses of it at each noise level, beside the best guess there is.");
  if (used) ui.files.picture.reset();
}

}  // namespace

void picture_panel(const View& view, Ui& ui, PictureRenderer& pictures) {
  if (!ui.files.picture) return;
  PictureInHand& picture = *ui.files.picture;
  const ModelOpened* model = find_model(view, ui.model);
  if (model) take(*model, picture);
  const ImVec2 screen = ImGui::GetMainViewport()->WorkSize;
  ImGui::SetNextWindowSize({std::min(px(300), screen.x - px(32)), 0});
  ImGui::SetNextWindowPos({screen.x / 2, px(72)}, ImGuiCond_Appearing, {0.5f, 0});
  bool open = true;
  if (ImGui::Begin("Picture", &open,
                   ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings)) {
    const ByteImage& pixels = picture.found.file.pixels;
    text(shortened(picture.found.path.filename().string(), ImGui::GetContentRegionAvail().x));
    if (!model) {
      caption("Open a model first: it says what pictures it takes.");
    } else if (!picture.taken) {
      caption(text_of("'", model->name, "' takes pictures of ", model->channels,
                      " channels, and files have 1 or 3."));
    } else {
      caption(text_of(pixels.width, " x ", pixels.height, " pixels, taken as ", model->width, " x ",
                      model->height, model->channels == 1 ? ", grey" : ""));
      const float side = std::min(ImGui::GetContentRegionAvail().x, px(200));
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float height = side * float(model->height) / float(model->width);
      ImGui::Dummy({side, height});
      pictures.draw(*ImGui::GetWindowDrawList(), Shown{picture.taken}, at,
                    {at.x + side, at.y + height});
      fit_rows(*model, picture);
      uses(view, ui);
    }
  }
  ImGui::End();
  if (!open) ui.files.picture.reset();
}

}  // namespace stepwise::app
