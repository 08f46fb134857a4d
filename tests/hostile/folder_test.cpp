// Hostile files in a model's folder: each of its JSON files and its weights.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "corpus.h"
#include "formats/weight_files.h"
#include "image/file.h"
#include "model/folder.h"
#include "model/small_net.h"
#include "safetensors_bytes.h"
#include "temporary_folder.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;
// A text as large as it says, with nothing in it.
HostileFile sparse(const std::string& name, std::uintmax_t size, const std::string& words) {
  return {name,
          [size](const fs::path& file) {
            std::ofstream(file) << "{";
            fs::resize_file(file, size);
          },
          words};
}

std::string rows(int count) {
  std::string rows = "{}";
  for (int i = 1; i < count; ++i) rows += ",{}";
  return rows;
}

class HostileModel : public testing::Test {
 protected:
  HostileModel() {
    write_model(path, UNet2DModel(small_config()), SchedulerInfo{}, StepwiseInfo{});
    read_model(path);  // What torch sets up once is not counted.
  }

  void expect_refused(const Files& files, const std::string& file) {
    expect_refusals(files, path / file, [&] { scheduler_config_of(read_model(path).scheduler); });
    read_model(path);  // And nothing is left of them.
  }

  // The config with some keys merged in.
  HostileFile config_with(const std::string& keys, const std::string& words) {
    auto config = nlohmann::json::parse(json_of(small_config()));
    config.merge_patch(nlohmann::json::parse(keys));
    return hostile(keys, config.dump(), words);
  }

  const TemporaryFolder folder;
  const fs::path path = folder / "model";
};

