// Plain values in one safetensors file: their JSON as a tensor of text, each picture in it as a
// tensor of its own, [height, width, channels] of F32. So any program that reads safetensors sees
// all of it. For .cpp files, since it brings the JSON library with it; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "formats/safetensors.h"

namespace stepwise {

// The value, whose pictures are as json_picture.h has them, as the tensor `name`, and its pictures
// as tensors "pictures/0", "pictures/1", ...
std::map<std::string, StoredTensor> packed(nlohmann::json value, const std::string& name);

// The value again. Throws Error where the tensor is not there or holds no JSON object, and where a
// picture is not there, not one, or stands for more than one place.
nlohmann::json unpacked(const SafetensorsFile& file, const std::string& name);

}  // namespace stepwise
