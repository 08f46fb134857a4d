#include "engine/wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "error.h"
#include "every_field.h"
#include "hostile/allocations.h"

namespace stepwise {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr JobId kId = 18446744073709551615u;

// One of each alternative, with every field set.
template <class... T>
std::vector<std::variant<T...>> one_of_each(const std::variant<T...>*) {
  std::vector<std::variant<T...>> all{T{}...};
  for (auto& value : all) std::visit([](auto& held) { Filler().fill(held); }, value);
  return all;
}
std::vector<Command> commands() { return one_of_each(static_cast<const Command*>(nullptr)); }
std::vector<Event> events() { return one_of_each(static_cast<const Event*>(nullptr)); }

Request request_of(const Command& command) {
  Request request(command);
  request.id = kId;
  return request;
}

std::vector<Bytes> letters() {
  std::vector<Bytes> all;
  for (const Command& command : commands()) all.push_back(encode(request_of(command)));
  for (const Event& event : events()) all.push_back(encode(Report{kId, event}));
  return all;
}

// Whatever the bytes, they are understood or refused.
void decode_either(std::span<const std::uint8_t> bytes) {
  try {
    decode_request(bytes);
  } catch (const Error&) {
  }
  try {
    decode_report(bytes);
  } catch (const Error&) {
  }
}

template <class V>
void expect_same(const V& sent, const V& received) {
  ASSERT_EQ(sent.index(), received.index());
  std::visit(
      [&]<class T>(const T& held) {
        visit_both(held, std::get<T>(received), [](const char* name, const auto& a, const auto& b) {
          EXPECT_TRUE(same(a, b)) << type_name<T>() << "::" << name;
        });
      },
      sent);
}

TEST(Wire, EveryCommandComesBackWithEveryField) {
  for (const Command& command : commands()) {
    const Bytes bytes = encode(request_of(command));
    const Request received = decode_request(bytes);
    EXPECT_EQ(received.id, kId);
    expect_same(command, received.command);
    EXPECT_EQ(encode(received), bytes);
  }
}

TEST(Wire, EveryEventComesBackWithEveryField) {
  for (const Event& event : events()) {
    const Bytes bytes = encode(Report{kId, event});
    const Report received = decode_report(bytes);
    EXPECT_EQ(received.job, kId);
    expect_same(event, received.event);
    EXPECT_EQ(encode(received), bytes);
  }
}

TEST(Wire, DefaultsComeBackToo) {
  for (const Command& command : {Command(Sample{}), Command(Train{}), Command(Inspect{})})
    expect_same(command, decode_request(encode(request_of(command))).command);
  for (const Event& event : {Event(FrameReady{}), Event(Evaluated{}), Event(BranchStarted{})})
    expect_same(event, decode_report(encode(Report{kId, event})).event);
}

// So that the two tests above test something.
TEST(EveryField, IsFilledWithWhatIsNotItsDefault) {
  const auto check = [](const auto& value) {
    std::visit(
        []<class T>(const T& held) {
          visit_both(held, T{}, [](const char* name, const auto& a, const auto& b) {
            EXPECT_FALSE(same(a, b)) << type_name<T>() << "::" << name;
          });
        },
        value);
  };
  for (const Command& command : commands()) check(command);
  for (const Event& event : events()) check(event);
}

// Structs whose members are, by intent, more or fewer than their fields.
const std::map<std::string_view, int> kMoreMembers = {
    {"Color", -2},      // It has constructors.
    {"Recipe", -1},     // The budget's two fields are the recipe's own.
    {"DataRecord", 1},  // The old identity counts only where pictures are at hand.
};

template <class T>
void expect_all_listed(std::set<std::string_view>& seen) {
  if constexpr (kIsVector<T> || kIsOptional<T>) {
    expect_all_listed<typename T::value_type>(seen);
  } else if constexpr (kIsVariant<T>) {
    [&]<class... Held>(const std::variant<Held...>*) {
      (expect_all_listed<Held>(seen), ...);
    }(static_cast<const T*>(nullptr));
  } else if constexpr (HasFields<T> && !std::is_same_v<T, Image>) {  // It has a constructor.
    if (!seen.insert(type_name<T>()).second) return;
    const auto more = kMoreMembers.find(type_name<T>());
    EXPECT_EQ(member_count<T>(), field_count<T>() + (more == kMoreMembers.end() ? 0 : more->second))
        << type_name<T>();
    const T value{};
    visit_fields(value, [&]<class Field>(const char*, const Field&, auto...) {
      expect_all_listed<Field>(seen);
    });
  }
}

TEST(EveryField, IsListed) {
  std::set<std::string_view> seen;
  expect_all_listed<Command>(seen);
  expect_all_listed<Event>(seen);
  EXPECT_GT(seen.size(), std::variant_size_v<Command> + std::variant_size_v<Event>);
}

TEST(Wire, NoNumberIsRounded) {
  Sample sample;
  sample.settings.seed = (std::uint64_t{1} << 53) + 1;
  const Request received = decode_request(encode(request_of(sample)));
  EXPECT_EQ(std::get<Sample>(received.command).settings.seed, sample.settings.seed);
  Evaluated evaluated;
  evaluated.figures.agreement = std::nan("");
  evaluated.figures.distance = std::numeric_limits<double>::infinity();
  evaluated.figures.floor = -std::numeric_limits<double>::infinity();
  evaluated.figures.nearest = std::numeric_limits<double>::denorm_min();
  evaluated.seconds = -0.0;
  const Report report = decode_report(encode(Report{1, evaluated}));
  const auto& again = std::get<Evaluated>(report.event);
  EXPECT_TRUE(std::isnan(again.figures.agreement));
  EXPECT_EQ(again.figures.distance, evaluated.figures.distance);
  EXPECT_EQ(again.figures.floor, evaluated.figures.floor);
  EXPECT_EQ(again.figures.nearest, evaluated.figures.nearest);
  EXPECT_TRUE(std::signbit(again.seconds));
}

TEST(Wire, PixelsMayBeAnyFloat) {
  PictureFetched fetched;
  fetched.picture = Image(1, 2, 1);
  fetched.picture.pixels = {std::numeric_limits<float>::quiet_NaN(),
                            -std::numeric_limits<float>::infinity()};
  const Report report = decode_report(encode(Report{1, fetched}));
  const auto& again = std::get<PictureFetched>(report.event).picture;
  EXPECT_TRUE(std::isnan(again.pixels[0]));
  EXPECT_EQ(again.pixels[1], fetched.picture.pixels[1]);
}

TEST(Wire, PicturesHaveThePixelsThatTheirSizesSay) {
  GalleryReady gallery;
  for (const ImageBatch& wrong :
       {ImageBatch{1, 2, 2, 1, std::vector<float>(5)}, ImageBatch{-1, -1, 1, 1, {1.f}},
        ImageBatch{1 << 30, 1 << 30, 1 << 30, 1 << 30, {}},
        ImageBatch{1 << 30, 1 << 30, 4, 1, {}}}) {
    gallery.pictures = wrong;
    EXPECT_THAT(
        [&] {
          decode_report(encode(Report{1, gallery}));
        },
        ThrowsMessage<Error>(HasSubstr("pictures")));
  }
}

TEST(Wire, WhatIsNotUnderstoodIsNamed) {
  Bytes bytes = encode(request_of(Sample{}));
  const std::string name = "dpmpp-2m";
  const auto at = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
  ASSERT_NE(at, bytes.end());
  *at = 'x';
  EXPECT_THAT([&] { decode_request(bytes); },
              ThrowsMessage<Error>(HasSubstr("sampler is \"xpmpp-2m\", but should be one of")));
}

TEST(Wire, CutLettersAreRefused) {
  for (const Bytes& letter : letters())
    for (std::size_t size = 0; size < letter.size(); ++size) {
      const auto cut = std::span(letter).first(size);
      EXPECT_THROW(decode_request(cut), Error);
      EXPECT_THROW(decode_report(cut), Error);
    }
}

TEST(Wire, ChangedLettersAreUnderstoodOrRefused) {
  std::mt19937_64 random(1);
  for (const Bytes& letter : letters())
    for (int i = 0; i < 300; ++i) {
      Bytes changed = letter;
      changed[random() % changed.size()] = std::uint8_t(random());
      decode_either(changed);
    }
}

// Lists, maps, tags and texts of an open length, each in the next.
TEST(Wire, DeepNestingIsRefused) {
  for (const int byte : {0x81, 0xa1, 0x9f, 0xbf, 0xc0, 0xd9, 0x7f, 0x5f})
    EXPECT_THROW(decode_report(Bytes(1000000, std::uint8_t(byte))), Error) << byte;
}

// Empty objects take the least room in a letter, beside what is made of them.
TEST(Wire, MemoryIsBoundedByTheSizeOfTheLetter) {
  constexpr std::size_t kMost = 400;
  const nlohmann::json many(100000, nlohmann::json::object()), progress{{"points", many}},
      edit{{"layers", many}}, fork{{"edit", edit}};
  for (const nlohmann::json& letter :
       {many, nlohmann::json{{"job", 1}, {"event", {{"TrainingProgress", progress}}}},
        nlohmann::json{{"id", 1}, {"command", {{"Preview", {{"fork", fork}}}}}}}) {
    const Bytes bytes = nlohmann::json::to_cbor(letter);
    count_allocations();
    decode_either(bytes);
    EXPECT_LT(allocations().peak, kMost * bytes.size());
  }
}

TEST(Wire, LengthsBeyondTheEndAreRefused) {
  for (const int kind : {0x5b, 0x7b, 0x9b, 0xbb})
    for (const int high : {0x00, 0x10, 0x7f, 0xff}) {
      Bytes bytes(9, 0xff);
      bytes[0] = std::uint8_t(kind);
      bytes[1] = std::uint8_t(high);
      count_allocations();
      EXPECT_THROW(decode_report(bytes), Error);
      EXPECT_LT(allocations().largest, 1000u);
    }
}

}  // namespace
}  // namespace stepwise
