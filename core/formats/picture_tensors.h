// Pictures as numbers, for other programs. Any thread.
#pragma once

#include <string>
#include <vector>

#include "image/image.h"
#include "settings/condition.h"

namespace stepwise {

// The bytes of a safetensors file: images U8 [N, C, H, W], and labels I64 [N], -2 where no class
// was asked for.
std::string tensors_of(const ByteBatch& pictures, const std::vector<Condition>& conditions);

}  // namespace stepwise
