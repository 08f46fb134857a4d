// Models that need no training, made of a data set: see settings/teacher.h. Worker thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "data/dataset.h"
#include "evaluation/ideal.h"
#include "session/opened_model.h"
#include "settings/teacher.h"

namespace stepwise {

// Makes one piece by piece; empty until it is there. `ideal`: of this data set.
Opening making_teacher(Teacher kind, std::shared_ptr<const Dataset> data,
                       std::shared_ptr<const IdealDenoiser> ideal);

}  // namespace stepwise
