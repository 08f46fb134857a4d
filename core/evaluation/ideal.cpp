#include "evaluation/ideal.h"

#include <algorithm>
#include <numeric>

namespace stepwise {
namespace {

constexpr std::int64_t kPiece = 4096;  // Pictures at once: a double copy of all would be large.

// The products of pictures [M, D] with each x of [N, D]: [N, M], in double.
Tensor products(const Tensor& pictures, const Tensor& x) {
  // One x alone goes faster as a vector.
  const Tensor columns = torch::matmul(pictures, x.t().squeeze(1)).view({pictures.size(0), -1});
  return columns.t().to(torch::kDouble).contiguous();
}

}  // namespace

IdealDenoiser::IdealDenoiser(const Tensor& pictures, const std::vector<int>& labels,
                             std::vector<int> numbers) {
  require(pictures.dim() >= 2 && pictures.size(0) > 0,
          "The ideal denoiser has no pictures to average. Open a data set with training pictures.");
  pictures_ = pictures.flatten(1).to(torch::kFloat).contiguous();
  std::vector<int> order(std::size_t(count()), 0);  // Which picture is in each row.
  std::iota(order.begin(), order.end(), 0);
  if (!labels.empty()) {
    const auto class_of = [&](int i) { return labels.at(std::size_t(i)); };
    std::ranges::stable_sort(order, {}, class_of);
    pictures_ = pictures_.index_select(0, torch::tensor(order));
    for (std::int64_t row = 0; row < count(); ++row)
      of_class_.try_emplace(class_of(order[std::size_t(row)]), Rows{row, row}).first->second.last =
          row + 1;
  }
  numbers_ = order;
  if (!numbers.empty())
    std::ranges::transform(order, numbers_.begin(),
                           [&](int i) { return numbers.at(std::size_t(i)); });
  half_squares_ = torch::empty({count()}, pictures_.options().dtype(torch::kDouble));
  for (std::int64_t i = 0; i < count(); i += kPiece)
    half_squares_.slice(0, i, i + kPiece)
        .copy_(pictures_.slice(0, i, i + kPiece).to(torch::kDouble).square().sum(1) / 2);
}

Condition IdealDenoiser::known(const Condition& told) const {
  return told.label && of_class_.contains(*told.label) ? told : Condition{};
}

IdealDenoiser::Rows IdealDenoiser::rows_of(const Condition& told) const {
  const Condition label = known(told);
  return label.label ? of_class_.at(*label.label) : Rows{0, count()};
}

IdealDenoiser::Answer IdealDenoiser::operator()(const Tensor& x, double sigma,
                                                const Condition& told) const {
  const Rows rows = rows_of(told);
  const Posterior p = posterior(x.unsqueeze(0), sigma, rows);
  const std::int64_t row = rows.first + p.nearest.item<std::int64_t>();
  return {p.mean.to(x.options()).view(x.sizes()), numbers_[std::size_t(row)],
          p.weight.item<double>()};
}

Tensor IdealDenoiser::guesses(const Tensor& x, double sigma,
                              const std::vector<Condition>& told) const {
  require(x.dim() >= 2 && x.size(0) == std::int64_t(told.size()), "There are ", told.size(),
          " conditions for pictures of ", x.sizes(), ".");
  Tensor all = torch::empty_like(x);
  for (auto first = told.begin(); first != told.end();) {
    const auto last = std::find_if(first, told.end(), [&](const auto& c) { return c != *first; });
    const Tensor some = x.slice(0, first - told.begin(), last - told.begin());
    all.slice(0, first - told.begin(), last - told.begin())
        .copy_(posterior(some, sigma, rows_of(*first)).mean.view(some.sizes()));
    first = last;
  }
  return all;
}

IdealDenoiser::Posterior IdealDenoiser::posterior(const Tensor& x, double sigma,
                                                  const Rows& rows) const {
  const Tensor flat = x.detach().flatten(1).to(pictures_.options());
  require(flat.size(1) == pictures_.size(1), "The picture has ", flat.size(1),
          " values, but those of the data set have ", pictures_.size(1),
          ". Choose a picture of the same size.");
  const Tensor pictures = pictures_.slice(0, rows.first, rows.last);
  const Tensor half_squares = half_squares_.slice(0, rows.first, rows.last);

  // -|x - picture|^2 / 2 up to a constant. The differences between the likeliest decide when sigma
  // is small, and single precision is too coarse for these: do them again in double.
  Tensor scores = products(pictures, flat) - half_squares;
  const std::int64_t most = std::min<std::int64_t>(256, pictures.size(0));
  const Tensor top = std::get<1>(scores.topk(most, 1));  // [N, most]
  const Tensor likely = pictures.index_select(0, top.flatten())
                            .to(torch::kDouble)
                            .view({flat.size(0), most, pictures.size(1)});
  const Tensor exact = likely.matmul(flat.to(torch::kDouble).unsqueeze(2)).squeeze(2);
  scores.scatter_(1, top, exact - half_squares.index_select(0, top.flatten()).view(top.sizes()));

  const Tensor weights = torch::softmax(scores / std::max(sigma * sigma, 1e-24), 1);
  const Tensor top_weights = weights.gather(1, top);
  const bool top_is_all = top_weights.sum(1).min().item<double>() > 1 - 1e-9;
  const Tensor mean =
      top_is_all ? top_weights.unsqueeze(1).matmul(likely).squeeze(1)
                 : torch::matmul(weights.to(torch::kFloat).squeeze(0), pictures).view(flat.sizes());
  const auto [weight, nearest] = weights.max(1);
  return {mean, nearest, weight};
}

}  // namespace stepwise
