#include "model/info.h"

#include <cmath>

#include "error.h"
#include "model/json.h"
#include "range.h"

namespace stepwise {
namespace {

using nlohmann::json;

constexpr Range<double> kSigmaData{1e-6, 1e6};

GridKind grid_of(const std::string& id) {
  std::string names;
  for (const auto& [kind, name] : kGrids) {
    if (name == id) return kind;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  throw Error(text_of("There is no grid '", id, "'. There are: ", names, "."));
}

std::string_view id_of(GridKind kind) {
  for (const auto& [known, name] : kGrids)
    if (known == kind) return name;
  return kGrids[0].second;
}

SampleSettings settings_of(const json& object, const std::string& name) {
  ObjectReader reader(object, name);
  SampleSettings s;
  std::string sampler(name_of(s.sampler).id), grid(id_of(s.grid));
  reader.read("sampler", sampler);
  reader.read("grid", grid);
  reader.read("count", s.count);
  reader.read("guidance", s.guidance);
  reader.read("guidance_min", s.guidance_min);
  reader.read("guidance_max", s.guidance_max);
  reader.read("steps", s.steps);
  reader.read("sigma_min", s.sigma_min);
  reader.read("sigma_max", s.sigma_max);
  reader.read("rho", s.rho);
  reader.read("eta", s.eta);
  reader.read("seed", s.seed);
  s.sampler = sampler_of(sampler);
  s.grid = grid_of(grid);
  check(s);
  return s;
}

json object_of(const SampleSettings& s) {
  return {{"sampler", name_of(s.sampler).id},
          {"grid", id_of(s.grid)},
          {"count", s.count},
          {"guidance", s.guidance},
          {"guidance_min", s.guidance_min},
          {"guidance_max", s.guidance_max},
          {"steps", s.steps},
          {"sigma_min", s.sigma_min},
          {"sigma_max", s.sigma_max},
          {"rho", s.rho},
          {"eta", s.eta},
          {"seed", s.seed}};
}

// Runs `work`; an Error that it throws gets the file's name in front.
template <class Work>
auto naming(const std::string& name, Work work) {
  try {
    return work();
  } catch (const Error& e) {
    throw Error(text_of("Cannot use '", name, "': ", e.what()));
  }
}

}  // namespace

StepwiseInfo stepwise_info_of(std::string_view text, const std::string& name) {
  const json object = parse_object(text, name);
  ObjectReader reader(object, name);
  StepwiseInfo info;
  reader.read("name", info.name);
  reader.read("data", info.data);
  reader.read("class_names", info.class_names);
  reader.read("null_class", info.null_class);
  reader.read("sigma_data", info.sigma_data);
  reader.read("seed", info.seed);
  const json* defaults = reader.find("defaults");
  const json* training = reader.find("training");
  const json* data_set = reader.find("data_set");
  if (training) info.training = training->dump();
  naming(name, [&] {
    kSigmaData.check("sigma_data", info.sigma_data);
    require(info.null_class >= -1, "null_class is ", info.null_class,
            ", but should be -1 (none) or a class.");
    require(!training || training->is_object(), "training is not an object {...}.");
    if (data_set) info.data_set = data_record_from_json(data_set->dump());
    if (defaults) {
      require(defaults->is_object(), "defaults is not an object {...}.");
      info.defaults = settings_of(*defaults, name);
    }
  });
  return info;
}

std::string json_of(const StepwiseInfo& info) {
  json object = {{"name", info.name},
                 {"data", info.data},
                 {"class_names", info.class_names},
                 {"null_class", info.null_class},
                 {"sigma_data", info.sigma_data},
                 {"defaults", object_of(info.defaults)},
                 {"seed", info.seed},
                 {"training", parse_object(info.training, "training")}};
  if (info.data_set != DataRecord{})
    object["data_set"] = parse_object(to_json(info.data_set), "data_set");
  return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace stepwise
