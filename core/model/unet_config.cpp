#include "model/unet_config.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "error.h"
#include "model/json.h"

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

json value_of(const std::optional<std::int64_t>& value) { return value ? json(*value) : json(); }
json value_of(const std::string& value) { return value.empty() ? json() : json(value); }
json value_of(double value) {  // Whole numbers without a fraction, as Python's own defaults are.
  return value == std::floor(value) && std::abs(value) < 1e15 ? json(std::int64_t(value))
                                                              : json(value);
}

json sample_size_of(const UNet2DConfig& c) {
  if (c.sample_height == c.sample_width) return value_of(c.sample_height);
  return json::array({value_of(c.sample_height), value_of(c.sample_width)});
}

// As check(), with the file named in front.
void check_in(const UNet2DConfig& c, const std::string& name) {
  try {
    check(c);
  } catch (const Error& e) {
    throw Error(text_of("Cannot use '", name, "': ", e.what()));
  }
}

}  // namespace

UNet2DConfig unet_config_of(std::string_view text, const std::string& name,
                            std::vector<std::string>* unknown) {
  const json object = parse_object(text, name);
  ObjectReader reader(object, name);
  UNet2DConfig c;
  read_sample_size(reader, c);
  reader.read("in_channels", c.in_channels);
  reader.read("out_channels", c.out_channels);
  reader.read("center_input_sample", c.center_input_sample);
  reader.read("time_embedding_type", c.time_embedding_type);
  reader.read("time_embedding_dim", c.time_embedding_dim);
  reader.read("freq_shift", c.freq_shift);
  reader.read("flip_sin_to_cos", c.flip_sin_to_cos);
  reader.read("down_block_types", c.down_block_types);
  reader.read_or_null("mid_block_type", c.mid_block_type);
  reader.read("up_block_types", c.up_block_types);
  reader.read("block_out_channels", c.block_out_channels);
  reader.read("layers_per_block", c.layers_per_block);
  reader.read("mid_block_scale_factor", c.mid_block_scale_factor);
  reader.read("downsample_padding", c.downsample_padding);
  reader.read("downsample_type", c.downsample_type);
  reader.read("upsample_type", c.upsample_type);
  reader.read("dropout", c.dropout);
  reader.read("act_fn", c.act_fn);
  reader.read("attention_head_dim", c.attention_head_dim);
  reader.read("norm_num_groups", c.norm_num_groups);
  reader.read("attn_norm_num_groups", c.attn_norm_num_groups);
  reader.read("norm_eps", c.norm_eps);
  reader.read("resnet_time_scale_shift", c.resnet_time_scale_shift);
  reader.read("add_attention", c.add_attention);
  reader.read_or_null("class_embed_type", c.class_embed_type);
  reader.read("num_class_embeds", c.num_class_embeds);
  reader.read("num_train_timesteps", c.num_train_timesteps);
  std::ranges::transform(c.act_fn, c.act_fn.begin(),
                         [](unsigned char letter) { return char(std::tolower(letter)); });
  if (c.time_embedding_dim == 0) c.time_embedding_dim.reset();
  for (std::string& type : c.down_block_types) type = without_prefix(type);
  for (std::string& type : c.up_block_types) type = without_prefix(type);
  c.mid_block_type = without_prefix(c.mid_block_type);
  if (unknown) *unknown = reader.unread();
  check_in(c, name);
  return c;
}

std::string json_of(const UNet2DConfig& c) {
  const json object = {
      {"_class_name", "UNet2DModel"},
      {"_diffusers_version", kDiffusersVersion},
      {"sample_size", sample_size_of(c)},
      {"in_channels", c.in_channels},
      {"out_channels", c.out_channels},
      {"center_input_sample", c.center_input_sample},
      {"time_embedding_type", c.time_embedding_type},
      {"time_embedding_dim", value_of(c.time_embedding_dim)},
      {"freq_shift", value_of(c.freq_shift)},
      {"flip_sin_to_cos", c.flip_sin_to_cos},
      {"down_block_types", c.down_block_types},
      {"mid_block_type", value_of(c.mid_block_type)},
      {"up_block_types", c.up_block_types},
      {"block_out_channels", c.block_out_channels},
      {"layers_per_block", c.layers_per_block},
      {"mid_block_scale_factor", value_of(c.mid_block_scale_factor)},
      {"downsample_padding", c.downsample_padding},
      {"downsample_type", c.downsample_type},
      {"upsample_type", c.upsample_type},
      {"dropout", c.dropout},
      {"act_fn", c.act_fn},
      {"attention_head_dim", value_of(c.attention_head_dim)},
      {"norm_num_groups", value_of(c.norm_num_groups)},
      {"attn_norm_num_groups", value_of(c.attn_norm_num_groups)},
      {"norm_eps", c.norm_eps},
      {"resnet_time_scale_shift", c.resnet_time_scale_shift},
      {"add_attention", c.add_attention},
      {"class_embed_type", value_of(c.class_embed_type)},
      {"num_class_embeds", value_of(c.num_class_embeds)},
      {"num_train_timesteps", value_of(c.num_train_timesteps)},
  };
  return object.dump(2) + "\n";
}

}  // namespace stepwise
