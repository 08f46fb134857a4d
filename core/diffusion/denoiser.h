// The one seam of the program: a denoiser D(x, sigma), and how a network becomes one. Worker
// thread. x and the guess are [N, C, H, W] with clean pictures in [-1, 1]; sigma is the standard
// deviation of the noise in x, in the same units.
#pragma once

#include <torch/torch.h>

#include <functional>
#include <vector>

#include "diffusion/settings.h"

namespace stepwise {

using torch::Tensor;

// The best guess of the clean pictures, given x = clean + sigma * noise. Samplers see only this.
using Denoise = std::function<Tensor(const Tensor& x, double sigma)>;

// A raw network F: input [N, C, H, W], timestep [N], labels [N] int64 (undefined: not conditional).
using Network =
    std::function<Tensor(const Tensor& input, const Tensor& timestep, const Tensor& labels)>;

// D(x; sigma) = skip x + out F(in x; noise). These make F see inputs, and learn targets, of unit
// variance at every noise level (Karras et al. 2022, Table 1).
struct Precond {
  Tensor skip, out, in, noise;
};
Precond precond(const Tensor& sigma, double sigma_data);

// What F is trained on: F(input, timestep, labels) should be target. The plain mean square error of
// F is the paper's weighted error of D, with weight lambda(sigma) out^2 = 1.
struct Regression {
  Tensor input;     // [N, C, H, W]
  Tensor timestep;  // [N]
  Tensor target;    // [N, C, H, W]
};
Regression edm_regression(const Tensor& clean, const Tensor& noise, const Tensor& sigma,
                          double sigma_data);  // sigma: [N]

// The denoiser of an EDM network: skip x + out F(in x, ln(sigma) / 4, labels). Records no
// gradients.
Denoise edm_denoiser(Network network, double sigma_data, Tensor labels = {});

// Keeps the guess in [-1, 1], where all pictures are. Apply it last.
Denoise clamped(Denoise denoise);

// Where guidance acts, and how strongly (Kynkaanniemi et al. 2024).
struct Guidance {
  double w = 1;
  double sigma_min = 0, sigma_max = 1000;

  // w within the interval, 1 outside it.
  double at(double sigma) const { return sigma >= sigma_min && sigma <= sigma_max ? w : 1; }
};

// D_uncond + w (D_cond - D_uncond) (Ho and Salimans 2022). Evaluates both only where it must.
Denoise guided(Denoise cond, Denoise uncond, Guidance guidance);

// The same for one EDM network with labels and a null class; where both are needed they run as one
// batch of twice the size.
Denoise guided_edm(Network network, double sigma_data, Tensor labels, std::int64_t null_class,
                   Guidance guidance);

// The class of each picture of a batch: settings.label, or i % classes for kAllClasses, or kNoClass
// if the model knows no classes (`classes` = 0). Throws Error for a class the model does not know.
std::vector<int> labels_of(const SampleSettings& settings, int classes, int count);

// The denoiser that people mean when they ask for pictures of these classes from an EDM network
// with `classes` classes (its null class is the number `classes`; 0: not conditional): guided,
// clamped. `labels` has one entry per picture that will be denoised; kNoClass means the null class.
Denoise model_denoiser(Network network, double sigma_data, int classes,
                       const std::vector<int>& labels, const SampleSettings& settings,
                       torch::Device device = torch::kCPU);

}  // namespace stepwise
