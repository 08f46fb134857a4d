#include "training/trainer_state.h"

#include <torch/utils.h>

#include "model/placed.h"
#include "training/network.h"
#include "training/step.h"

namespace stepwise {

namespace {

NamedTensors named_parameters_of(UNet2DModel& net) {
  NamedTensors parameters;
  for (const auto& item : net->named_parameters())
    parameters.emplace_back(item.key(), item.value());
  return parameters;
}

const Recipe& checked(const Recipe& recipe) {
  check(recipe);
  return recipe;
}

}  // namespace

torch::Dtype computed_in(const Recipe& recipe, torch::Device device) {
  return recipe.bfloat16 && !device.is_cpu() ? torch::kBFloat16 : torch::kFloat;
}

TrainerState::TrainerState(const Recipe& wanted, const Dataset& data, torch::Device where)
    : TrainerState(wanted, data, where, computed_in(wanted, where)) {}

TrainerState::TrainerState(const Recipe& wanted, const Dataset& data, torch::Device where,
                           torch::Dtype type)
    : recipe(checked(wanted)),
      device(where),
      info(info_of(recipe, data)),
      regressor(regressor_of(recipe, device)),
      net(placed(new_network(recipe, data), device)),
      averaged(placed(new_network(recipe, data), device)),
      parameters(net->parameters()),
      layout(named_parameters_of(net), recipe.optimiser),
      weights(layout.joined(parameters)),
      averages(layout.joined(averaged->parameters())),
      longer(averages.clone()),
      optimiser(recipe, layout, device),
      batches(recipe, data, regressor),
      held_out(data, regressor),
      expected(device),
      told(layout.size(), recipe.batch, device),
      gradients(device, [this] { compute_gradients(*this); }),
      update(device, [this] { stepwise::update(*this); }),
      both(device,
           [this] {
             compute_gradients(*this);
             stepwise::update(*this);
           }),
      ahead(device) {
  info.data_set = record_of(data);
  if (!device.is_cpu()) recent.emplace(step, averages, Ahead::kPieces + 1);
  if (type != torch::kFloat) low = weights.to(type);
  set_parameters(net, layout.views(low.defined() ? low : weights));
  set_parameters(averaged, layout.views(averages));
  net->train();
  averaged->eval();
  for (auto& parameter : averaged->parameters()) parameter.set_requires_grad(false);
}

Share TrainerState::share() const {
  return processes ? Share{processes->rank(), processes->size()} : Share{};
}

void TrainerState::written() {
  if (low.defined()) low.copy_(weights);
  if (recent) recent->note(step, averages);
  tell_written(net);
  tell_written(averaged);
}

void TrainerState::begin_step_anew() {
  under_way = nullptr;
  for (Replay* replay : {&both, &gradients, &update}) replay->forget();
}

}  // namespace stepwise
