// Keeps the session on disk while it is worked on, so that whatever ends this process, the next
// launch finds it as it was half a minute ago at the most; closed in order, as it was left. A
// process takes the first place that no other one has, so that two windows do not write over each
// other. Main thread only; the disk is another one's.
#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "panels/ui.h"
#include "view/saved.h"

namespace stepwise::app {

inline constexpr double kAutosavePeriod = 30;  // Seconds.
inline constexpr double kFirstAutosave = 3;    // After the launch, which has enough to do.

class Autosave {
 public:
  // In the folder where the settings are; empty: nothing is kept.
  explicit Autosave(const std::filesystem::path& folder);
  ~Autosave();

  // What was kept last; nothing where there is none. A file that cannot be read is put aside, and
  // `trouble` says why and where it is.
  std::optional<Saved> last(std::string& trouble);

  // Something may be another than it was. In seconds of any clock.
  void note_change(double now);
  // When it is to be kept next; infinity: nothing has changed since.
  double due() const;
  // Keeps what there is if that is due: the disk has it a moment later.
  void keep_if_due(const View& view, Ui& ui, double now, Commands& out);
  // Keeps what there is now, and returns when the disk has it.
  void keep_at_last(const View& view, const Ui& ui);

 private:
  struct Files;  // What the thread of the disk works with.

  void keep(const View& view, const Ui& ui);
  bool busy() const;

  std::shared_ptr<Files> files_;  // None: nothing is kept.
  int lock_ = -1;
  std::optional<double> changed_;  // Since when it is not as it was kept,
  std::optional<double> kept_;     //   and when that was.
  std::future<void> writing_;
};

// As the window was left. What is wrong with that goes to the log.
void bring_back_last(Autosave& autosave, View& view, Ui& ui, Commands& out);

}  // namespace stepwise::app
