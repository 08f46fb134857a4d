#include "formats/safetensors_header.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "error.h"
#include "first_of.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxRank = 64;

// Follows the parser through {"__metadata__": {...}, name: {"dtype", "shape", "data_offsets"}, ...}
// and throws at the first token that does not belong there.
class HeaderReader : public json::json_sax_t {
 public:
  HeaderReader(SafetensorsHeader& header, const std::string& blame)
      : header_(header), blame_(blame) {}

  bool start_object(std::size_t) override {
    if (place_ == Place::kStart) return enter(Place::kTop);
    if (place_ == Place::kName && name_ == "__metadata__") {
      fail_unless(!metadata_seen_, "lists __metadata__ twice");
      metadata_seen_ = true;
      return enter(Place::kMetadata);
    }
    fail_unless(place_ == Place::kName, unexpected("an object"));
    entry_ = {};
    dtype_seen_ = shape_seen_ = offsets_seen_ = false;
    return enter(Place::kEntry);
  }

  bool end_object() override {
    if (place_ == Place::kTop) return enter(Place::kEnd);
    if (place_ == Place::kEntry) {
      fail_unless(dtype_seen_ && shape_seen_ && offsets_seen_,
                  "describes " + in_quotes(name_) + " without dtype, shape or data_offsets");
      const bool is_new = header_.entries.emplace(name_, std::move(entry_)).second;
      fail_unless(is_new, "lists " + in_quotes(name_) + " twice");
    }
    return enter(Place::kTop);
  }

  bool key(string_t& key) override {
    switch (place_) {
      case Place::kTop:
        name_ = std::move(key);
        return enter(Place::kName);
      case Place::kMetadata:
        metadata_key_ = std::move(key);
        return enter(Place::kMetadataValue);
      default:
        return enter(entry_place(key));
    }
  }

  bool string(string_t& text) override {
    if (place_ == Place::kMetadataValue) {
      const bool is_new =
          header_.metadata.emplace(std::move(metadata_key_), std::move(text)).second;
      fail_unless(is_new, "lists a key of __metadata__ twice");
      return enter(Place::kMetadata);
    }
    fail_unless(place_ == Place::kDType, unexpected("text"));
    const auto dtype = dtype_named(text);
    require(dtype.has_value(), blame_, "tensor ", in_quotes(name_), " has the dtype ",
            in_quotes(text), ", which is not known.");
    entry_.dtype = *dtype;
    return enter(Place::kEntry);
  }

  bool start_array(std::size_t) override {
    if (place_ == Place::kShape) return enter(Place::kInShape);
    fail_unless(place_ == Place::kOffsets, unexpected("a list"));
    offset_count_ = 0;
    return enter(Place::kInOffsets);
  }

  bool end_array() override {
    if (place_ == Place::kInShape) return enter(Place::kEntry);
    fail_unless(offset_count_ == 2, "gives " + in_quotes(name_) + " not two data_offsets");
    fail_unless(entry_.begin <= end_, "lets " + in_quotes(name_) + " end before it begins");
    entry_.size = end_ - entry_.begin;
    return enter(Place::kEntry);
  }

  bool number_unsigned(number_unsigned_t value) override {
    if (place_ == Place::kInShape) {
      fail_unless(value <= std::uint64_t(std::numeric_limits<std::int64_t>::max()) &&
                      entry_.shape.size() < kMaxRank,
                  "gives " + in_quotes(name_) + " an impossible shape");
      entry_.shape.push_back(std::int64_t(value));
      return true;
    }
    fail_unless(place_ == Place::kInOffsets, unexpected("a number"));
    fail_unless(offset_count_ < 2, "gives " + in_quotes(name_) + " more than two data_offsets");
    (offset_count_++ == 0 ? entry_.begin : end_) = value;
    return true;
  }

  bool null() override {
    if (place_ != Place::kName || name_ != "__metadata__") return refuse("null");
    fail_unless(!metadata_seen_, "lists __metadata__ twice");
    metadata_seen_ = true;
    return enter(Place::kTop);
  }
  bool boolean(bool) override { return refuse("a truth value"); }
  bool number_integer(number_integer_t) override { return refuse("a negative number"); }
  bool number_float(number_float_t, const string_t&) override { return refuse("a fraction"); }
  bool binary(binary_t&) override { return refuse("binary data"); }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    fail_unless(false, text_of("is not valid JSON at its byte ", position));
    return false;
  }

 private:
  enum class Place {
    kStart,
    kTop,
    kName,
    kMetadata,
    kMetadataValue,
    kEntry,
    kDType,
    kShape,
    kInShape,
    kOffsets,
    kInOffsets,
    kEnd,
  };

  bool enter(Place place) {
    place_ = place;
    return true;
  }

  Place entry_place(const std::string& key) {
    const auto once = [&](bool& seen, Place place) {
      fail_unless(!seen, "gives " + in_quotes(name_) + " its " + key + " twice");
      seen = true;
      return place;
    };
    if (key == "dtype") return once(dtype_seen_, Place::kDType);
    if (key == "shape") return once(shape_seen_, Place::kShape);
    if (key == "data_offsets") return once(offsets_seen_, Place::kOffsets);
    fail_unless(false, "describes " + in_quotes(name_) + " with an unknown key " + in_quotes(key));
    return Place::kEnd;
  }

  std::string unexpected(const std::string& what) const {
    return "has " + what + " where none belongs" +
           (name_.empty() ? std::string() : ", near " + in_quotes(name_));
  }

  bool refuse(const std::string& what) {
    fail_unless(false, unexpected(what));
    return false;
  }

  void fail_unless(bool ok, const std::string& problem) const {
    require(ok, blame_, "the header ", problem, ".");
  }

  SafetensorsHeader& header_;
  const std::string& blame_;
  Place place_ = Place::kStart;
  std::string name_, metadata_key_;
  TensorSlice entry_;
  std::uint64_t end_ = 0;  // Of the entry's bytes.
  bool metadata_seen_ = false, dtype_seen_ = false, shape_seen_ = false, offsets_seen_ = false;
  int offset_count_ = 0;
};

}  // namespace

SafetensorsHeader read_header(std::string_view text, const std::string& blame) {
  require(text.starts_with('{'), blame, "the header does not begin with '{'.");
  SafetensorsHeader header;
  HeaderReader reader(header, blame);
  json::sax_parse(text.begin(), text.end(), &reader);
  return header;
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t kShown = 80;
  std::string text = "'";
  for (const char c : name.substr(0, kShown))
    text += (unsigned char)c < 0x20 || c == 0x7f ? '?' : c;
  return text + (name.size() > kShown ? "...'" : "'");
}

std::string listed(const std::vector<std::string>& keys) {
  constexpr std::size_t kMost = 40;
  std::vector<std::string> names;
  for (const std::string& key : keys) names.push_back(in_quotes(key));
  return first_of(names, kMost);
}

}  // namespace stepwise
