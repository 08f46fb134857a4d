// The review of captions, as a job. Worker thread.
#pragma once

#include <memory>
#include <string>

#include "data/dataset.h"
#include "diffusion/model.h"
#include "session/opening.h"

namespace stepwise {

// `name`: of the model; `open`: what opened the data set, if it is the open one. Throws Error for
// numbers out of range, and a model of other pictures.
Piece reviewing(const ReviewCaptions& asked, SharedModel model, const std::string& name,
                std::shared_ptr<const Dataset> data, JobId open);

}  // namespace stepwise
