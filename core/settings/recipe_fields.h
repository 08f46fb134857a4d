// The fields of a recipe one by one: what each is for, in which group it stands, and its value as
// text, for whatever shows recipes or lets people choose: a form, a command line, files. Any
// thread.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "settings/recipe.h"

namespace stepwise {

// Fields stand in groups: from the `first` of one to that of the next.
struct RecipeGroup {
  std::string_view first, title;
  bool decides;  // What a model comes to be, other than by how long it learns and from which seed.
};
inline constexpr std::array kRecipeGroups = {
    RecipeGroup{"minutes", "Budget", false},       RecipeGroup{"channels", "Network", true},
    RecipeGroup{"sigma_data", "Loss", true},       RecipeGroup{"optimiser", "Optimiser", true},
    RecipeGroup{"half_weights", "The run", false},
};

// A sentence for each field, in their order.
struct FieldHelp {
  std::string_view key;
  const char* help;
};
inline constexpr std::array kRecipeHelp = {
    FieldHelp{"minutes",
              "Minutes that it learns for; 0: as long as its steps take. It ends where minutes or "
              "steps are spent, whichever comes first."},
    FieldHelp{"steps",
              "Steps of the optimiser that it learns for; 0: as many as its minutes hold."},
    FieldHelp{"channels",
              "Channels at each resolution, the finest first and each half as fine as the one "
              "before: 1 to 6 multiples of 8. Twice as many see more and cost four times as much."},
    FieldHelp{"layers_per_block",
              "Residual blocks at each resolution on the way down; one more on "
              "the way up."},
    FieldHelp{"attention",
              "Lets each place of the coarsest resolution look at all the others there."},
    FieldHelp{"sigma_data",
              "Standard deviation of the pictures' pixels, by which what the network "
              "sees and says is scaled to 1."},
    FieldHelp{"sigma_mean",
              "Where most of the noise levels lie that it learns from: the mean of ln σ."},
    FieldHelp{"sigma_std", "How far they lie apart: the standard deviation of ln σ."},
    FieldHelp{"class_dropout",
              "Share of the pictures that it sees without their class: guidance needs some."},
    FieldHelp{"flip", "Mirrors half of the pictures left to right; not for digits and letters."},
    FieldHelp{
        "shift",
        "Pixels that each picture is moved by at most, along each axis; what comes into sight "
        "is as its edge. More pictures out of few, which the model then draws moved too."},
    FieldHelp{"degradation",
              "What makes pictures worse, for the network to undo: noise; or blur, low-resolution, "
              "blocks, jpeg or text, or several of these, one after the other, as in blur,blocks. "
              "Of others than noise it sees every severity alike and answers with the picture, "
              "whatever the next four fields say."},
    FieldHelp{"parameterisation",
              "What the network answers: edm a mixture of picture and noise of unit size, epsilon "
              "the noise, v a mixture that turns from one to the other, x0 the picture, flow the "
              "way from picture to noise."},
    FieldHelp{"betas",
              "How noise grows over the 1000 times of epsilon, v and x0: linear or cosine."},
    FieldHelp{"levels",
              "How noise levels are drawn: normal, by the two fields above, or uniform in the "
              "network's time."},
    FieldHelp{"weighting",
              "What the error of a guess counts at a level: edm, min-snr (1 / σ², at most 5), "
              "uniform: each answer of the network as much as any other, or uncertainty: as edm, "
              "divided by the mean of the latest losses at the level, so that each level counts as "
              "much as any other."},
    FieldHelp{"sigma_low",
              "Noise levels below this one are not learned: another model may know them."},
    FieldHelp{"sigma_high",
              "Noise levels above this one are not learned: another model may know them."},
    FieldHelp{"gaussian_sigma",
              "Pictures begin as Gaussians of their class at this level, and nothing is learned "
              "above it; 0: they begin with noise."},
    FieldHelp{"wrong_classes",
              "Share of the training pictures that it is told another class of, always the same: "
              "captions are often wrong."},
    FieldHelp{"consistency",
              "Tunes a trained model, one of edm, to guess the same all along a picture's way, so "
              "that one to four evaluations draw it: how often the stretch over which it is to "
              "agree with itself is halved over the run; 0: it learns to take away noise."},
    FieldHelp{"optimiser",
              "How gradients become steps: adamw, or muon, which makes the step of each matrix and "
              "convolution orthogonal and wants larger rates."},
    FieldHelp{"batch", "Pictures in each step."},
    FieldHelp{"learning_rate", "How far a step goes, at its highest, behind the warm-up."},
    FieldHelp{"momentum", "Share of the past in the direction of muon's steps; adamw has its own."},
    FieldHelp{"warm_up", "Share of the budget in which the learning rate rises from 0."},
    FieldHelp{"decay", "How it falls to 0 afterwards, by the end of the budget."},
    FieldHelp{"weight_decay",
              "Share of itself that each weight loses in a step, times the learning rate."},
    FieldHelp{"clip", "Longer gradients are shortened to this norm; 0: never."},
    FieldHelp{"ema",
              "Half-life of the averaged weights, which draw the pictures, as a share of the steps "
              "so far."},
    FieldHelp{"bfloat16",
              "Computes with 8 significant bits where the device is faster that way; what is "
              "learned stays in single precision."},
    FieldHelp{"half_weights",
              "Writes the averaged weights with 11 significant bits: half the "
              "size, and pictures that hardly differ."},
    FieldHelp{"gallery_seconds",
              "Seconds from one gallery of its pictures to the next; 0: one at the end alone."},
    FieldHelp{"measure_count",
              "Pictures that it draws now and then, in a tenth of its time, to measure their "
              "Fréchet distance: 200 show a trend; 0: never."},
    FieldHelp{"checkpoint_seconds",
              "Seconds from one save of the run to the next: what a power "
              "cut can cost."},
    FieldHelp{
        "marks",
        "Marks that a run makes by itself, at even shares of its budget: to go back to, to "
        "look at in two clocks, and to make longer averages of. Each is as large as the run."},
    FieldHelp{"seed",
              "Where the first weights, the order of the pictures and the noise come from."},
};

// The sentence of a field; empty where it has none.
const char* help_of_field(std::string_view key);

// Calls visit(group, key, field, limits...) for all that can be chosen: every field of the list in
// recipe.h but the names, which stand before the first group.
void visit_choices(FieldsOf<Recipe> auto& recipe, auto visit) {
  auto group = kRecipeGroups.end();
  visit_fields(recipe, [&](const char* key, auto& field, auto... limits) {
    const auto begins = std::ranges::find(kRecipeGroups, key, &RecipeGroup::first);
    if (begins != kRecipeGroups.end()) group = begins;
    if (group != kRecipeGroups.end()) visit(*group, key, field, limits...);
  });
}

// One field as text: "32,64,128", "muon", "true", "0.006".
struct FieldText {
  const RecipeGroup* group;
  std::string key, value;
  std::vector<std::string> choices;  // All values that it can have; empty: too many to list.
  bool several = false;  // Its value may be some of them, in an order: of degradation alone.
};
std::vector<FieldText> texts_of(const Recipe& recipe);

// The fields in which a recipe differs from another one, and what they are there.
struct FieldChange : FieldText {
  std::string before;
};
std::vector<FieldChange> changes(const Recipe& recipe, const Recipe& before);

// Gives the field the value that a text stands for, as above or as JSON. Throws Error, "Cannot read
// 'PLACE': ...", if there is no such field, and lists those that there are; if the value is of
// another kind; or if it is out of the field's range.
void set_field(Recipe& recipe, std::string_view key, std::string_view text,
               const std::string& place);

// The recipe as a run keeps it, which was made from `base`: one that differs from it in a field
// that decides what the model comes to be is another recipe, BASE-changed, and `base` its parent.
Recipe named_for_run(Recipe recipe, const Recipe& base);

}  // namespace stepwise
