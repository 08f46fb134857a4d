#include <algorithm>
#include <utility>

#include "error.h"
#include "settings/memory.h"
#include "view/notes.h"
#include "view/view.h"

namespace stepwise::app {
namespace {

Branch* find(View& view, BranchId id) { return const_cast<Branch*>(find_branch(view, id)); }

// Drops the guesses that its stride does not keep.
void thin(Branch& branch) {
  branch.bytes = 0;
  for (int step = branch.start.fork; step <= branch.newest; ++step) {
    Pictures& guess = branch.guesses[std::size_t(step)];
    if (!is_kept(step, branch.start.fork, branch.newest, branch.stride)) guess.reset();
    if (guess) branch.bytes += guess->bytes();
  }
}

void bound_full_steps(std::deque<FullStep>& steps) {
  std::int64_t bytes = 0;
  for (const FullStep& step : steps) bytes += step.bytes();
  for (; bytes > kMaxFullBytes && steps.size() > kFewestFullSteps; steps.pop_front())
    bytes -= steps.front().bytes();
}

// Drops every second item of the older ones; the first and the latest stay.
void thin_out(std::vector<Gallery>& items, std::size_t most) {
  if (items.size() <= most) return;
  std::vector<Gallery> kept;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (i % 2 == 0 || i + 1 == items.size()) kept.push_back(std::move(items[i]));
  items = std::move(kept);
}

void note(std::string text, View& view) { add_log_line(std::move(text), LogLevel::kNote, view); }

void draw_curves(RunShown& run) {
  run.steps.clear();
  run.losses.clear();
  run.distances.clear();
  for (const HeldOutPoint& point : run.held_out) {
    run.steps.push_back(double(point.step));
    run.losses.push_back(point.held_out);
  }
  for (const MeasuredPoint& point : run.measured) run.distances.push_back(point.distance);
}

// In the list of runs, the one in training is as it is now, not as it was saved last.
void update_run_in_training(View& view) {
  const Training& training = view.training;
  if (!training.running || !training.started) return;
  const auto run = std::ranges::find_if(
      view.runs, [&](const RunSummary& r) { return r.folder == training.started->folder; });
  if (run == view.runs.end() || training.progress.step < run->step) return;
  run->step = training.progress.step;
  run->held_out = training.held_out;
  run->held_out_at.clear();
  for (const HeldOutPoint& point : run->held_out)
    run->held_out_at.push_back(seconds_at(training.curve.points, point.step));
  if (!run->held_out.empty()) run->score = run->held_out.back().held_out;
  run->measured = training.measured;
  draw_curves(*run);
  if (!training.galleries.empty()) run->pictures = training.galleries.back().pictures;
}

RunShown shown(RunSummary run) {
  RunShown shown{std::move(run), {}, {}, {}, {}};
  draw_curves(shown);
  if (shown.gallery.count > 0) shown.pictures = pictures_of(std::exchange(shown.gallery, {}));
  return shown;
}

void race_on(Raced e, RaceShown& race) {
  const auto known = std::ranges::find(race.racers, e.sampler, &RacerShown::sampler);
  const bool is_new = !e.reference && known == race.racers.end();
  if (is_new) race.racers.push_back({e.sampler, e.steps, {}, {}, {}, false});
  RacerShown& racer = e.reference ? race.reference : is_new ? race.racers.back() : *known;
  racer.sampler = e.sampler;
  racer.steps = e.steps;
  racer.evaluations.push_back(e.evaluations);
  racer.distances.push_back(float(e.distance));
  racer.guess = pictures_of(std::move(e.guess));
  racer.finished = e.finished;
}

// One overload per event.
struct Fold {
  View& view;
  JobId job;

  void operator()(Ready e) { view.worker = std::move(e); }
  void operator()(ModelOpened e) {
    ModelOrigin& origin = view.origins[e.id];
    origin.name = e.name;
    origin.class_names = e.class_names;
    origin.folder = e.folder;
    origin.live = e.live;
    const auto same = std::ranges::find(view.models, e.id, &ModelOpened::id);
    if (same == view.models.end() && !e.live) note(note_of(e, view.training), view);
    if (!e.left_over.empty())
      note("Keys that another scheduler left in the model's file are ignored: " + e.left_over + ".",
           view);
    same == view.models.end() ? view.models.push_back(std::move(e)) : void(*same = std::move(e));
  }
  void operator()(const ModelClosed& e) {
    std::erase_if(view.models, [&](const ModelOpened& m) { return m.id == e.id; });
  }
  void operator()(DataOpened e) {
    note(note_of(e), view);
    view.data = std::move(e);
    view.data_from = job;
    view.fetched.reset();
    view.browsed.reset();
  }
  void operator()(DataCorrected e) {
    if (view.data) view.data->corrections = std::move(e.corrections);
  }
  void operator()(DataBrowsed e) {
    if (view.browsed && view.browsed->job > job) return;
    ByteBatch pictures = std::exchange(e.pictures, {});
    view.browsed = {job, std::move(e), {}};
    if (pictures.count > 0) view.browsed->pictures = pictures_of(std::move(pictures));
  }

