// What norm_silu_kernel.h computes, for whole batches on a CUDA card. x, y and their gradients are
// [N, C, H, W] with channels innermost, in single precision or bfloat16; gamma and beta [N or 1, C]
// in either; moments, dgamma and dbeta are kept in single precision, as is all that is computed.
// Work is put on torch's current stream and not waited for, so that a CUDA graph can record it; the
// results are the same every time. Any thread.
#pragma once

#include <ATen/core/TensorBase.h>  // All that nvcc need parse of torch.

#include <cstdint>

namespace stepwise {

// Whether this program has what is declared here.
#ifdef STEPWISE_HAS_CUDA
constexpr bool kHasNormSiluCuda = true;
#else
constexpr bool kHasNormSiluCuda = false;
#endif

constexpr std::int64_t kWidestCudaGroup = 512;  // Channels.

// Writes y and moments [N groups, 2].
void norm_silu_cuda(const at::TensorBase& x, const at::TensorBase& gamma,
                    const at::TensorBase& beta, double eps, const at::TensorBase& y,
                    const at::TensorBase& moments);

// From dy, writes dx and, for each picture, dgamma and dbeta [N, C].
void norm_silu_backward_cuda(const at::TensorBase& x, const at::TensorBase& gamma,
                             const at::TensorBase& beta, const at::TensorBase& moments,
                             const at::TensorBase& dy, const at::TensorBase& dx,
                             const at::TensorBase& dgamma, const at::TensorBase& dbeta);

}  // namespace stepwise
