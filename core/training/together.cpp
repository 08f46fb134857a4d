#include "training/together.h"

#include "settings/json.h"

namespace stepwise {

RunHead run_of_first(Processes& processes, const RunHead& own) {
  const std::string said = processes.say(text_of_json(value_of(own)));
  RunHead head = read_object<RunHead>(said, "the run of the first process");
  check(head.recipe);
  return head;
}

}  // namespace stepwise
