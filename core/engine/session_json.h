// The file of a session as JSON, for those that keep more in it than session_file.h says. For .cpp
// files, since it brings the JSON library with it; any thread.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/session_file.h"
#include "formats/json_picture.h"
#include "formats/safetensors.h"

namespace stepwise {

// What the file holds, and its bytes.
Safetensors session_tensors(const nlohmann::json& session);
std::string encode_session(const nlohmann::json& session);
// Throws Error for a file that is no session, or one of a later version.
nlohmann::json session_json(const std::filesystem::path& file);

// T: a SavedSession, or one with more fields. Throws Error where check(T) does.
template <class T>
T session_as(const std::filesystem::path& file) {
  const std::string name = file.string();
  const nlohmann::json object = session_json(file);
  T session;
  read_value(object, session, {name, "all of it"});
  in_context("Cannot use '" + name + "': ", [&] { check(session); });
  return session;
}

}  // namespace stepwise
