// The fields of all commands, for what sends them: see fields.h. Any thread.
#pragma once

#include "engine/commands.h"
#include "fields.h"

namespace stepwise {

void visit_fields(FieldsOf<OpenModel> auto& o, auto visit) { visit("folder", o.folder); }
void visit_fields(FieldsOf<CloseModel> auto& c, auto visit) { visit("model", c.model); }
void visit_fields(FieldsOf<OpenData> auto& o, auto visit) { visit("data", o.data); }
void visit_fields(FieldsOf<Sample> auto& s, auto visit) {
  visit("model", s.model);
  visit("settings", s.settings);
  visit("conditions", s.conditions);
  visit("until", s.until);
}
void visit_fields(FieldsOf<Continue> auto& c, auto visit) {
  visit("branch", c.branch);
  visit("until", c.until);
}
void visit_fields(FieldsOf<CloseTree> auto& c, auto visit) { visit("root", c.root); }
void visit_fields(FieldsOf<FetchFrame> auto& f, auto visit) {
  visit("branch", f.branch);
  visit("step", f.step);
}
void visit_fields(FieldsOf<LimitFrames> auto& l, auto visit) { visit("bytes", l.bytes); }
void visit_fields(FieldsOf<Fork> auto& f, auto visit) {
  visit("model", f.model);
  visit("edit", f.edit);
  visit("settings", f.settings);
  visit("condition", f.condition);
}
void visit_fields(FieldsOf<Resample> auto& r, auto visit) {
  visit("fork", r.fork);
  visit("until", r.until);
}
void visit_fields(FieldsOf<Preview> auto& p, auto visit) { visit("fork", p.fork); }
void visit_fields(FieldsOf<Inspect> auto& i, auto visit) {
  visit("model", i.model);
  visit("picture", i.picture);
  visit("condition", i.condition);
  visit("sigma", i.sigma);
  visit("seed", i.seed);
}
void visit_fields(FieldsOf<Survey> auto& s, auto visit) {
  visit("model", s.model);
  visit("told", s.told);
  visit("sigmas", s.sigmas);
  visit("count", s.count);
  visit("seed", s.seed);
}
void visit_fields(FieldsOf<FetchPicture> auto& f, auto visit) {
  visit("index", f.index);
  visit("test", f.test);
}
void visit_fields(FieldsOf<Train> auto& t, auto visit) {
  visit("recipe", t.recipe);
  visit("data", t.data);
  visit("out", t.out);
  visit("resume", t.resume);
  visit("more", t.more);
}
void visit_fields(FieldsOf<Snapshot> auto& c, auto visit) {
  visit("run", c.run);
  visit("name", c.name);
}
void visit_fields(FieldsOf<Combine> auto& c, auto visit) {
  visit("models", c.models);
  visit("how", c.how);
  visit("name", c.name);
}
void visit_fields(FieldsOf<ScaleLearningRate> auto& s, auto visit) {
  visit("run", s.run);
  visit("multiplier", s.multiplier);
}
void visit_fields(FieldsOf<Draw> auto& d, auto visit) {
  visit("model", d.model);
  visit("settings", d.settings);
  visit("conditions", d.conditions);
}
void visit_fields(FieldsOf<Evaluate> auto& e, auto visit) {
  visit("model", e.model);
  visit("settings", e.settings);
  visit("data", e.data);
  visit("classifier", e.classifier);
}
void visit_fields(FieldsOf<TrainClassifier> auto& t, auto visit) {
  visit("data", t.data);
  visit("out", t.out);
}
void visit_fields(FieldsOf<ListRuns> auto& l, auto visit) { visit("folder", l.folder); }
void visit_fields(FieldsOf<DescribeModel> auto& d, auto visit) { visit("folder", d.folder); }
void visit_fields(FieldsOf<Cancel> auto& c, auto visit) { visit("job", c.job); }
void visit_fields(FieldsOf<Pause> auto& p, auto visit) {
  visit("job", p.job);
  visit("paused", p.paused);
}

}  // namespace stepwise