  void operator()(BranchStarted e) {
    Branch branch;
    branch.guesses.resize(e.sigmas.size());
    branch.root = e.parent < 0 ? e.id : root_of(view, e.parent);
    branch.start = std::move(e);
    branch.job = job;
    // Those that come back may be older than others.
    const auto later = std::ranges::upper_bound(view.branches, branch.start.id, {},
                                                [](const Branch& b) { return b.start.id; });
    view.branches.insert(later, std::move(branch));
  }

  void operator()(FrameReady e) {
    Branch* branch = find(view, e.branch);
    if (!branch || e.step < 0 || e.step > branch->steps()) return;  // Of a tree that is gone.
    branch->guesses[std::size_t(e.step)] = pictures_of(std::move(e.guess));
    branch->newest = std::max(branch->newest, e.step);
    branch->job = job;
    if (!e.sha256.empty()) branch->sha256 = std::move(e.sha256);
    view.frame_bytes = e.bytes;
    thin(*branch);
    fit(view.branches, kMaxGuessBytes, thin);
  }

  void operator()(FrameFetched e) {
    const Branch* branch = find_branch(view, e.branch);
    if (!branch || e.step < 0 || e.step > branch->steps()) return;
    const StepOfBranch of{e.branch, e.step};
    std::erase_if(view.full_steps, [&](const FullStep& old) { return old.of == of; });
    view.full_steps.push_back({of, branch->start.sigmas[std::size_t(e.step)],
                               pictures_of(std::move(e.noisy)), pictures_of(std::move(e.guess))});
    bound_full_steps(view.full_steps);
  }

  void operator()(const TreeClosed& e) {
    view.frame_bytes = e.bytes;
    const auto gone = [&](BranchId id) { return root_of(view, id) == e.root; };
    std::erase_if(view.full_steps, [&](const FullStep& full) { return gone(full.of.branch); });
    if (view.preview && gone(view.preview->edit.branch)) view.preview.reset();
    if (view.ahead && gone(view.ahead->edit.branch)) view.ahead.reset();
    std::erase_if(view.branches, [&](const Branch& branch) { return branch.root == e.root; });
  }

  void operator()(PreviewReady e) {
    if (view.preview && view.preview->job > job) return;
    view.preview = {job,           std::move(e.edit), picture_of(e.noisy), picture_of(e.guess),
                    e.noise_level, e.sigma,           std::move(e.levels)};
  }
  void operator()(SeenAhead e) {
    if (view.ahead && view.ahead->job > job) return;
    view.ahead = {job, std::move(e.edit), e.step, picture_of(e.guess), e.finished};
  }
  void operator()(Inspected e) {
    if (view.inspected && view.inspected->job > job) return;
    InspectedShown shown{job, {}, picture_of(e.noisy), picture_of(e.guess), picture_of(e.ideal)};
    e.noisy = e.guess = e.ideal = {};
    shown.answer = std::move(e);
    view.inspected = std::move(shown);
  }
  void operator()(Worsened e) {
    if (view.worsened.job > job) return;
    const int count = e.pictures.count;
    const Pictures all = pictures_of(std::move(e.pictures));
    view.worsened = {job, {}, std::move(e.stacks)};
    for (int i = 0; i < count; ++i) view.worsened.pictures.push_back(picture_at(all, i));
  }
  void operator()(MaskFound e) {
    if (view.mask && view.mask->job > job) return;
    view.mask = {job, std::move(e.mask), picture_of(e.difference)};
  }
  void operator()(const Surveyed& e) {
    if (view.survey.job > job) return;
    if (view.survey.job < job) view.survey = {job, {}};
    std::vector<Surveyed>& levels = view.survey.levels;
    levels.insert(std::ranges::upper_bound(levels, e.sigma, {}, &Surveyed::sigma), e);
  }
  void operator()(const PictureFetched& e) {
    view.fetched = {e.index, e.test, e.label, picture_of(e.picture)};
  }

