// A picture drawn again by its own recipe.
#pragma once

#include <filesystem>

#include "commands/command.h"
#include "engine/picture_recipe.h"

namespace stepwise {

// What the file of that recipe should show, drawn by the models that it names or, where it is
// given, by the one in `model`. A model whose weights have changed is warned of. Throws Error where
// one is not there any more.
ByteImage drawn_again(const PictureRecipe& recipe, const std::filesystem::path& model,
                      Headless& worker);

}  // namespace stepwise
