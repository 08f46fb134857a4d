#include "formats/json_picture.h"

#include "image/base64.h"

namespace stepwise {

using nlohmann::json;

namespace {

constexpr const char* kPixels = "pixels";

}  // namespace

void pixels_to_text(json& value) {
  if (!value.is_structured()) return;
  for (json& part : value) pixels_to_text(part);
  const auto pixels = value.is_object() ? value.find(kPixels) : value.end();
  if (pixels != value.end() && pixels->is_binary()) *pixels = to_base64(pixels->get_binary());
}

void pixels_from_text(json& value) {
  if (!value.is_structured()) return;
  for (json& part : value) pixels_from_text(part);
  const auto pixels = value.is_object() ? value.find(kPixels) : value.end();
  if (pixels == value.end() || !pixels->is_string()) return;
  if (auto bytes = from_base64(pixels->get_ref<const std::string&>()))
    *pixels = json::binary(std::move(*bytes));
}

}  // namespace stepwise
