// What the user works on and with: where the playhead stands, the tools and the painting in hand,
// what was asked for. Most of what was chosen is remembered between launches, see Settings. Window
// thread only.
#pragma once

#include <cstdint>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/commands.h"
#include "engine/session_file.h"
#include "view/history.h"
#include "view/settings.h"
#include "view/view.h"
#include "widgets/canvas.h"

namespace stepwise::app {

using Commands = std::vector<Request>;

struct Playhead {
  BranchId branch = 0;
  int step = 0;
  int picture = 0;
  bool playing = false;
  double since = 0;  // When the playhead last moved by itself, in seconds of ImGui::GetTime().
};

// Where the playhead goes as frames come in.
struct Follow {
  BranchId newest = -1;  // A new branch takes the playhead to its end, the first to a good step.
  bool moving = false;   // The playhead goes along with the frames of its branch,
  int until = -1;        //   up to this step; -1: to the end.
};

// How the picture under the playhead is held against another (view/compare.h).
struct Compare {
  bool hovered = false;  // The mouse is over the small one of the other.
  bool whole = false;    // The other is where the picture under the playhead is else,
  bool wiped = false;    //   or only so far to the right as the mouse is.
  BranchId chosen = -1;  // The branch whose picture was chosen to be the other; -1: none was,
  int picture = 0;       //   and which of its batch.
  explicit operator bool() const { return whole || wiped; }
};

// What is drawn again as settings change (view/live.h).
struct Live {
  JobId job = kNoJob;       // The Sample on its way,
  Choices asked;            //   what was chosen when it was asked for,
  double since = 0;         //   when: seconds of ImGui::GetTime(),
  BranchId root = -1;       //   and the tree that it begins, hidden until it is to be seen.
  bool given_up = false;    // It was stopped: what has come of it is not to be seen.
  std::set<BranchId> made;  // All trees that came so,
  BranchId shown = -1;      //   the one seen last,
  BranchId before = -1;     //   and the branch seen before the latest change.
  int step = 0;             // Where the playhead was taken in `shown`,
  double sigma = 0;         //   and the level that it is to stay near.
};

// What is stamped.
struct StampSource {
  Image picture;
  std::optional<Point> point;  // Of it, that the first press puts under the mouse,
  std::optional<Point> shift;  //   and by how much it is moved since then.
  std::string words;           // Where it comes from.
};

// A press of a tool that makes layers.
struct Pressed {
  Place place;
  Point at;
  Hand hand;          // As it was then.
  bool made = false;  // There is a layer of it.
};

// The guess under the layer in work, which alone changes while a stroke goes on.
struct PaintedBelow {
  Picture of;  // The guess that was painted on; none: not painted yet.
  Image guess;
};

// What the mouse has of the layer in hand.
enum class Grip { kNone, kInside, kCorner, kTurn };

// A press of the tool that moves.
struct Moving {
  Place place;
  Point from;
  Grip grip = Grip::kNone;
  Layer as_it_was = {};  // The layer that is moved,
  bool begun = false;    //   and whether it has been.
  Shape selection = {};  // Where nothing is gripped.
};

// What a hand is doing.
struct Gesture {
  std::optional<Surface> stroke;    // A tool is down, on this.
  std::optional<Pressed> pressed;   // Of that stroke.
  PaintedBelow below;               //   likewise.
  std::optional<Point> last_point;  // Where the last stroke ended.
  std::optional<StampSource> source;
  std::optional<Moving> moving;
  int layer = -1;         // In hand, of the painting under the playhead; -1: none.
  bool straight = false;  // Shift is held.
  bool panned = false;    // While the space bar is held: it moved the picture, so it does not play.
};

// What the worker was asked last.
struct Asked {
  JobId preview_asked = kNoJob;         // The last Preview,
  Fork previewed;                       //   and of what.
  JobId looked_ahead = kNoJob;          // The Preview whose painting was last looked ahead from.
  JobId fetching = kNoJob;              // The last FetchFrame,
  StepOfBranch fetched;                 //   and of what.
  JobId closing = kNoJob;               // The last CloseTree,
  BranchId closed = -1;                 //   and of which.
  JobId finding_mask = kNoJob;          // The last FindMask,
  Place mask_for;                       //   and the picture that its answer is for.
  std::map<JobId, BranchId> replacing;  // Each Resample that begins a branch again, and which.
  // Models that sweeps opened by themselves: not to work with (view/swept_models.h).
  std::set<ModelId> beside;
  int frame_mebibytes_asked = Settings().frame_mebibytes;
};

// Trees of one picture from the same noise, one for each value of a setting.
struct Sweep {
  struct Tree {
    std::string value;  // "2", "Dress", "Heun": what it is called,
    std::string words;  //   and more of it.
    JobId job = kNoJob;
    BranchId root = -1;  // Of the tree, when it has begun.
  };
  std::string label;  // "Guidance"
  std::vector<Tree> trees;
  int picture = 0;     // Of the batch of each tree.
  bool plane = false;  // Each tree is a row, of all its steps.
};
STEPWISE_FIELDS(Sweep::Tree, value, words, root)
STEPWISE_FIELDS(Sweep, label, trees, picture, plane)

// What there was in a session of before and has not come back yet (view/returning.h).
struct Returning {
  std::vector<SessionBranch> branches;           // By the ids, and of the models, of this process.
  std::map<BranchId, JobId> asked;               // What brings them back, or could not.
  std::map<BranchId, std::string> fingerprints;  // When saved, of those that are back as well.
  std::set<ModelId> models;                      // That run them.
};

// A picture that a tree may begin with, and what it is to become.
struct Beginning {
  Picture picture;    // None: nobody has chosen one.
  std::string name;   // What it is called.
  Condition shows;    // What it is a picture of, where that is known.
  Condition becomes;  // What the model is to make of it.
};

struct Desk : Settings, Gesture, Asked {
  ModelId model = kNoModel;  // What pictures are drawn with next.
  Playhead playhead;
  Follow follow;
  Camera camera;
  std::uint64_t noise_seed = 1;  // Of the next fresh noise.
  Live live;
  Compare compare;
  UndoHistory history;
  bool choosing = false;    // The latest change is of a setting that a hand still moves.
  PaintedPictures painted;  // By what was painted here last,
  Remains remains;          //   and what was found to be left of it.
  std::map<BranchId, std::time_t> begun;  // When the trees were.
  std::set<BranchId> starred;             // Favourites: their trees do not go for want of memory.
  Beginning beginning;
  std::vector<Sweep> sweeps;  // In the order they were asked for.
  int sweep = -1;             // The one that is to be seen side by side; -1: none.
  int visited_sweep = -1;     // A picture of this one was gone to since; -1: of none.
  Returning returning;
  std::set<ModelId> identified;  // Models whose fingerprints were asked for.
};

// All that was asked for has been answered, or cannot be: nothing will change until the user does
// something.
bool settled(const View& view, const Desk& desk);

// Our own models are sampled with whatever is on screen. One that came with its own scheduler is
// sampled as that does, until the user says otherwise, and its levels are left again with it.
void adopt_model(const ModelOpened& model, Desk& desk);

// Where the model in use is gone, the newest of the others is used.
void forget_model(const View& view, Desk& desk);

}  // namespace stepwise::app
