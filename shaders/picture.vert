#version 330 core
// The vertices of Dear ImGui's draw lists, as its own shader takes them.
in vec2 Position;
in vec2 UV;  // In texels of the batch's texture.
in vec4 Color;

uniform mat4 projection;

out vec2 texel;
out vec4 tint;

void main() {
  texel = UV;
  tint = Color;
  gl_Position = projection * vec4(Position, 0, 1);
}
