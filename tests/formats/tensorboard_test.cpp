// Events, read back by Google's protobuf, which knows nothing of ours but what the bytes say.
#include "formats/tensorboard.h"

#include <gmock/gmock.h>
#include <google/protobuf/unknown_field_set.h>

#include <bit>
#include <stdexcept>

#include "image/picture_file.h"

namespace stepwise {
namespace {

using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;
using testing::ElementsAre;

struct Message {
  explicit Message(const std::string& bytes) { EXPECT_TRUE(fields.ParseFromString(bytes)); }

  // The only field of that number.
  const UnknownField& operator[](int number) const {
    int found = -1;
    for (int i = 0; i < fields.field_count(); ++i)
      if (fields.field(i).number() == number) {
        EXPECT_EQ(found, -1) << "two fields " << number;
        found = i;
      }
    if (found < 0) throw std::out_of_range("no field " + std::to_string(number));
    return fields.field(found);
  }
  Message part(int number) const { return Message((*this)[number].length_delimited()); }

  UnknownFieldSet fields;
};

double wall_time(const Message& event) { return std::bit_cast<double>(event[1].fixed64()); }

TEST(TensorBoard, AFileBeginsWithItsVersion) {
  const Message event(version_event(1700000000.5));
  EXPECT_EQ(event.fields.field_count(), 2);
  EXPECT_EQ(wall_time(event), 1700000000.5);
  EXPECT_EQ(event[3].length_delimited(), "brain.Event:2");
}

TEST(TensorBoard, AnEventHoldsAllScalarsOfAStep) {
  const std::vector<Scalar> scalars{{"loss", 0.25f}, {"held_out/sigma_0.41", -1e-30f}};
  const Message event(scalars_event({2.5, 100'000'000}, scalars));
  EXPECT_EQ(event.fields.field_count(), 3);
  EXPECT_EQ(wall_time(event), 2.5);
  EXPECT_EQ(event[2].varint(), 100'000'000u);
  const Message summary = event.part(5);
  ASSERT_EQ(summary.fields.field_count(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(summary.fields.field(i).number(), 1);
    const Message value(summary.fields.field(i).length_delimited());
    EXPECT_EQ(value[1].length_delimited(), scalars[std::size_t(i)].tag);
    EXPECT_EQ(std::bit_cast<float>(value[2].fixed32()), scalars[std::size_t(i)].value);
  }
}

TEST(TensorBoard, APictureIsAPngOfThatSize) {
  ByteImage picture(2, 3, 1);
  picture.pixels = {0, 50, 100, 150, 200, 250};
  const Message event(picture_event({1, 7}, "gallery", picture));
  const Message value = event.part(5).part(1);
  EXPECT_EQ(value[1].length_delimited(), "gallery");
  const Message image = value.part(4);
  EXPECT_EQ(image[1].varint(), 2u);
  EXPECT_EQ(image[2].varint(), 3u);
  EXPECT_EQ(image[3].varint(), 1u);
  EXPECT_EQ(decode_picture(image[4].length_delimited(), "picture").pixels, rgba_of(picture));
}

TEST(TensorBoard, ARestartSaysFromWhichStepOn) {
  const Message event(restart_event({1, 43}));
  EXPECT_EQ(event[2].varint(), 43u);
  EXPECT_EQ(event.part(7)[1].varint(), 1u);
}

TEST(TensorBoard, AnEventIsKnownByItsStepAndTags) {
  const std::vector<Scalar> scalars{{"loss", 1}, {"train", 2}};
  const auto topic = topic_of(scalars_event({1, 300}, scalars));
  ASSERT_TRUE(topic);
  EXPECT_EQ(topic->step, 300);
  EXPECT_THAT(topic->tags, ElementsAre("loss", "train"));
  EXPECT_THAT(topic_of(picture_event({1, 2}, "gallery", ByteImage(1, 1, 1)))->tags,
              ElementsAre("gallery"));
  EXPECT_THAT(topic_of(version_event(1))->tags, ElementsAre());
  EXPECT_EQ(topic_of(restart_event({1, 43}))->step, 43);
}

TEST(TensorBoard, BytesThatAreNoEventAreNone) {
  EXPECT_FALSE(topic_of("\x07"));                              // A group: none of ours.
  EXPECT_FALSE(topic_of("\x10\xff"));                          // A number without an end,
  EXPECT_FALSE(topic_of("\x10" + std::string(11, '\xff')));    //   or too long;
  EXPECT_FALSE(topic_of(std::string("\x2a\x7f", 2)));          // a message that is cut off,
  EXPECT_FALSE(topic_of(std::string("\x2a\x02\x0a\x7f", 4)));  //   or what is in it.
  const std::string event = scalars_event({1, 300}, std::vector<Scalar>{{"loss", 1}});
  EXPECT_FALSE(topic_of(event.substr(0, event.size() - 1)));
}

}  // namespace
}  // namespace stepwise