  void operator()(TrainingStarted e) {
    note(note_of(e), view);
    view.training = {};
    view.levels = {};
    view.training.job = job;
    view.training.running = true;
    view.training.started = std::move(e);
  }
  void operator()(LevelsLookedAt e) {
    if (view.levels.job > job) return;
    LevelsShown shown{job,
                      {},
                      pictures_of(std::exchange(e.clean, {})),
                      pictures_of(std::exchange(e.noisy, {})),
                      pictures_of(std::exchange(e.guess, {}))};
    shown.answer = std::move(e);
    view.levels = std::move(shown);
  }
  void operator()(TrainingProgress e) {
    Training& training = view.training;
    for (const TrainingPoint& point : std::exchange(e.points, {})) training.curve.add(point);
    for (HeldOutPoint& point : std::exchange(e.held_out, {}))
      add_held_out(training.held_out, std::move(point));
    for (const MeasuredPoint& point : std::exchange(e.measured, {}))
      add_measured(training.measured, point);
    training.progress = std::move(e);
    update_run_in_training(view);
  }
  void operator()(TrainingMarked e) {
    Training& training = view.training;
    training.marks = std::move(e.marks);
    if (!training.started) return;
    training.started->recipe = std::move(e.recipe);
    training.started->corrections = std::move(e.corrections);
  }
  void operator()(GalleryReady e) {
    view.training.galleries.push_back({e.step, e.seconds, pictures_of(std::move(e.pictures))});
    thin_out(view.training.galleries, kMaxGalleries);
    update_run_in_training(view);
  }
  void operator()(RunFound e) {
    std::erase_if(view.runs, [&](const RunSummary& r) { return r.folder == e.run.folder; });
    const auto older =
        std::ranges::find_if(view.runs, [&](const RunSummary& r) { return r.saved < e.run.saved; });
    view.runs.insert(older, shown(std::move(e.run)));
    update_run_in_training(view);
  }
  void operator()(const RunsListed& e) {
    std::erase_if(view.runs, [&](const RunSummary& r) {
      return r.folder.parent_path() == e.folder &&
             std::ranges::find(e.runs, r.folder) == e.runs.end();
    });
  }
  void operator()(RunDiscarded e) {
    std::erase_if(view.runs, [&](const RunSummary& r) { return r.folder == e.folder; });
    note(text_of("Discarded: ", e.folder.string(), ". It lies in the trash of the desktop, ",
                 e.place.string(), "."),
         view);
    view.in_trash.push_back(std::move(e));
  }
  void operator()(const RunTakenBack& e) {
    std::erase_if(view.in_trash, [&](const RunDiscarded& d) { return d.folder == e.folder; });
    note(text_of("Taken back from the trash: ", e.folder.string(), "."), view);
  }
  void operator()(TrainingDone e) {
    note(note_of(e, view.training), view);
    view.training.running = false;
    view.training.done = std::move(e);
  }

  void operator()(const Drawn&) {}  // Asked for by the command line alone.
  void operator()(Evaluated e) {
    note(note_of(e), view);
    view.evaluated = std::move(e);
  }
  void operator()(const ModelDescribed&) {}    // Asked for by the command line alone.
  void operator()(const SurvivalMeasured&) {}  // The same.
  void operator()(const TradeOffMeasured&) {}  // The same.

  void operator()(CaptionsReviewed e) {
    ByteBatch pictures = std::exchange(e.pictures, {});
    view.captions = {job, std::move(e), {}};
    if (pictures.count > 0) view.captions.pictures = pictures_of(std::move(pictures));
  }

  void operator()(TrialStarted e) { view.trial = {job, std::move(e), {}}; }
  void operator()(TrialLooked e) {
    if (job == view.trial.job) view.trial.looks.push_back(std::move(e.look));
  }
  void operator()(RateSearched e) {
    if (view.rate.job <= job) view.rate = {job, std::move(e.search), e.finished};
  }
  void operator()(const RunAveraged& e) { note(note_of(e), view); }
  void operator()(Raced e) {
    if (view.race.job > job) return;
    if (view.race.job < job) view.race = {job, {}, {}};
    race_on(std::move(e), view.race);
  }
  void operator()(ModelIdentified e) { view.origins[e.model].sha256 = std::move(e.sha256); }
  void operator()(const ClassifierTrained& e) { note(note_of(e), view); }
  void operator()(const MeterTrained&) {}  // Asked for by the command line alone.
  void operator()(Warning e) { add_log_line(std::move(e.text), LogLevel::kWarning, view); }
  void operator()(Progress e) { view.jobs[job] = std::move(e); }
  void operator()(const Finished& e) {
    for (Branch& branch : view.branches)
      if (branch.job == job) branch.seconds = e.seconds;
    view.jobs.erase(job);
  }
  void operator()(Failed e) {
    view.jobs.erase(job);
    add_log_line(e.what + ": " + e.message, LogLevel::kError, view);
    view.failures.push_back({job, std::move(e.what), std::move(e.message)});
    if (view.failures.size() > kMaxFailures) view.failures.pop_front();
  }
};

}  // namespace

void add_log_line(std::string text, LogLevel level, View& view) {
  ++view.news;
  LogLine line{std::move(text), level, 1};
  const auto same = std::find_if(view.log.begin(), view.log.end(), [&](const LogLine& old) {
    return old.text == line.text && old.level == line.level;
  });
  if (same != view.log.end()) {
    line.count = same->count + 1;
    view.log.erase(same);
  }
  view.log.push_back(std::move(line));
  if (view.log.size() > kMaxLogLines) view.log.erase(view.log.begin());
}

void begin_job(JobId job, View& view) { view.jobs.try_emplace(job); }

void apply(Report report, View& view) {
  if (report.job != kNoJob) begin_job(report.job, view);
  std::visit(Fold{view, report.job}, std::move(report.event));
}

}  // namespace stepwise::app
