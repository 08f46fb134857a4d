#include "window/autosave.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

#include "error.h"
#include "image/file.h"
#include "image/sha256.h"
#include "panels/ui_file.h"
#include "view/returning.h"
#include "window/settings_file.h"

namespace stepwise::app {
namespace {

namespace fs = std::filesystem;

constexpr int kMostWindows = 16;

fs::path name_in(const fs::path& folder, int place, const char* ending) {
  return folder / text_of("session", place == 1 ? "" : text_of("-", place), ending);
}

// Held until it is closed, also by the system where the process is killed; -1: another one has it.
int lock_of(const fs::path& file) {
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
  ::close(lock);
  return -1;
}

}  // namespace

struct Autosave::Files {
  fs::path session, settings;
  std::string kept;  // Fingerprint of what was written last.

  void write(const Saved& saved, const std::string& chosen) {
    try {
      write_file(settings, chosen);
      const std::string bytes = encode(saved);
      if (std::string print = sha256(bytes); print != kept) {
        write_file(session, bytes);
        kept = std::move(print);
      }
    } catch (const std::exception& e) {
      std::fprintf(stderr, "The session is not kept: %s\n", e.what());
    }
  }
};

Autosave::Autosave(const fs::path& folder) {
  if (folder.empty()) return;
  std::error_code failed;  // Then there is no lock either.
  fs::create_directories(folder, failed);
  for (int place = 1; lock_ < 0 && place <= kMostWindows; ++place) {
    lock_ = lock_of(name_in(folder, place, ".lock"));
    if (lock_ >= 0)
      files_ = std::make_shared<Files>(
          Files{name_in(folder, place, kSessionExtension), settings_path(), {}});
  }
}

Autosave::~Autosave() {
  if (writing_.valid()) writing_.wait();
  if (lock_ >= 0) ::close(lock_);
}

std::optional<Saved> Autosave::last(std::string& trouble) {
  std::error_code error;
  if (!files_ || !fs::exists(files_->session, error)) return std::nullopt;
  try {
    return read_saved(files_->session);
  } catch (const Error& e) {
    const fs::path aside = files_->session.string() + ".unreadable";
    fs::rename(files_->session, aside, error);
    trouble = text_of("The session of before could not be read. ", e.what(), " It is kept as '",
                      aside.string(), "'.");
    return std::nullopt;
  }
}

void Autosave::note_change(double now) {
  if (!files_) return;
  if (!kept_) kept_ = now + kFirstAutosave - kAutosavePeriod;
  if (!changed_) changed_ = now;
}

double Autosave::due() const {
  if (!changed_) return std::numeric_limits<double>::infinity();
  return std::max(*changed_, *kept_ + kAutosavePeriod);
}

bool Autosave::busy() const {
  return writing_.valid() &&
         writing_.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
}

void Autosave::keep_if_due(const View& view, Ui& ui, double now, Commands& out) {
  if (now < due() || busy()) return;
  identify_models(view, ui, out);
  keep(view, ui);
  changed_.reset();
  kept_ = now;
}

void Autosave::keep_at_last(const View& view, const Ui& ui) {
  if (!files_) return;
  if (writing_.valid()) writing_.wait();
  files_->write(saved(view, ui), to_json(ui));
}

void Autosave::keep(const View& view, const Ui& ui) {
  writing_ =
      std::async(std::launch::async, [files = files_, session = saved(view, ui),
                                      chosen = to_json(ui)] { files->write(session, chosen); });
}

void bring_back_last(Autosave& autosave, View& view, Ui& ui, Commands& out) {
  std::string trouble;
  std::optional<Saved> before = autosave.last(trouble);
  if (!trouble.empty()) add_log_line(trouble, LogLevel::kWarning, view);
  if (before && !before->branches.empty()) bring_back(std::move(*before), view, ui, out, true);
}

}  // namespace stepwise::app
