#include "training/together.h"

#include <torch/utils.h>

#include "settings/json.h"

namespace stepwise {

using torch::Tensor;

Word word_of_first(Processes& processes, const Word& own) {
  const Tensor word = torch::tensor({own.factor, double(own.farewell)}, torch::kDouble);
  processes.send(word);
  return {word[0].item<double>(), word[1].item<double>() != 0};
}

RunHead run_of_first(Processes& processes, const RunHead& own) {
  const std::string said = processes.say(text_of_json(value_of(own)));
  RunHead head = read_object<RunHead>(said, "the run of the first process");
  check(head.recipe);
  return head;
}

// In one go: what travels takes long by its count rather than by its size. Each gradient stays
// where it is, in its own order of memory, in which it is added up again: so the rounding is that
// of one process.
void add_up(Processes& processes, Gradients& gradients) {
  std::vector<Tensor> parts = gradients.of_parameters, flat;
  parts.push_back(gradients.loss);
  for (const Tensor& part : parts) flat.push_back(part.reshape(-1));
  const Tensor all = torch::cat(flat);
  processes.sum(all);
  std::int64_t from = 0;
  for (const Tensor& part : parts) {
    part.copy_(all.narrow(0, from, part.numel()).view_as(part));
    from += part.numel();
  }
}

}  // namespace stepwise
