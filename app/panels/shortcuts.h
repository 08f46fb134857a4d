// All keys in one list, as the help overlay shows them.
#pragma once

#include <array>

namespace stepwise::app {

struct Shortcut {
  const char* keys;
  const char* what;  // One line; an empty one for `keys` starts a group and names it.
};

inline constexpr std::array kTimeShortcuts = {
    Shortcut{"", "Time"},
    Shortcut{"Space", "Play or stop"},
    Shortcut{"Left, Right", "One step back or on"},
    Shortcut{"Home, End", "Pure noise, finished picture"},
    Shortcut{"Up, Down", "The branch above or below"},
    Shortcut{"Page Up, Down", "Another picture of the batch"},
    Shortcut{"", "View"},
    Shortcut{"1  2  3  4", "Noisy, guess, noise, change"},
    Shortcut{"5 or Q", "All four side by side"},
    Shortcut{"F", "Fit the picture to the window"},
    Shortcut{"G", "All pictures, large"},
    Shortcut{"Tab", "Fold all panels, or unfold them"},
    Shortcut{"Wheel", "Zoom the picture"},
    Shortcut{"Ctrl+Wheel", "Zoom the plot"},
};

// After those of the tools, which stand with them.
inline constexpr std::array kPaintShortcuts = {
    Shortcut{"[  ]", "Smaller or larger brush"},
    Shortcut{"Ctrl+Z", "Take back what was done"},
    Shortcut{"Ctrl+Y", "Bring it back"},
    Shortcut{"Delete", "Delete this branch"},
    Shortcut{"R or Enter", "Resample from here"},
    Shortcut{"", "Window"},
    Shortcut{"F1 to F4", "Paint, train, lab, runs"},
    Shortcut{"L", "Log"},
    Shortcut{"?", "This page"},
    Shortcut{"Esc", "Close, or drop the painting"},
    Shortcut{"Ctrl +  -  0", "Larger, smaller, as usual"},
    Shortcut{"Ctrl+Q", "Quit"},
};

}  // namespace stepwise::app
