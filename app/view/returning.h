// Sessions of before that come back: what they consisted of is asked for again, what is looked at
// first; what was deleted waits until undo brings it back. Nothing is lost on the way: what has not
// come back, or cannot, is saved again. No drawing here. Window thread only.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "view/saved.h"

namespace stepwise::app {

// What was there when the window was closed, or of a file, beside what is there now: one change,
// which undo takes back. `first`: there was nothing before it, and nothing to go back to.
void bring_back(Saved session, const View& view, Desk& desk, Commands& out, bool first = false);

// Models that came with the session, by their places in its list, take the place of those it was
// saved with, unless these are open and are the same.
void use_enclosed(const std::map<int, std::filesystem::path>& models, const View& view,
                  Saved& session);

// Call once per frame: asks for what is there and has not been asked for.
void ask_for_returning(const View& view, Desk& desk, Commands& out);

// Whether the branch is on its way.
bool is_coming(const View& view, const Desk& desk, BranchId branch);
// Any is.
bool is_anything_coming(const View& view, const Desk& desk);

// Of all branches that came back and are finished: whether their pictures are as they were.
struct Fidelity {
  int same = 0, different = 0;
};
Fidelity fidelity(const View& view, const Desk& desk);
// "12 finished branches, the same pixels as when saved (1b2c3d4e)"; empty where none came back.
std::string words_for_fidelity(const View& view, const Desk& desk);

// -1: it is the root of a tree.
BranchId parent_of(const SessionBranch& branch);
// Whether it is there, if those of `there` are.
bool is_present(const SessionBranch& branch, const std::set<BranchId>& there, const Work& now);

}  // namespace stepwise::app
