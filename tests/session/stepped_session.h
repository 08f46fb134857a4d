// A session without its thread, stepped by hand, whose models are whatever the test says.
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "session/session.h"

namespace stepwise {

// A model that a test makes up, as if it had been opened from a folder.
inline OpenedModel opened_from(const std::filesystem::path& folder, Model model) {
  OpenedModel opened;
  opened.folder.path = folder;
  opened.model = std::make_shared<const Model>(std::move(model));
  return opened;
}

class SteppedSession : public testing::Test {
 protected:
  explicit SteppedSession(Session::Open open) : session_({"cpu", 1, {}}, std::move(open)) {}
  // Models that are there at once.
  explicit SteppedSession(OpenedModel (*made)(const std::filesystem::path& folder))
      : SteppedSession([made](const std::filesystem::path& folder, torch::Device) -> Opening {
          return [=](const Emit&) { return made(folder); };
        }) {}

  JobId ask(Request request) {
    const JobId id = request.id;
    session_.handle(std::move(request), send_);
    return id;
  }
  bool step() {
    try {
      return session_.step(send_);
    } catch (const std::exception& e) {
      send_(session_.describe(e));
      return true;
    }
  }
  void run() {
    while (step()) {
    }
  }

  template <class T>
  std::vector<T> told(JobId job) const {
    std::vector<T> events;
    for (const Report& report : reports_)
      if (const auto* event = std::get_if<T>(&report.event); event && report.job == job)
        events.push_back(*event);
    return events;
  }

  std::vector<Report> reports_;
  const Send send_ = [this](Report report) { reports_.push_back(std::move(report)); };
  Session session_;
};

}  // namespace stepwise
