#include "formats/packed_json.h"

#include <set>
#include <span>
#include <utility>

#include "error.h"
#include "formats/safetensors_header.h"
#include "settings/json.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMaxText = std::uint64_t{1} << 28;  // Bytes.
constexpr const char* kPicture = "picture";  // The one key of what stands for a picture.
constexpr std::int64_t kMaxSide = 1 << 16;

bool is_picture(const json& value) {
  const auto pixels = value.is_object() ? value.find("pixels") : value.end();
  return pixels != value.end() && pixels->is_binary();
}

StoredTensor tensor_of(const json& picture) {
  const auto& bytes = picture.at("pixels").get_binary();
  return {DType::kF32,
          {picture.at("height"), picture.at("width"), picture.at("channels")},
          std::string(bytes.begin(), bytes.end())};
}

void put_aside(json& value, std::map<std::string, StoredTensor>& pictures) {
  if (is_picture(value)) {
    const std::string name = text_of("pictures/", pictures.size());
    pictures.emplace(name, tensor_of(value));
    value = {{kPicture, name}};
  } else if (value.is_structured()) {
    for (json& part : value) put_aside(part, pictures);
  }
}

class PutBack {
 public:
  explicit PutBack(const SafetensorsFile& file) : file_(file) {}

  void operator()(json& value) {
    if (!value.is_structured()) return;
    const auto name = value.is_object() && value.size() == 1 ? value.find(kPicture) : value.end();
    if (name != value.end() && name->is_string())
      value = picture(name->get<std::string>());
    else
      for (json& part : value) (*this)(part);
  }

 private:
  json picture(const std::string& name) {
    const std::string blame = "Cannot read '" + file_.name() + "': the picture " + in_quotes(name);
    const auto found = file_.tensors().find(name);
    require(found != file_.tensors().end(), blame, " is not there.");
    require(taken_.insert(name).second, blame, " stands in two places.");
    const TensorSlice& slice = found->second;
    bool is_one = slice.dtype == DType::kF32 && slice.shape.size() == 3;
    for (const std::int64_t side : slice.shape) is_one = is_one && side <= kMaxSide;
    require(is_one, blame, " is no tensor of F32 with a height, a width and channels.");
    std::vector<std::uint8_t> bytes(slice.size);
    file_.read(slice, reinterpret_cast<char*>(bytes.data()));
    return {{"height", slice.shape[0]},
            {"width", slice.shape[1]},
            {"channels", slice.shape[2]},
            {"pixels", json::binary(std::move(bytes))}};
  }

  const SafetensorsFile& file_;
  std::set<std::string> taken_;
};

}  // namespace

std::map<std::string, StoredTensor> packed(json value, const std::string& name) {
  std::map<std::string, StoredTensor> tensors;
  put_aside(value, tensors);
  // Indented, for people; and readers refuse values that are packed too densely.
  const std::string text = value.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
  tensors[name] = {DType::kU8, {std::int64_t(text.size())}, text};
  return tensors;
}

json unpacked(const SafetensorsFile& file, const std::string& name) {
  const auto found = file.tensors().find(name);
  require(found != file.tensors().end() && found->second.dtype == DType::kU8, "Cannot read '",
          file.name(), "': it has no ", in_quotes(name), ".");
  require(found->second.size <= kMaxText, "Cannot read '", file.name(), "': its text has ",
          found->second.size, " bytes, more than the ", kMaxText, " that are read.");
  std::string text(found->second.size, '\0');
  file.read(found->second, text.data());
  json value = parse_object(text, file.name());
  PutBack put_back(file);
  put_back(value);
  return value;
}

}  // namespace stepwise
