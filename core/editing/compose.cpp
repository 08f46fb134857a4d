#include "editing/branch.h"

namespace stepwise {

Denoise compose(const Branch& branch) {
  return branch.model->denoiser(branch.own_conditions(), branch.settings);
}

}  // namespace stepwise
