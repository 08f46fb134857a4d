// Pictures in and out: what was dropped, pasted or chosen comes in, what is saved goes out. The
// disk itself is somebody else's (files/tasks.h): tasks are left in `tasks`, and answers are taken
// in. Window thread only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "files/tasks.h"
#include "image/fit.h"
#include "view/redraw.h"
#include "view/saving.h"
#include "widgets/picture.h"
#include "widgets/picture_renderer.h"

namespace stepwise::app {

struct Ui;

// A folder, to choose a file in or to name one.
struct ChooserUi {
  bool open = false;
  bool saves = false;  // A name is asked for; else a file is opened.
  SaveKind kind = SaveKind::kPicture;
  std::string name;                    // Of the file to be written.
  bool named = false;                  // It was typed, and stays.
  std::optional<FolderListed> listed;  // None: it is on its way.
  std::string moved_to;                // The folder that was asked for last.
  bool appeared = false;               // The keys were given to it.
};

// A picture that was opened, and how a model would take it.
struct PictureInHand {
  PictureFound found;
  bool is_transparent = false;  // Somewhere.
  PictureFit fit;
  Picture taken;                            // As the model takes it, made anew for
  PictureFit taken_fit;                     //   another fit
  int height = 0, width = 0, channels = 0;  //   or another shape.
};

struct FilesUi {
  std::vector<FileTask> tasks;  // For whoever has the disk; to be taken after each frame.
  std::string folder;           // Where the last file was saved by choice; empty: the usual one.
  ChooserUi chooser;
  std::optional<PictureInHand> picture;
  std::optional<Redraw> redraw;
  std::string said;       // What was saved or opened last,
  double said_since = 0;  //   and when: seconds of ImGui::GetTime().
};

inline constexpr double kSaidFor = 20;  // Seconds that it stays in the status line.

// Opens whatever a path or a file:// address names.
void open_place(std::string place, Ui& ui);

// What the disk says.
void take_answer(FileAnswer answer, View& view, Ui& ui, Commands& out);
// What goes on over several frames; call once in each.
void keep_files_going(const View& view, Ui& ui, Commands& out);

// Saves into the folder at hand, by a name of its own.
void save_now(SaveKind kind, const View& view, Ui& ui);
void begin_choosing(bool saves, SaveKind kind, const View& view, Ui& ui);

// Keeps the picture under the playhead among those that training can learn from too, with those of
// its class, and has Train do so.
void keep_to_learn_from(const View& view, Ui& ui);

// Ctrl+S, Ctrl+Shift+S, Ctrl+E, Ctrl+O, Ctrl+V.
void file_keys(const View& view, Ui& ui);
// What can be saved, as entries of a menu.
void save_entries(const View& view, Ui& ui);
// The menu that Ctrl+E opens, in the middle of the window.
void save_menu(const View& view, Ui& ui);

// Floating windows of their own, drawn only while open.
void chooser_panel(const View& view, Ui& ui);
void picture_panel(const View& view, Ui& ui, PictureRenderer& pictures);

}  // namespace stepwise::app
