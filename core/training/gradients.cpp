#include "training/gradients.h"

#include <torch/autograd.h>
#include <torch/utils.h>

#include <algorithm>
#include <utility>

#include "model/convolution.h"
#include "model/shards.h"
#include "training/loss.h"

namespace stepwise {

namespace {

using torch::Tensor;

constexpr std::int64_t kSmallestShard = 4;  // Pictures; fewer are not worth a thread.

// The tensors that gradients flow through.
template <class F>
void for_each_tracked(Flow& flow, const F& visit) {
  const auto look = [&](Tensor& tensor) {
    if (tensor.defined() && tensor.requires_grad()) visit(tensor);
  };
  look(flow.features);
  look(flow.activated);
  look(flow.image);
  for (Tensor& skip : flow.skips) look(skip);
}

std::vector<Tensor> tracked(Flow& flow) {
  std::vector<Tensor> tensors;
  for_each_tracked(flow, [&](const Tensor& tensor) { tensors.push_back(tensor); });
  return tensors;
}

// The graph of what comes after ends here.
void cut(Flow& flow) {
  for_each_tracked(flow, [](Tensor& tensor) { tensor = tensor.detach().requires_grad_(); });
}

// What a stage was given, and what it made of it: the graph lies between them.
struct Passed {
  std::vector<Tensor> in, out;
};

}  // namespace

struct BatchGradients::Shard {
  Regression regression;
  Tensor labels;
  Flow flow;
  std::size_t stages_of_own = 0;  // That its own answer, a part of the target, has passed.
  std::vector<Passed> passed;     // The stages that lie ahead on the way back,
  bool turned = false;            //   once the last was passed.
  std::vector<Tensor> of_out;     // Gradients of what the last of them put out; none: of the loss.
  Tensor loss;                    // Share of the mean over the whole batch, as are the
  std::vector<Tensor> of_parameters;  //   gradients.
  Tensor edm_losses;                  // Of each picture.

  bool done() const { return turned && passed.empty(); }
  torch::Dtype type(UNet2DModel& net) const { return net->conv_in->weight.scalar_type(); }
  void complete_target(UNet2DModel& net);
  void forward(UNet2DModel& net, std::int64_t batch);
  void backward(const std::vector<Tensor>& parameters);
};

// A stage of it. With the last of them there is nothing of its own in the regression any more.
void BatchGradients::Shard::complete_target(UNet2DModel& net) {
  const torch::NoGradGuard no_gradients;
  const OwnAnswer& own = regression.own;
  if (stages_of_own == 0) flow = net->enter(own.input.to(type(net)), own.timestep, labels);
  net->pass(stages_of_own, flow);
  if (++stages_of_own < net->stages()) return;
  const Tensor answer = net->leave(flow, own.timestep).to(torch::kFloat);
  regression.target = regression.target + own.scale * answer;
  regression.own = {};
  flow = {};
}

void BatchGradients::Shard::forward(UNet2DModel& net, std::int64_t batch) {
  const std::size_t stage = passed.size();
  Passed pass;
  if (stage == 0) {
    flow = net->enter(regression.input.to(type(net)), regression.timestep, labels);
  } else {
    cut(flow);
    pass.in = tracked(flow);
  }
  net->pass(stage, flow);
  if (stage + 1 < net->stages()) {
    pass.out = tracked(flow);
  } else {
    const Tensor answer = net->leave(flow, regression.timestep).to(torch::kFloat);
    const Tensor errors = errors_of(regression, answer);
    pass.out = {(errors * regression.weight).sum() / double(batch)};
    loss = pass.out.front().detach();
    edm_losses = errors.detach() * regression.edm_weight;
    flow = {};
    turned = true;
  }
  passed.push_back(std::move(pass));
}

void BatchGradients::Shard::backward(const std::vector<Tensor>& parameters) {
  const Passed pass = std::exchange(passed.back(), {});
  passed.pop_back();
  std::vector<Tensor> sources = pass.in;
  sources.insert(sources.end(), parameters.begin(), parameters.end());
  const auto of_sources =
      torch::autograd::grad(pass.out, sources, of_out, {}, false, /*allow_unused=*/true);
  const auto own = of_sources.begin() + std::ptrdiff_t(pass.in.size());
  of_out.assign(of_sources.begin(), own);
  of_parameters.resize(parameters.size());
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (own[std::ptrdiff_t(i)].defined()) of_parameters[i] = own[std::ptrdiff_t(i)];
}

BatchGradients::BatchGradients(UNet2DModel net, std::vector<Tensor> parameters,
                               const Regression& regression, const Tensor& labels,
                               std::int64_t batch, bool bfloat16)
    : net_(std::move(net)),
      parameters_(std::move(parameters)),
      pictures_(regression.input.size(0)),
      batch_(batch),
      bfloat16_(bfloat16),
      shards_(regression.input.is_cpu() ? shards_of(pictures_, kSmallestShard) : 1) {
  for (const Tensor& parameter : parameters_)
    ends_.push_back(torch::autograd::impl::grad_accumulator(parameter));
  const OwnAnswer& own = regression.own;
  for (std::int64_t i = 0, count = std::int64_t(shards_.size()); i < count; ++i) {
    const std::int64_t first = i * pictures_ / count, end = (i + 1) * pictures_ / count;
    const auto part = [&](const Tensor& tensor) {
      return tensor.defined() ? tensor.slice(0, first, end) : tensor;
    };
    shards_[i].regression = {
        part(regression.input),      part(regression.timestep),
        part(regression.target),     part(regression.weight),
        part(regression.edm_weight), {part(own.input), part(own.timestep), part(own.scale)}};
    shards_[i].labels = part(labels);
  }
}

BatchGradients::~BatchGradients() = default;

bool BatchGradients::done() const { return std::ranges::all_of(shards_, &Shard::done); }

void BatchGradients::advance(const std::function<bool()>& asked) {
  const auto work = [&](std::int64_t i, std::int64_t, std::int64_t) {
    const torch::AutoGradMode with_gradients(true);
    const Bfloat16Convolutions faster(bfloat16_);
    Shard& shard = shards_[i];
    while (!shard.done()) {
      if (shard.turned)
        shard.backward(parameters_);
      else if (shard.regression.own.input.defined())
        shard.complete_target(net_);
      else
        shard.forward(net_, batch_);
      if (asked()) break;
    }
  };
  for_each_shard(pictures_, std::int64_t(shards_.size()), work);
}

Gradients BatchGradients::take() {
  Gradients sum{std::move(shards_[0].loss), std::move(shards_[0].of_parameters)};
  std::vector<Tensor> edm_losses{shards_[0].edm_losses};
  for (std::size_t i = 1; i < shards_.size(); ++i) {
    sum.loss += shards_[i].loss;
    torch::_foreach_add_(sum.of_parameters, shards_[i].of_parameters);
    edm_losses.push_back(shards_[i].edm_losses);
  }
  sum.edm_losses = torch::cat(edm_losses);
  return sum;
}

Gradients gradients_of(UNet2DModel& net, const std::vector<Tensor>& parameters,
                       const Regression& regression, const Tensor& labels, bool bfloat16) {
  BatchGradients gradients(net, parameters, regression, labels, regression.input.size(0), bfloat16);
  gradients.advance([] { return false; });
  return gradients.take();
}

}  // namespace stepwise
