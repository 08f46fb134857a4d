#include "evaluation/reference_file.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <tuple>

#include "clothes.h"
#include "data/identity.h"
#include "diffusion/tensor_image.h"
#include "evaluation/held.h"
#include "image/file.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<ReferenceSet> reference_to(std::shared_ptr<const Dataset> data) {
  DataRecord record = record_of(*data);
  return std::make_shared<ReferenceSet>(ReferenceSet{
      std::move(data), std::move(record), load_classifier(shipped_classifier()), {}, {}});
}

// Of what every figure is measured: pictures with some noise, and what they show.
Evaluation noisy_ones_against(const std::shared_ptr<ReferenceSet>& set, int count = 40) {
  const Pictures& test = set->data->test;
  const std::vector<int> chosen = hold(test, count, 5);
  const torch::Tensor clean = tensor_of(test, torch::tensor(chosen, torch::kLong));
  std::vector<Condition> labels;
  for (const int i : chosen) labels.push_back({test.labels[std::size_t(i)]});
  torch::manual_seed(1);
  EvaluationJob job(set, clean + 0.2 * torch::randn(clean.sizes()), labels);
  while (job.step()) {
  }
  return job.result();
}

auto all_of(const Evaluation& e) {
  return std::make_tuple(e.count, e.distance, e.standard_error, e.floor, e.noise_equivalent_level,
                         e.agreement, e.real_agreement, e.nearest, e.real_nearest,
                         e.noise_distances, e.classifier, e.reference);
}

class ReferenceFile : public testing::Test {
 protected:
  static std::shared_ptr<const Dataset> data() {
    static const auto some = few_clothes(200, 100);
    return some;
  }
  // As a program that has just been started knows it.
  std::shared_ptr<ReferenceSet> set() const {
    auto set = reference_to(data());
    keep_in(cache_, *set);
    return set;
  }

  const TemporaryFolder folder_;
  const fs::path cache_ = folder_ / "cache" / "stepwise";
};

TEST_F(ReferenceFile, GivesTheSameFiguresToTheLastBit) {
  const Evaluation without = noisy_ones_against(reference_to(data()));
  const auto writing = set();
  EXPECT_FALSE(writing->train.mean.defined());
  EXPECT_FALSE(fs::exists(writing->file));
  const Evaluation written = noisy_ones_against(writing);
  ASSERT_TRUE(fs::exists(writing->file));

  const auto reading = set();
  EXPECT_TRUE(reading->train.mean.equal(writing->train.mean));
  EXPECT_TRUE(reading->train.covariance.equal(writing->train.covariance));
  EXPECT_TRUE(reading->test.features.equal(writing->test.features));
  EXPECT_TRUE(reading->test.classes.equal(writing->test.classes));
  EXPECT_EQ(reading->held.size(), 1u);
  const Evaluation read = noisy_ones_against(reading);
  EXPECT_EQ(all_of(written), all_of(without));
  EXPECT_EQ(all_of(read), all_of(without));
}

TEST_F(ReferenceFile, SparesALaunchAllRealPictures) {
  noisy_ones_against(set());
  const auto reading = set();
  EvaluationJob job(reading, torch::zeros({40, 1, 28, 28}), std::vector<Condition>(40));
  EXPECT_EQ(job.stage(), "judging samples");
  while (job.step()) EXPECT_EQ(job.stage().find("real"), std::string::npos);
  EXPECT_EQ(reading->held.size(), 1u);
}

TEST_F(ReferenceFile, HoldsEveryNumberOfPicturesThatWasMeasured) {
  const Evaluation forty = noisy_ones_against(set());
  const Evaluation thirty = noisy_ones_against(set(), 30);
  EXPECT_NE(thirty.floor, forty.floor);
  const auto reading = set();
  ASSERT_EQ(reading->held.size(), 2u);
  EXPECT_EQ(all_of(noisy_ones_against(reading)), all_of(forty));
  EXPECT_EQ(all_of(noisy_ones_against(reading, 30)), all_of(thirty));
}

TEST_F(ReferenceFile, ThatIsDamagedIsIgnoredAndWrittenAnew) {
  const auto first = set();
  const Evaluation expected = noisy_ones_against(first);
  const std::string whole = read_file(first->file);
  const auto flipped = [&](std::size_t at) {
    std::string bytes = whole;
    bytes[at] = char(bytes[at] ^ 1);
    return bytes;
  };
  const std::string before = R"(\"floor\":)";  // JSON within JSON.
  const std::size_t floor = whole.find(before);
  ASSERT_NE(floor, std::string::npos);
  for (const std::string& bytes :
       {std::string(), std::string("nonsense"), whole.substr(0, whole.size() - 1), whole + "x",
        flipped(whole.size() - 1), flipped(whole.size() / 2), flipped(floor + before.size()),
        flipped(3)}) {
    write_file(first->file, bytes);
    const auto again = set();
    EXPECT_FALSE(again->train.mean.defined());
    EXPECT_TRUE(again->held.empty());
    EXPECT_EQ(all_of(noisy_ones_against(again)), all_of(expected));
    EXPECT_EQ(read_file(first->file), whole);
  }
}

TEST_F(ReferenceFile, OfAnotherSetIsNotTakenForIt) {
  const auto first = set();
  noisy_ones_against(first);
  const auto other = reference_to(few_clothes(199, 100));
  keep_in(cache_, *other);
  EXPECT_NE(other->file, first->file);
  fs::copy_file(first->file, other->file);
  keep_in(cache_, *other);
  EXPECT_FALSE(other->train.mean.defined());
}

TEST_F(ReferenceFile, IsCalledByAllThatTheFiguresDependOn) {
  const auto file_of = [&](const Dataset& data, const std::string& classifier = "") {
    ReferenceSet set = *reference_to(std::make_shared<Dataset>(data));
    set.classifier.checksum += classifier;
    keep_in(cache_, set);
    return set.file;
  };
  Dataset data = *ReferenceFile::data();
  data.identity = identity_of(data);
  const fs::path file = file_of(data);
  EXPECT_EQ(file, set()->file);
  EXPECT_NE(file_of(data, "another"), file);

  Dataset corrected = data;  // The labels of training pictures decide nothing here.
  corrected.train.labels[0] ^= 1;
  EXPECT_EQ(file_of(corrected), file);

  Dataset more = data;  // Its identity does not tell of pictures that came beside its own.
  more.source.more = "/more";
  const fs::path with_more = file_of(more);
  EXPECT_NE(with_more, file);
  more.train = first_of(data.train, 150);
  EXPECT_NE(file_of(more), with_more);
}

TEST_F(ReferenceFile, ThatCannotBeWrittenIsNoError) {
  write_file(folder_ / "cache", "A file where a folder should be.");
  const auto first = set();
  const Evaluation expected = noisy_ones_against(reference_to(data()));
  EXPECT_EQ(all_of(noisy_ones_against(first)), all_of(expected));
  EXPECT_FALSE(set()->train.mean.defined());
}

}  // namespace
}  // namespace stepwise
