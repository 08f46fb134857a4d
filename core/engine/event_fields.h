// The fields of all events, for what sends them: see fields.h. Any thread.
#pragma once

#include "engine/events.h"
#include "fields.h"

namespace stepwise {

void visit_fields(FieldsOf<Ready> auto& r, auto visit) {
  visit("device", r.device);
  visit("threads", r.threads);
}
void visit_fields(FieldsOf<ModelOpened> auto& m, auto visit) {
  visit("id", m.id);
  visit("live", m.live);
  visit("folder", m.folder);
  visit("name", m.name);
  visit("class_names", m.class_names);
  visit("height", m.height);
  visit("width", m.width);
  visit("channels", m.channels);
  visit("parameters", m.parameters);
  visit("data", m.data);
  visit("defaults", m.defaults);
  visit("has_null_class", m.has_null_class);
  visit("stand_in", m.stand_in);
  visit("left_over", m.left_over);
}
void visit_fields(FieldsOf<ModelClosed> auto& m, auto visit) { visit("id", m.id); }
void visit_fields(FieldsOf<DataOpened> auto& d, auto visit) {
  visit("name", d.name);
  visit("class_names", d.class_names);
  visit("train", d.train);
  visit("test", d.test);
  visit("height", d.height);
  visit("width", d.width);
  visit("channels", d.channels);
}
void visit_fields(FieldsOf<BranchStarted> auto& b, auto visit) {
  visit("id", b.id);
  visit("parent", b.parent);
  visit("fork", b.fork);
  visit("pictures", b.pictures);
  visit("conditions", b.conditions);
  visit("sigmas", b.sigmas);
  visit("settings", b.settings);
  visit("model", b.model);
  visit("layers", b.layers);
}
void visit_fields(FieldsOf<TreeClosed> auto& t, auto visit) { visit("root", t.root); }
void visit_fields(FieldsOf<FrameReady> auto& f, auto visit) {
  visit("branch", f.branch);
  visit("step", f.step);
  visit("guess", f.guess);
  visit("bytes", f.bytes);
}
void visit_fields(FieldsOf<FrameFetched> auto& f, auto visit) {
  visit("branch", f.branch);
  visit("step", f.step);
  visit("noisy", f.noisy);
  visit("guess", f.guess);
}
void visit_fields(FieldsOf<PreviewReady> auto& p, auto visit) {
  visit("edit", p.edit);
  visit("noisy", p.noisy);
  visit("guess", p.guess);
  visit("noise_level", p.noise_level);
  visit("sigma", p.sigma);
}
void visit_fields(FieldsOf<Inspected> auto& i, auto visit) {
  visit("sigma", i.sigma);
  visit("noisy", i.noisy);
  visit("guess", i.guess);
  visit("ideal", i.ideal);
  visit("known", i.known);
  visit("guess_error", i.guess_error);
  visit("ideal_error", i.ideal_error);
  visit("nearest", i.nearest);
  visit("nearest_weight", i.nearest_weight);
}
void visit_fields(FieldsOf<Surveyed> auto& s, auto visit) {
  visit("sigma", s.sigma);
  visit("count", s.count);
  visit("known", s.known);
  visit("guess_error", s.guess_error);
  visit("guess_spread", s.guess_spread);
  visit("ideal_error", s.ideal_error);
  visit("ideal_spread", s.ideal_spread);
  visit("standard_error", s.standard_error);
}
void visit_fields(FieldsOf<PictureFetched> auto& p, auto visit) {
  visit("index", p.index);
  visit("test", p.test);
  visit("label", p.label);
  visit("picture", p.picture);
}
void visit_fields(FieldsOf<TrainingStarted> auto& t, auto visit) {
  visit("folder", t.folder);
  visit("recipe", t.recipe);
  visit("data", t.data);
  visit("parameters", t.parameters);
  visit("bin_edges", t.bin_edges);
  visit("gallery", t.gallery);
  visit("step", t.step);
  visit("added", t.added);
  visit("multiplier", t.multiplier);
  visit("rate_factor", t.rate_factor);
}
void visit_fields(FieldsOf<TrainingProgress> auto& t, auto visit) {
  visit("points", t.points);
  visit("held_out", t.held_out);
  visit("step", t.step);
  visit("pictures_per_second", t.pictures_per_second);
  visit("seconds", t.seconds);
  visit("seconds_left", t.seconds_left);
  visit("fraction", t.fraction);
  visit("multiplier", t.multiplier);
  visit("paused", t.paused);
}
void visit_fields(FieldsOf<GalleryReady> auto& g, auto visit) {
  visit("step", g.step);
  visit("seconds", g.seconds);
  visit("pictures", g.pictures);
}
void visit_fields(FieldsOf<CheckpointSaved> auto& c, auto visit) {
  visit("folder", c.folder);
  visit("step", c.step);
}
void visit_fields(FieldsOf<RunFound> auto& r, auto visit) { visit("run", r.run); }
void visit_fields(FieldsOf<TrainingDone> auto& t, auto visit) {
  visit("folder", t.folder);
  visit("step", t.step);
  visit("stopped_early", t.stopped_early);
  visit("why", t.why);
}
void visit_fields(FieldsOf<Drawn> auto& d, auto visit) {
  visit("first", d.first);
  visit("pictures", d.pictures);
  visit("conditions", d.conditions);
}
void visit_fields(FieldsOf<Evaluated> auto& e, auto visit) {
  visit("model", e.model);
  visit("count", e.count);
  visit("distance", e.distance);
  visit("floor", e.floor);
  visit("noise_equivalent_level", e.noise_equivalent_level);
  visit("agreement", e.agreement);
  visit("real_agreement", e.real_agreement);
  visit("nearest", e.nearest);
  visit("real_nearest", e.real_nearest);
  visit("evaluations_per_picture", e.evaluations_per_picture);
  visit("seconds", e.seconds);
  visit("classifier", e.classifier);
  visit("reference", e.reference);
  visit("data", e.data);
}
void visit_fields(FieldsOf<ClassifierTrained> auto& c, auto visit) {
  visit("file", c.file);
  visit("accuracy", c.accuracy);
}
void visit_fields(FieldsOf<ModelDescribed> auto& m, auto visit) {
  visit("folder", m.folder);
  visit("name", m.name);
  visit("data", m.data);
  visit("parameters", m.parameters);
  visit("in_channels", m.in_channels);
  visit("out_channels", m.out_channels);
  visit("height", m.height);
  visit("width", m.width);
  visit("block_out_channels", m.block_out_channels);
  visit("layers_per_block", m.layers_per_block);
  visit("class_names", m.class_names);
  visit("scheduler", m.scheduler);
  visit("prediction_type", m.prediction_type);
  visit("left_over", m.left_over);
  visit("notes", m.notes);
  visit("is_finite", m.is_finite);
  visit("obstacle", m.obstacle);
  visit("defaults", m.defaults);
  visit("sigmas", m.sigmas);
  visit("times", m.times);
}
void visit_fields(FieldsOf<Warning> auto& w, auto visit) { visit("text", w.text); }
void visit_fields(FieldsOf<Progress> auto& p, auto visit) {
  visit("fraction", p.fraction);
  visit("words", p.words);
}
void visit_fields(FieldsOf<Finished> auto& f, auto visit) {
  visit("seconds", f.seconds);
  visit("cancelled", f.cancelled);
}
void visit_fields(FieldsOf<Failed> auto& f, auto visit) {
  visit("what", f.what);
  visit("message", f.message);
}

}  // namespace stepwise
