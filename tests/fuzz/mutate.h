// Small damage to the bytes of a file.
#pragma once

#include <random>
#include <string>

namespace stepwise {

// The bytes with one to eight changes: a bit turned, a byte or a number replaced, a run of bytes
// left out, repeated or taken from `other`, a word put in that readers stumble over.
std::string mutated(std::string bytes, const std::string& other, std::mt19937_64& random);

}  // namespace stepwise