TEST_F(HostileModel, Index) {
  expect_refused(
      no_files() + broken_json() +
          Files{
              sparse("a terabyte", std::uintmax_t{1} << 40, "expected of such a file"),
              hostile("a number for a network", R"({"unet": 1})", "unet is 1"),
              hostile("a deep list for a network", R"({"unet": [[[[[[[["UNet2DModel"]]]]]]]]})",
                      "unet is"),
              hostile("numbers for a class", R"({"unet": [1, 2]})", "unet is"),
              hostile("a network of another class", R"({"unet": ["os", "system"]})", "'system'"),
              hostile("a class with control characters",
                      "{\"unet\": [\"a\", \"\\u001b[2J\\u0007\"]}", "'?[2J?'"),
              hostile("a megabyte for a name",
                      "{\"unet\": [\"a\", \"" + std::string(900'000, 'n') + "\"]}", "nnn..."),
              hostile("a megabyte for a component",
                      "{\"" + std::string(900'000, 'n') + "\": [\"a\", \"b\"]}", "nnn..."),
          },
      "model_index.json");
}

TEST_F(HostileModel, Config) {
  expect_refused(
      no_files() + broken_json() +
          Files{
              sparse("a terabyte", std::uintmax_t{1} << 40, "expected of such a file"),
              config_with(R"({"_class_name": "AutoencoderKL"})", "AutoencoderKL"),
              config_with(R"({"_class_name": 3})", "_class_name is 3"),
              config_with(R"({"block_out_channels": [-8]})", "block_out_channels"),
              config_with(R"({"block_out_channels": [9223372036854775807]})", "block_out_channels"),
              config_with(R"({"block_out_channels": [18446744073709551615]})",
                          "block_out_channels"),
              config_with(R"({"block_out_channels": []})", "block_out_channels"),
              config_with(R"({"block_out_channels": "wide"})", "block_out_channels"),
              config_with(R"({"block_out_channels": [2048]})", "do not belong together"),
              config_with(R"({"block_out_channels": [16384]})", "more than the 2000000000"),
              config_with(R"({"layers_per_block": -1})", "layers_per_block"),
              config_with(R"({"layers_per_block": 4e18})", "layers_per_block"),
              config_with(R"({"in_channels": 0})", "in_channels"),
              config_with(R"({"norm_num_groups": 0})", "norm_num_groups"),
              config_with(R"({"norm_num_groups": -4})", "norm_num_groups"),
              config_with(R"({"attention_head_dim": 0})", "attention_head_dim"),
              config_with(R"({"attn_norm_num_groups": 0})", "attn_norm_num_groups"),
              config_with(R"({"num_class_embeds": -1})", "num_class_embeds"),
              config_with(R"({"num_class_embeds": 1000000})", "do not belong together"),
              config_with(R"({"time_embedding_dim": 1e300})", "time_embedding_dim"),
              config_with(R"({"time_embedding_type": "learned"})", "num_train_timesteps"),
              config_with(R"({"sample_size": [1, 2, 3]})", "sample_size"),
              config_with(R"({"sample_size": -28})", "sample_size"),
              config_with(R"({"norm_eps": -1})", "norm_eps"),
              config_with(R"({"dropout": 2})", "dropout"),
              config_with(R"({"freq_shift": 4})", "freq_shift"),
              config_with(R"({"act_fn": "os.system"})", "act_fn"),
              config_with(R"({"down_block_types": ["CrossAttnDownBlock2D"]})",
                          "CrossAttnDownBlock2D"),
          },
      "unet/config.json");
}

TEST_F(HostileModel, OwnFile) {
  expect_refused(
      no_files() + broken_json() +
          Files{
              sparse("a terabyte", std::uintmax_t{1} << 40, "expected of such a file"),
              hostile("numbers for names", R"({"class_names": [1, 2]})", "class_names"),
              hostile("more classes than there are", R"({"class_names": ["a", "b"]})",
                      "names 2 classes"),
              hostile("a class below none", R"({"null_class": -9})", "null_class"),
              hostile("no noise", R"({"sigma_data": 0})", "sigma_data"),
              hostile("not a number", R"({"sigma_data": "NaN"})", "sigma_data"),
              hostile("a negative seed", R"({"seed": -1})", "seed"),
              hostile("a million steps", R"({"defaults": {"steps": 1000000}})", "teps"),
              hostile("a training that is text", R"({"training": "x"})", "training"),
              hostile("a share of text", R"({"survival": [{"share": "x"}]})", "share"),
              hostile("a number for a table", R"({"survival": 1})", "survival"),
              hostile("a table of numbers", R"({"survival": [1]})", "survival"),
              hostile("a stroke without a level", R"({"survival": [{}]})", "sigma"),
              hostile("a stroke at infinity", R"({"survival": [{"sigma": 1, "size": 1e39}]})",
                      "size"),
              hostile("more than all of a stroke",
                      R"({"survival": [{"sigma": 1, "size": 2, "share": 2}]})", "share"),
              hostile("strokes without end", R"({"survival": [)" + rows(1001) + "]}", "1001 rows"),
          },
      "stepwise.json");
}

TEST_F(HostileModel, Scheduler) {
  expect_refused(
      no_files() + broken_json() +
          Files{
              sparse("a terabyte", std::uintmax_t{1} << 40, "expected of such a file"),
              hostile("no class", R"({"beta_start": NaN})", "_class_name"),
              hostile("a list for a class", R"({"_class_name": ["a"]})", "_class_name"),
              hostile("a megabyte for a class",
                      R"({"_class_name": ")" + std::string(900'000, 'n') + "\"}", "nnn..."),
              hostile("negative steps",
                      R"({"_class_name": "DDPMScheduler", "num_train_timesteps": -1000})",
                      "num_train_timesteps"),
              hostile("no end of steps",
                      R"({"_class_name": "DDPMScheduler", "num_train_timesteps": 9e18})",
                      "num_train_timesteps"),
              hostile(
                  "infinite noise",
                  R"({"_class_name": "EDMEulerScheduler", "sigma_min": 80, "sigma_max": Infinity})",
                  "sigma_min"),
          },
      "scheduler/scheduler_config.json");
}

TEST_F(HostileModel, Weights) {
  const auto header = [](const std::string& name, const std::string& json,
                         const std::string& words) { return hostile(name, file_of(json), words); };
  std::string many = "{";
  for (int i = 0; i < 100'000; ++i)
    many += entry(std::to_string(i), "U8", "[]", text_of("[", i, ",", i + 1, "]")) + ",";
  expect_refused(
      no_files() +
          Files{
              hostile("nothing", "", "it is empty"),
              hostile("seven bytes", "1234567", "it holds 7 bytes"),
              hostile("a length without a header", file_of("", 0, 100), "should have 100 bytes"),
              hostile("a length of all ones", file_of("{}", 8, std::uint64_t(-1)), "should have"),
              hostile("a length near overflow", file_of("{}", 8, std::uint64_t(-8)), "should have"),
              sparse("a terabyte", std::uintmax_t{1} << 40, "JSON text"),
              hostile("a zip of pickles", "PK\x03\x04" + std::string(1000, 'x'), "zip archive"),
              header("a list", "[]", "header"),
              header("deep brackets", "{\"a\":" + std::string(1'000'000, '['), "header"),
              header("no UTF-8", object_of(entry("\xff", "U8", "[0]", "[0,0]")), "not valid JSON"),
              header("NaN", R"({"a":NaN})", "not valid JSON"),
              header("the same name twice",
                     object_of(entry("a", "U8", "[0]", "[0,0]") + "," +
                               entry("a", "U8", "[0]", "[0,0]")),
                     "'a' twice"),
              header("a gigantic shape",
                     object_of(entry("a", "F32", "[4294967296,4294967296]", "[0,0]")),
                     "more than any memory"),
              header("a gigantic shape of nothing",
                     object_of(entry("a", "F32", "[4611686018427387904,4,0]", "[0,0]")),
                     "more than any memory"),
              header("a gigantic shape without the bytes",
                     object_of(entry("a", "F32", "[1099511627776]", "[0,4398046511104]")),
                     "truncated"),
              header("a negative side", object_of(entry("a", "U8", "[-1]", "[0,0]")), "negative"),
              header("a thousand sides",
                     object_of(entry("a", "U8", "[1" + std::string(2000, ' ') + "]", "[0,1]")),
                     "truncated"),
              header("a fraction of a side", object_of(entry("a", "U8", "[0.5]", "[0,0]")),
                     "a fraction"),
              header("an unknown type", object_of(entry("a", "PICKLE", "[0]", "[0,0]")),
                     "'PICKLE'"),
              header("a name of a megabyte",
                     object_of(entry(std::string(1'000'000, 'n'), "F99", "[0]", "[0,0]")),
                     "nnn..."),
              header("a type of a megabyte",
                     object_of(entry("a", std::string(1'000'000, 'F'), "[0]", "[0,0]")), "FFF..."),
              hostile("overlapping tensors",
                      file_of(object_of(entry("a", "U8", "[2]", "[0,2]") + "," +
                                        entry("b", "U8", "[2]", "[1,3]")),
                              3),
                      "overlaps"),
              hostile("a gap", file_of(object_of(entry("a", "U8", "[1]", "[1,2]")), 2), "gap"),
              hostile("backwards", file_of(object_of(entry("a", "U8", "[1]", "[1,0]")), 1), "'a'"),
              hostile("truncated data", file_of(object_of(entry("a", "U8", "[9]", "[0,9]")), 8),
                      "truncated"),
              hostile("more data than tensors", file_of("{}", 8), "end at byte 0"),
              hostile("a hundred thousand tensors",
                      file_of(many.substr(0, many.size() - 1) + "}", 100'000),
                      "do not belong together"),
              hostile("no weights", file_of("{}"), "do not belong together"),
              hostile("weights of whole numbers",
                      file_of(object_of(entry("a", "U8", "[1000000]", "[0,1000000]")), 1'000'000),
                      "do not belong together"),
              hostile("weights of other names",
                      file_of(object_of(entry("a", "F32", "[250000]", "[0,1000000]")), 1'000'000),
                      "do not fit the network"),
          },
      "unet/diffusion_pytorch_model.safetensors");
}

TEST_F(HostileModel, WeightsIndex) {
  fs::remove(path / "unet/diffusion_pytorch_model.safetensors");
  write_file(path / "unet/a.safetensors", file_of(object_of(entry("a", "F32", "[2]", "[0,8]")), 8));
  const auto index = path / "unet/diffusion_pytorch_model.safetensors.index.json";
  const auto map = [](const std::string& file, const std::string& words) {
    return hostile("the file " + file, R"({"weight_map": {"a": ")" + file + "\"}}", words);
  };
  expect_refusals(
      no_files() + broken_json() +
          Files{
              sparse("a terabyte", std::uintmax_t{1} << 40, "expected of such a file"),
              hostile("no map", "{}", "no weight_map"),
              hostile("a list", R"({"weight_map": ["a"]})", "weight_map is"),
              hostile("a number", R"({"weight_map": {"a": 1}})", "weight_map is"),
              hostile("an object", R"({"weight_map": {"a": {"b": "c"}}})", "weight_map is"),
              hostile("an empty map", R"({"weight_map": {}})", "do not belong together"),
              map("../a.safetensors", "in its own folder"),
              map("/etc/passwd", "in its own folder"),
              map("/dev/zero.safetensors", "in its own folder"),
              map("..", "in its own folder"),
              map("sub/../a.safetensors", "in its own folder"),
              map("a.safetensors\\u0000.bin", "in its own folder"),
              map("a.bin", "in its own folder"),
              map(std::string(100'000, 'a') + ".safetensors", "in its own folder"),
              hostile("a tensor that is not there", R"({"weight_map": {"b": "a.safetensors"}})",
                      "'b' should lie in"),
          },
      index, [&] {
        WeightFiles(index).tensors();
        read_model(path);
      });
}

}  // namespace
}  // namespace stepwise
