// What TensorBoard shows of a run, as its event files hold it: each event is a record (see
// tfrecord.h) with a protobuf message. The few fields are written by hand: LibTorch brings a
// protobuf of its own, of another version than the system's where it is the user's own LibTorch,
// and two of them in one process have crashed programs. No torch; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "image/image.h"

namespace stepwise {

// When, in seconds since 1970, and after how many steps of training.
struct EventTime {
  double wall_time = 0;
  std::int64_t step = 0;
};

struct Scalar {
  std::string tag;  // Its curve; what stands before a "/" is the group.
  float value = 0;
};

// Each gives the bytes of an event.
std::string version_event(double wall_time);  // A file begins with it.
std::string restart_event(
    const EventTime& time);  // What was told of this step and later ones is void.
std::string scalars_event(const EventTime& time, std::span<const Scalar> scalars);
std::string picture_event(const EventTime& time, std::string_view tag, const ByteImage& picture);

// What an event tells of: its step and the tags of its values.
struct EventTopic {
  std::int64_t step = 0;
  std::vector<std::string> tags;
};

// Nothing where the bytes are no event.
std::optional<EventTopic> topic_of(std::string_view event);

}  // namespace stepwise
