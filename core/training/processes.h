// The processes that train one model together, on torch's own distributed engine: c10d over Gloo,
// and over NCCL for what is on CUDA devices, where that can be had. What one calls all must call,
// in the same order. Worker thread only.
#pragma once

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "settings/process_place.h"

namespace stepwise {

class Processes {
 public:
  // Returns once all are there; the first one listens. Throws Error where they do not come within a
  // minute, or where this program is built without Gloo.
  explicit Processes(const ProcessPlace& place);
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  int rank() const { return place_.rank; }
  int size() const { return place_.size; }
  bool first() const { return place_.rank == 0; }

  // Each of these throws Error, naming who is missing, where another one is gone or says nothing
  // for kPatience seconds; after that they throw it at once.
  static constexpr int kPatience = 20;
  // The sum over all, in place: the same bits for all.
  void sum(const torch::Tensor& values);
  // What the first one has, in place.
  void send(const torch::Tensor& values);
  // What the first one says; the others' text is ignored.
  std::string say(const std::string& text = {});
  // The last call. The first one keeps the others' lines until all of them have heard everything.
  void leave();

  bool broken() const { return !broken_.empty(); }

 private:
  struct Wires;  // What c10d needs.
  void sum_between_cards(const torch::Tensor& values);
  void together(const std::function<void()>& work);
  std::string who_is_missing();

  ProcessPlace place_;
  std::unique_ptr<Wires> wires_;
  std::int64_t said_ = 0;
  std::string broken_;  // Why nothing goes any more; empty: it does.
};

}  // namespace stepwise
