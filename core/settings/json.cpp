#include "settings/json.h"

#include <algorithm>
#include <array>

#include "error.h"
#include "settings/impostor.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;
constexpr std::size_t kShownKey = 60;  // Characters of a key that a message repeats.

// A value takes 16 bytes and more in a tree, but may be a single digit in its file: beyond so many
// values, a file must have so many bytes for each.
constexpr std::size_t kManyValues = std::size_t{1} << 16;
constexpr std::size_t kBytesPerValue = 8;

// The text with NaN and Infinity as null, found outside strings. Refuses deep nesting, and more
// values than its size warrants, before a tree is built of it.
std::string strict_json(std::string_view text, const std::string& name) {
  constexpr std::array<std::string_view, 3> kBare = {"-Infinity", "Infinity", "NaN"};
  std::string out;
  out.reserve(text.size());
  const std::size_t most_values = std::max(kManyValues, text.size() / kBytesPerValue);
  std::size_t values = 0;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\' && i + 1 < text.size()) {
      out += c;
      out += text[++i];
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string) {
      depth += (c == '{' || c == '[') - (c == '}' || c == ']');
      require(depth <= kMaxDepth, "Cannot read '", name, "': its lists are nested more than ",
              kMaxDepth, " deep.");
      values += c == ',' || c == '{' || c == '[';
      require(values <= most_values, "Cannot read '", name, "': it lists more than ", most_values,
              " values in ", text.size(), " bytes.");
      std::size_t skip = 0;
      for (const std::string_view bare : kBare)
        if (text.substr(i).starts_with(bare)) skip = bare.size();
      if (skip > 0) {
        out += "null";
        i += skip - 1;
        continue;
      }
    }
    out += c;
  }
  return out;
}

// Throws at a key that its object has had already: readers differ on which of the two counts.
class KeysOnce {
 public:
  explicit KeysOnce(const std::string& name) : name_(name) {}

  bool operator()(int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) keys_.emplace_back();
    if (event == json::parse_event_t::object_end) keys_.pop_back();
    if (event == json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      require(keys_.back().insert(key).second, "Cannot read '", name_, "': it has the key '",
              key.substr(0, kShownKey), "' twice.");
    }
    return true;
  }

 private:
  const std::string& name_;
  std::vector<std::set<std::string>> keys_;  // Of the objects that are open.
};

}  // namespace

json parse_object(std::string_view text, const std::string& name) {
  const std::string impostor = impostor_of(text.substr(0, kImpostorBytes), Expected::kJson);
  require(impostor.empty(), "Cannot read '", name, "': ", impostor);
  try {
    json value = json::parse(strict_json(text, name), KeysOnce(name));
    require(value.is_object(), "Cannot read '", name, "': it is JSON, but not an object {...}.");
    return value;
  } catch (const json::parse_error& e) {
    throw Error(
        text_of("Cannot read '", name, "': it is not valid JSON at its byte ", e.byte, "."));
  } catch (const json::exception&) {  // A number that no double holds.
    throw Error(text_of("Cannot read '", name, "': it holds a number out of range."));
  }
}

std::string text_of_json(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

ObjectReader::ObjectReader(const json& object, std::string name)
    : object_(object), name_(std::move(name)) {}

const json* ObjectReader::find(const char* key) {
  seen_.insert(key);
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void ObjectReader::refuse(const char* key, const json& value, const char* wanted) const {
  stepwise::refuse(value, {name_, key}, wanted);
}

void ObjectReader::read_or_null(const char* key, std::string& value) {
  read(key, value);
  if (!find(key) && object_.contains(key)) value.clear();
}

std::vector<std::string> ObjectReader::unread() const {
  std::vector<std::string> keys;
  for (const auto& item : object_.items())
    if (!item.key().starts_with('_') && !seen_.contains(item.key())) keys.push_back(item.key());
  return keys;
}

std::string with_entry(std::string_view text, const char* key, json value,
                       const std::string& name) {
  json object = parse_object(text, name);
  object[key] = std::move(value);
  return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace stepwise
