#include "formats/tensorboard.h"

#include <bit>

#include "formats/little_endian.h"
#include "image/png.h"

namespace stepwise {
namespace {

// Protobuf's ways to write a field that occur here.
enum Wire { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

// The numbers of fields in TensorFlow's event.proto and summary.proto.
enum EventField { kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7 };
enum SummaryField { kValue = 1 };
enum ValueField { kTag = 1, kSimpleValue = 2, kImage = 4 };
enum ImageField { kHeight = 1, kWidth = 2, kColorspace = 3, kEncodedImage = 4 };
enum SessionLogField { kStatus = 1 };
constexpr std::int64_t kStart = 1;  // A status.

std::string varint(std::uint64_t number) {
  std::string bytes;
  for (; number >= 0x80; number >>= 7) bytes += char(number | 0x80);
  return bytes += char(number);
}

std::string key(int field, Wire wire) { return varint(std::uint64_t(field << 3 | wire)); }

std::string field(int number, std::int64_t value) {
  return key(number, kVarint) + varint(std::uint64_t(value));
}
std::string field(int number, double value) {
  return key(number, kFixed64) + little_endian(std::bit_cast<std::uint64_t>(value));
}
std::string field(int number, float value) {
  return key(number, kFixed32) + little_endian(std::bit_cast<std::uint32_t>(value));
}
// Text, bytes, or a message.
std::string field(int number, std::string_view value) {
  std::string bytes = key(number, kBytes) + varint(value.size());
  return bytes += value;
}

std::string event_at(const EventTime& time) {
  return field(kWallTime, time.wall_time) + field(kStep, time.step);
}

// One that is read.
struct Field {
  std::uint64_t number = 0;
  std::uint64_t value = 0;  // Of a varint,
  std::string_view bytes;   //   and of all else.
};

// Both take something off the front of a message; false where no whole one is there.
bool take_varint(std::string_view& from, std::uint64_t& number) {
  number = 0;
  for (int shift = 0; shift < 64 && !from.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    number |= std::uint64_t(byte & 0x7F) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

bool take_field(std::string_view& from, Field& field) {
  std::uint64_t key = 0, size = 0;
  if (!take_varint(from, key)) return false;
  field = {key >> 3, 0, {}};
  switch (key & 7) {
    case kVarint:
      return take_varint(from, field.value);
    case kFixed64:
      size = 8;
      break;
    case kFixed32:
      size = 4;
      break;
    case kBytes:
      if (!take_varint(from, size)) return false;
      break;
    default:
      return false;
  }
  if (size > from.size()) return false;
  field.bytes = from.substr(0, size);
  from.remove_prefix(size);
  return true;
}

bool read_tags(std::string_view summary, std::vector<std::string>& tags) {
  for (Field value; !summary.empty();) {
    if (!take_field(summary, value)) return false;
    if (value.number != kValue) continue;
    for (Field part; !value.bytes.empty();) {
      if (!take_field(value.bytes, part)) return false;
      if (part.number == kTag) tags.emplace_back(part.bytes);
    }
  }
  return true;
}

}  // namespace

std::string version_event(double wall_time) {
  return field(kWallTime, wall_time) + field(kFileVersion, "brain.Event:2");
}

std::string restart_event(const EventTime& time) {
  return event_at(time) + field(kSessionLog, field(kStatus, kStart));
}

std::string scalars_event(const EventTime& time, std::span<const Scalar> scalars) {
  std::string values;
  for (const Scalar& scalar : scalars)
    values += field(kValue, field(kTag, scalar.tag) + field(kSimpleValue, scalar.value));
  return event_at(time) + field(kSummary, values);
}

std::string picture_event(const EventTime& time, std::string_view tag, const ByteImage& picture) {
  const std::string image =
      field(kHeight, std::int64_t{picture.height}) + field(kWidth, std::int64_t{picture.width}) +
      field(kColorspace, std::int64_t{picture.channels}) + field(kEncodedImage, png_of(picture));
  return event_at(time) + field(kSummary, field(kValue, field(kTag, tag) + field(kImage, image)));
}

std::optional<EventTopic> topic_of(std::string_view event) {
  EventTopic topic;
  for (Field field; !event.empty();) {
    if (!take_field(event, field)) return std::nullopt;
    if (field.number == kStep) topic.step = std::int64_t(field.value);
    if (field.number == kSummary && !read_tags(field.bytes, topic.tags)) return std::nullopt;
  }
  return topic;
}

}  // namespace stepwise
