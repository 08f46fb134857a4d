#include "session/restoring.h"

#include <memory>
#include <set>
#include <utility>

#include "error.h"
#include "formats/weights_sha256.h"

namespace stepwise {
namespace {

class Restoring {
 public:
  Restoring(Forest& forest, std::vector<PastBranch> branches,
            std::function<Piece(const PastBranch&)> begin)
      : forest_(forest), branches_(std::move(branches)), begin_(std::move(begin)) {}

  // One frame. Caught here and not by the thread: a branch whose model is gone must not take the
  // others along.
  bool step(const Emit& emit) {
    if (next_ == branches_.size()) return false;
    try {
      if (!run_) begin_next(emit);
      if (run_(emit)) return true;
    } catch (const Error& e) {
      give_up(emit, e.what());
    }
    run_ = nullptr;
    return ++next_ < branches_.size();
  }

 private:
  void begin_next(const Emit& emit) {
    const PastBranch& past = branches_[next_];
    emit(Progress{double(next_) / double(branches_.size()),
                  text_of("bringing back branch ", next_ + 1, " of ", branches_.size())});
    run_ = begin_(past);
  }

  // What was forked from one that is lost needs no words of its own.
  void give_up(const Emit& emit, const std::string& why) {
    const PastBranch& past = branches_[next_];
    const auto* fork = std::get_if<Resample>(&past.begun);
    const bool told = fork && lost_.contains(fork->fork.edit.branch);
    if (!forest_.has(past.id)) lost_.insert(past.id);
    if (!told) emit(Warning{text_of("Branch ", past.id, " does not come back: ", why)});
  }

  Forest& forest_;
  const std::vector<PastBranch> branches_;
  const std::function<Piece(const PastBranch&)> begin_;
  std::size_t next_ = 0;
  Piece run_;  // That of the next one, once it has begun.
  std::set<BranchId> lost_;
};

}  // namespace

Piece restoring(Forest& forest, std::vector<PastBranch> branches,
                std::function<Piece(const PastBranch&)> begin) {
  const auto work = std::make_shared<Restoring>(forest, std::move(branches), std::move(begin));
  return [work](const Emit& emit) { return work->step(emit); };
}

Piece identifying(ModelId model, const std::filesystem::path& folder) {
  const auto weights = std::make_shared<WeightsSha256>(folder);
  return [model, weights](const Emit& emit) {
    constexpr std::uint64_t kPiece = 16 << 20;
    if (weights->step(kPiece)) return true;
    emit(ModelIdentified{model, weights->digest()});
    return false;
  };
}

}  // namespace stepwise
