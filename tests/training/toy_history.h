// What a short run records: a step each quarter of a second, measured after every third.
#pragma once

#include <vector>

#include "settings/points.h"

namespace stepwise {

inline const std::vector<double> kToyEdges{0.1, 1, 10};  // Of its two bins.

// `loss` tells it from others.
inline RunHistory toy_history(int steps, float loss = 0.5f) {
  RunHistory history;
  for (int i = 1; i <= steps; ++i) {
    history.curve.add({i, i * 0.25, loss, 2, 0.001f});
    if (i % 3 == 0) history.held_out.push_back({i, loss, 0.75f, {0.25f, 1.25f}});
  }
  return history;
}

// The same, its pictures measured after every sixth step.
inline RunHistory measured_toy_history(int steps) {
  RunHistory history = toy_history(steps);
  for (int i = 6; i <= steps; i += 6)
    history.measured.push_back({i, i * 0.25, 200, 1.5f, 0.5f, 1.25f, 1.75f, 0.75f, 0.125f, 0.25f});
  return history;
}

}  // namespace stepwise
