#include "settings/degradation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "error_of.h"

namespace stepwise {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using enum Degradation;

DegradationStack read(std::string_view id) {
  DegradationStack stack;
  read_id(id, stack);
  return stack;
}

TEST(DegradationStack, IsReadAsItIsWritten) {
  for (const DegradationName& family : kDegradations) EXPECT_EQ(read(family.id), family.kind);
  const DegradationStack stack({kText, kBlur, kLowResolution});
  EXPECT_EQ(id_of(stack), "text,blur,low-resolution");
  EXPECT_EQ(read(id_of(stack)), stack);
  EXPECT_EQ(read(" text, blur ,low-resolution"), stack);
}

TEST(DegradationStack, TheOrderCounts) {
  EXPECT_NE(DegradationStack({kBlur, kBlocks}), DegradationStack({kBlocks, kBlur}));
}

TEST(DegradationStack, OfOldFilesIsReadByItsOldName) {
  EXPECT_EQ(read("blur-and-blocks"), DegradationStack({kBlur, kBlocks}));
}

TEST(DegradationStack, RefusesWhatIsNoneAndSaysWhatThereIs) {
  for (const char* id : {"sepia", "", "blur,", ",blur", "blur;blocks", "blur,blur-and-blocks"})
    EXPECT_THAT(error_of([&] { read(id); }),
                AllOf(HasSubstr("There is no degradation '"), HasSubstr("low-resolution, blocks")))
        << id;
}

TEST(DegradationStack, RefusesNoiseBesideOthersAndOneTwice) {
  for (const char* id : {"noise,blur", "blur,noise", "noise,noise"})
    EXPECT_THAT(error_of([&] { read(id); }), AllOf(HasSubstr(id), HasSubstr("choose it alone")));
  EXPECT_THAT(error_of([&] { read("blur,text,blur"); }), HasSubstr("has blur more than once"));
  EXPECT_THAT(error_of([] { DegradationStack{std::vector<Degradation>{}}; }),
              HasSubstr("Choose one or several"));
}

TEST(DegradationStack, ARefusedOneLeavesTheOneBefore) {
  DegradationStack stack(kJpeg);
  error_of([&] { read_id("blur,sepia", stack); });
  EXPECT_EQ(stack, kJpeg);
}

TEST(DegradationStack, HasSeveritiesUnlessItIsNoise) {
  for (const DegradationName& family : kDegradations)
    EXPECT_EQ(has_severity(family.kind), family.kind != kNoise) << family.id;
  EXPECT_TRUE(has_severity(DegradationStack({kBlur, kText})));
  EXPECT_FALSE(has_severity({}));
}

TEST(DegradationStack, GrowsInTheOrderOfWhatIsPressedAndIsNeverEmpty) {
  DegradationStack stack;
  stack = toggled(stack, kText);
  EXPECT_EQ(stack, kText);  // Noise has given way.
  stack = toggled(stack, kBlur);
  EXPECT_EQ(stack, DegradationStack({kText, kBlur}));
  EXPECT_EQ(toggled(stack, kText), kBlur);
  EXPECT_EQ(toggled(stack, kNoise), kNoise);
  EXPECT_EQ(toggled(kBlur, kBlur), kNoise);
  EXPECT_EQ(toggled(kNoise, kNoise), kNoise);
}

TEST(DegradationStack, IsShownInWordsWithASentenceForEach) {
  const DegradationStack stack({kBlur, kBlocks, kJpeg});
  EXPECT_EQ(label_of(stack), "Blur, missing blocks, JPEG");
  EXPECT_THAT(help_of(stack), AllOf(testing::StartsWith("Blur: Each pixel becomes"),
                                    HasSubstr(" Missing blocks: Squares turn black")));
}

}  // namespace
}  // namespace stepwise
