// A linked pair of GLSL shaders, read from files. Needs the window's OpenGL context; window thread
// only.
#pragma once

#include <epoxy/gl.h>

#include <filesystem>
#include <string>

namespace stepwise::app {

class Shader {
 public:
  // Reads NAME.vert and NAME.frag of `folder`, with `define` defined in both. Throws Error with the
  // file and the compiler's words.
  Shader(const std::filesystem::path& folder, const std::string& name, const std::string& define);
  ~Shader();
  Shader(const Shader&) = delete;
  Shader& operator=(const Shader&) = delete;

  // Links anew with the vertex attribute `name` at that place.
  void place_attribute(const char* name, GLint at);
  void link();

  void use() const { glUseProgram(program_); }
  GLint uniform(const char* name) const { return glGetUniformLocation(program_, name); }

 private:
  GLuint program_ = 0;
  std::string name_;
};

}  // namespace stepwise::app
