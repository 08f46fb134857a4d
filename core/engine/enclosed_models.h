// Models that travel in the file of a session, so that whoever gets it needs nothing else. Any
// thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "formats/safetensors.h"

namespace stepwise {

// The files of a model folder, each as the tensor "models/PLACE/NAME": its bytes. Its few-step
// weights stay behind: pictures are the same without them. Throws Error if it holds no model, or a
// larger one than can be enclosed.
std::map<std::string, StoredTensor> enclosed_model(const std::filesystem::path& folder, int place);

// Takes the models that a session encloses out of it, each into a folder of its own below `into`,
// which is named by the fingerprint of its weights and made only once. Returns the folders by the
// places of the models in the session's list. Throws Error for names that are none of a model's.
std::map<int, std::filesystem::path> take_out_models(const std::filesystem::path& session,
                                                     const std::filesystem::path& into);

}  // namespace stepwise
