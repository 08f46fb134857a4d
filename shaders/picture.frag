#version 330 core
// Pictures as numbers become colors here: differences, color maps, the pixel grid, and the outline of
// what was painted. Textures hold all pictures of a batch as the cells of a table. Compiled three times, as
// it is, with SUBTRACT and with EDITED: a processor that draws pays for branches it does not take.

uniform sampler2D plus;  // Unit 0.
uniform float scale;
uniform bool is_rgb;  // Three channels.
uniform bool diverging;
uniform bool grid;

#if defined(SUBTRACT) || defined(EDITED)
uniform sampler2D minus;  // Unit 1.
uniform ivec2 shift;      // From a texel of `plus` to that of `minus`.
uniform ivec2 cell;       // Width and height of one picture.
uniform vec3 outline;     // Color around what was painted.
#endif

in vec2 texel;
in vec4 tint;
out vec4 color;

// -1 blue, 0 the dark neutral of the canvas, 1 red: strength shows as light against a dark window.
vec3 diverge(float v) {
  float s = clamp(abs(v), 0.0, 1.0);
  vec3 weak = v < 0.0 ? vec3(0.10, 0.36, 0.72) : vec3(0.76, 0.23, 0.18);
  vec3 strong = v < 0.0 ? vec3(0.66, 0.86, 1.0) : vec3(1.0, 0.85, 0.70);
  vec3 neutral = vec3(0.085, 0.088, 0.096);
  return s < 0.5 ? mix(neutral, weak, s * 2.0) : mix(weak, strong, s * 2.0 - 1.0);
}

#ifdef EDITED
bool painted(ivec2 at) {
  return texelFetch(plus, at, 0).rgb != texelFetch(minus, at + shift, 0).rgb;
}

// Whether the pixel at `at` shares a side with one of the same picture that was not painted.
bool on_border(ivec2 at, vec2 inside, vec2 thin) {
  ivec2 first = at / cell * cell, last = first + cell - 1;
  return (inside.x < thin.x && (at.x == first.x || !painted(at - ivec2(1, 0)))) ||
         (inside.x > 1.0 - thin.x && (at.x == last.x || !painted(at + ivec2(1, 0)))) ||
         (inside.y < thin.y && (at.y == first.y || !painted(at - ivec2(0, 1)))) ||
         (inside.y > 1.0 - thin.y && (at.y == last.y || !painted(at + ivec2(0, 1))));
}
#endif

void main() {
  ivec2 at = ivec2(texel);
  vec3 v = texelFetch(plus, at, 0).rgb;
#ifdef SUBTRACT
  v -= texelFetch(minus, at + shift, 0).rgb;
#endif
  v *= scale;
  if (!is_rgb) v = v.rrr;
  vec3 shown = diverging ? diverge(v.r) : clamp(v * 0.5 + 0.5, 0.0, 1.0);

  vec2 inside = fract(texel);
  vec2 pixel = fwidth(texel);  // One pixel of the screen, in texels.
  if (grid && (inside.x < pixel.x || inside.y < pixel.y)) shown = mix(shown, vec3(0.5), 0.22);
#ifdef EDITED
  if (painted(at) && on_border(at, inside, 1.5 * pixel)) shown = outline;
#endif
  color = vec4(shown, 1.0) * tint;
}
