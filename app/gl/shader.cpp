#include "gl/shader.h"

#include "error.h"
#include "image/file.h"

namespace stepwise::app {
namespace {

GLuint compile(const std::filesystem::path& path, GLenum kind, const std::string& define) {
  std::error_code failed;
  require(std::filesystem::is_regular_file(path, failed), "Cannot read the shader ", path,
          ". It belongs beside the program: install it again, or run from the source folder.");
  std::string source = read_file(path);
  const std::size_t second_line = source.find('\n') + 1;  // The first says which version it is.
  if (!define.empty()) source.insert(second_line, "#define " + define + "\n");
  const char* words = source.c_str();
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 1, &words, nullptr);
  glCompileShader(shader);
  GLint ok = GL_FALSE;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &ok);
  if (ok) return shader;
  char log[2048] = "";
  glGetShaderInfoLog(shader, sizeof log, nullptr, log);
  glDeleteShader(shader);
  throw Error(text_of("The shader ", path, " does not compile: ", log));
}

}  // namespace

Shader::Shader(const std::filesystem::path& folder, const std::string& name,
               const std::string& define)
    : name_(name) {
  const GLuint vertex = compile(folder / (name + ".vert"), GL_VERTEX_SHADER, define);
  const GLuint fragment = compile(folder / (name + ".frag"), GL_FRAGMENT_SHADER, define);
  program_ = glCreateProgram();
  glAttachShader(program_, vertex);
  glAttachShader(program_, fragment);
  glDeleteShader(vertex);  // Kept alive by the program.
  glDeleteShader(fragment);
  link();
}

Shader::~Shader() { glDeleteProgram(program_); }

void Shader::place_attribute(const char* name, GLint at) {
  glBindAttribLocation(program_, GLuint(at), name);
}

void Shader::link() {
  glLinkProgram(program_);
  GLint ok = GL_FALSE;
  glGetProgramiv(program_, GL_LINK_STATUS, &ok);
  if (ok) return;
  char log[2048] = "";
  glGetProgramInfoLog(program_, sizeof log, nullptr, log);
  throw Error(text_of("The shader '", name_, "' does not link: ", log));
}

}  // namespace stepwise::app
