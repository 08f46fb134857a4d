// Corrections by hand, applied to a data set and kept for it: one small file for each data set in
// the user's data folder, called by its identity, so that it is found again wherever the pictures
// lie. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "data/dataset.h"
#include "settings/corrections.h"

namespace stepwise {

// The classes of a data set's own training pictures as its files have them, corrected or not: by
// their number it is known how many are its own, as others come behind them.
const std::vector<std::uint8_t>& given_labels(const Dataset& data);

// From now on the data set is as these say, and as its files say where they do not: the classes of
// its training pictures, and which of them are left out. All keep their indices, and the data set
// its identity. Throws Error, and changes nothing, for corrections of another data set, for a
// picture or class that there is not, and where nothing would be left of a class.
void correct(Dataset& data, const Corrections& corrections);

// The same data set with these in place of its corrections; itself where it has them. As correct().
std::shared_ptr<const Dataset> corrected(std::shared_ptr<const Dataset> data,
                                         const Corrections& corrections);

// Does to a data set that has just been read what its source asks for. Corrections by hand that
// cannot be used are told in its notes, and left out.
void correct_as_asked(Dataset& data);

// Training pictures that are learned from, by their indices: all but those that are left out.
std::vector<int> learned_from(const Dataset& data);

// What was corrected by hand so far; nothing where there is no file. Throws Error, with its name,
// where it cannot be read or does not fit.
Corrections corrections_by_hand(const Dataset& data);

// These changed, of that data set, in this order. A class that is that of the files is no change.
// Throws Error where there is no such picture.
Corrections with_changes(Corrections corrections, const Dataset& data,
                         std::span<const Correction> changes);

Corrections read_corrections(const std::filesystem::path& file);

// Keeps them for the data set that they are of. Throws Error where they cannot be written.
void keep_by_hand(const Dataset& data, const Corrections& corrections);

// Where they lie: corrections/ in the user's data folder, $XDG_DATA_HOME/stepwise or
// ~/.local/share/stepwise; empty where neither XDG_DATA_HOME nor HOME is set.
std::filesystem::path corrections_folder();

}  // namespace stepwise
