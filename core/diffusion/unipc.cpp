// UniPC (Zhao et al. 2023): a predictor, and a corrector that needs no evaluation of its own, since
// the guess at the predicted x serves both. Here the correction of a step happens at the start of
// the next, where that guess is. In lambda = -ln sigma with alpha = 1.
#include <algorithm>
#include <array>
#include <cmath>

#include "diffusion/move.h"

namespace stepwise {
namespace {

// D or the implied noise at one level.
struct Known {
  double sigma;
  Tensor value;
};

constexpr int kMaxOrder = 3;
using Vector = std::array<double, kMaxOrder>;

// Solves sum_k r_k^j w_k = b_j, j = 0 ... n - 1, by elimination.
Vector vandermonde_solution(const Vector& r, Vector b, int n) {
  std::array<Vector, kMaxOrder> rows{};
  for (int j = 0; j < n; ++j)
    for (int k = 0; k < n; ++k) rows[j][k] = std::pow(r[k], j);
  for (int i = 0; i < n; ++i)
    for (int j = i + 1; j < n; ++j) {
      const double factor = rows[j][i] / rows[i][i];
      for (int k = i; k < n; ++k) rows[j][k] -= factor * rows[i][k];
      b[j] -= factor * b[i];
    }
  Vector w{};
  for (int i = n - 1; i >= 0; --i) {
    w[i] = b[i];
    for (int k = i + 1; k < n; ++k) w[i] -= rows[i][k] * w[k];
    w[i] /= rows[i][i];
  }
  return w;
}

// One step of the method from `from` to level `to`, with what is known at other levels: those
// before and, for a corrector, `to` itself.
class UniformStep {
 public:
  UniformStep(const SamplerOptions& options, const Known& from, double to)
      : noise_(options.extrapolate_noise), from_(from), to_(to) {
    h_ = std::log(from.sigma / to);
    g_ = noise_ ? h_ : -h_;
    phi_ =
        noise_ ? from.sigma / to - 1 : to / from.sigma - 1;  // e^g - 1, also where g is infinite.
    b_ = options.bh1 ? g_ : phi_;
  }

  Tensor taken(const Tensor& x, const std::vector<Known>& others) const {
    const Tensor straight =
        noise_ ? x - to_ * phi_ * from_.value : (to_ / from_.sigma) * x - phi_ * from_.value;
    if (others.empty()) return straight;
    const Vector w = weights(others);
    Tensor sum = torch::zeros_like(x);
    for (std::size_t k = 0; k < others.size(); ++k)
      sum = sum + (w[k] / place(others[k])) * (others[k].value - from_.value);
    return straight - (noise_ ? to_ : 1) * b_ * sum;
  }

 private:
  // Where a level lies on the way: 0 is `from`, 1 is `to`.
  double place(const Known& known) const { return std::log(from_.sigma / known.sigma) / h_; }

  Vector weights(const std::vector<Known>& others) const {
    const int n = int(others.size());
    if (n == 1) return {0.5};  // The paper's choice at the lowest order, near the exact one.
    Vector r{}, b{};
    double psi = phi_ / g_ - 1, factorial = 1;
    for (int j = 0; j < n; ++j) {
      factorial *= j + 1;
      r[j] = place(others[j]);
      b[j] = factorial * psi / b_;
      psi = psi / g_ - 1 / (factorial * (j + 2));
    }
    return vandermonde_solution(r, b, n);
  }

  bool noise_;
  const Known& from_;
  double to_, h_, g_, phi_, b_;
};

Known known(const Move& m, std::size_t i) { return {m.history.past[i].sigma, m.value(i)}; }

bool is_corrected(const Move& m) {
  const std::vector<int>& skipped = m.options().no_corrector_after;
  return m.history.corrected.defined() &&
         std::find(skipped.begin(), skipped.end(), m.step - 1) == skipped.end();
}

// x as the last step should have left it, now that the guess at its end is known.
Tensor corrected(const Move& m, const Known& here) {
  const History& history = m.history;
  const Known from = known(m, 0);
  std::vector<Known> others;
  for (int k = 1; k < history.order; ++k) others.push_back(known(m, k));
  others.push_back(here);
  return UniformStep(m.options(), from, m.sigma).taken(history.corrected, others);
}

}  // namespace

Tensor unipc(const Move& m, int order) {
  const SamplerOptions& o = m.options();
  const Known here{m.sigma, m.value()};
  const Tensor x = is_corrected(m) ? corrected(m, here) : m.x;

  order = std::min({order, o.order_limit, int(m.history.past.size()) + 1});
  if (o.lower_order_final) order = std::min(order, m.levels.steps() - m.step);
  if (m.next == 0) order = 1;
  std::vector<Known> others;
  for (int k = 0; k + 1 < order; ++k) others.push_back(known(m, k));

  m.history.remember({m.sigma, m.x, m.clean});
  m.history.corrected = x;
  m.history.order = order;
  if (m.next == m.sigma) return x;
  if (m.next == 0) return m.clean;
  return UniformStep(o, here, m.next).taken(x, others);
}

}  // namespace stepwise
