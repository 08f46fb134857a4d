// The words and symbols of the window that want an explanation, in one list: help shows all of it,
// and what each stands at tells its own once the mouse rests there. Window thread only.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "view/settings.h"

namespace stepwise::app {

struct Term {
  const char* symbol;
  const char* name;  // As it is spoken.
  const char* sentence;
  const char* formula;
  const char* where;  // It is met.
};
inline constexpr std::array kTerms = {
    Term{"x", "x, the noisy picture", "A picture with noise on it: what steps lead through.",
         "x = picture + σ noise", "Layer Noisy, key 1"},
    Term{"D", "D, the guess",
         "The model's best guess of the clean picture: the mean of all pictures that x could be.",
         "D(x, σ) = E[picture | x]", "Layer Guess, key 2"},
    Term{"σ", "sigma, the noise level",
         "Standard deviation of the noise, where pictures lie between -1 and 1.",
         "σ² = E[(x − picture)²]", "Over the picture, on the ruler"},
    Term{"severity", "severity",
         "How much worse than the picture x is where a model undoes blur or blocks, not noise: 0 "
         "is the picture itself, 1 the most.",
         "x = worse(picture, severity)", "Over the picture, on the ruler"},
    Term{"step", "step",
         "A move from one noise level to the next, towards the guess. One of training is a change "
         "of all weights.",
         "x' = x + (σ' − σ) (x − D) / σ", "Over the picture, Steps"},
    Term{"w", "w, guidance", "How hard the picture is pulled towards the class that is asked for.",
         "D(any) + w (D(class) − D(any))", "Guidance"},
    Term{"η", "eta, fresh noise",
         "Share of the noise that a step renews: 0 is none, 1 all that it can.",
         "fresh² = η² σ'² (1 − σ'² / σ²)", "Samplers with fresh noise"},
    Term{"ρ", "rho, crowding",
         "How the noise levels are spread: larger values spend more of the steps near the last "
         "level.",
         "σ^(1/ρ) falls in equal steps", "Spacing, Karras"},
    Term{"seed", "seed",
         "The number that all noise comes from: the same seed and settings give the same pictures "
         "again.",
         "noise = f(seed, picture, step)", "Pictures"},
    Term{"FD", "F D, Frechet distance",
         "How far samples are from real pictures, by means m and covariances C of what a "
         "classifier sees in them. Smaller is better.",
         "|m − m'|² + tr(C + C' − 2 (C C')^½)", "Runs, How good is it"},
};

// What tooltip() shows of a term, and after its sentence what holds for this use of it.
std::string help_of(std::string_view symbol, std::string_view more = {});

// The same of an image of a frame.
std::string help_of(Quantity layer);

}  // namespace stepwise::app
