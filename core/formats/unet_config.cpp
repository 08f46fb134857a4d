#include "formats/unet_config.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "error.h"
#include "settings/json.h"

namespace stepwise {
namespace {

using nlohmann::json;

std::string without_prefix(const std::string& block_type) {
  constexpr std::string_view kOld = "UNetRes";
  return block_type.starts_with(kOld) ? block_type.substr(kOld.size()) : block_type;
}

void read_sample_size(ObjectReader& reader, UNet2DConfig& c) {
  const json* size = reader.find("sample_size");
  if (!size) return;
  if (!size->is_array()) {
    reader.read("sample_size", c.sample_height);
    c.sample_width = c.sample_height;
    return;
  }
  std::vector<std::int64_t> sides;
  reader.read("sample_size", sides);
  if (sides.size() != 2) reader.refuse("sample_size", *size, "one number or two");
  c.sample_height = sides[0];
  c.sample_width = sides[1];
}

// None for the empty text, and whole numbers without a fraction, as Python's own defaults are.
template <class T>
json as_python(const T& value) {
  if constexpr (std::is_same_v<T, std::string>) return value.empty() ? json() : json(value);
  if constexpr (std::is_same_v<T, double>)
    if (value == std::floor(value) && std::abs(value) < 1e15) return std::int64_t(value);
  return value_of(value);
}

json sample_size_of(const UNet2DConfig& c) {
  if (c.sample_height == c.sample_width) return value_of(c.sample_height);
  return json::array({value_of(c.sample_height), value_of(c.sample_width)});
}

}  // namespace

UNet2DConfig unet_config_of(std::string_view text, const std::string& name,
                            std::vector<std::string>* unknown) {
  const json object = parse_object(text, name);
  ObjectReader reader(object, name);
  UNet2DConfig c;
  read_sample_size(reader, c);
  visit_fields(c, [&](const char* key, auto& field) { reader.read(key, field); });
  reader.read_or_null("mid_block_type", c.mid_block_type);
  reader.read_or_null("class_embed_type", c.class_embed_type);
  std::ranges::transform(c.act_fn, c.act_fn.begin(),
                         [](unsigned char letter) { return char(std::tolower(letter)); });
  if (c.time_embedding_dim == 0) c.time_embedding_dim.reset();
  for (std::string& type : c.down_block_types) type = without_prefix(type);
  for (std::string& type : c.up_block_types) type = without_prefix(type);
  c.mid_block_type = without_prefix(c.mid_block_type);
  if (unknown) *unknown = reader.unread();
  in_context("Cannot use '" + name + "': ", [&] { check(c); });
  return c;
}

std::string json_of(const UNet2DConfig& c) {
  json object = {{"_class_name", "UNet2DModel"},
                 {"_diffusers_version", kDiffusersVersion},
                 {"sample_size", sample_size_of(c)}};
  visit_fields(c, [&](const char* key, const auto& field) { object[key] = as_python(field); });
  return object.dump(2) + "\n";
}

}  // namespace stepwise
