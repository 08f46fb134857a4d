#include "commands/options.h"

#include <string_view>

#include "data/corrections.h"

namespace stepwise {
namespace {

void read_shape(const std::string& text, DataSource& source) {
  const auto x = text.find_first_of("xX");
  const auto width = number_in(text.substr(0, x), kPictureSide);
  const auto height =
      x == std::string::npos ? std::nullopt : number_in(text.substr(x + 1), kPictureSide);
  if (!width || !height)
    throw CLI::ValidationError("--reshape", "'" + text +
                                                "' is no shape such as 28x28, the width "
                                                "and the height in pixels, each 1 to 1024");
  source.width = *width;
  source.height = *height;
}

void use_corrections(const std::string& file, DataSource& source) {
  try {
    source.corrections = read_corrections(file);
  } catch (const Error& e) {
    throw CLI::ValidationError("--corrections", e.what());
  }
}

}  // namespace

std::vector<CLI::Option*> add_data_options(CLI::App& command, DataSource& source) {
  return {
      command
          .add_option("--data", source.place,
                      "fashion-mnist; glyphs or glyphs-digits, both also with -color; or a folder "
                      "of IDX files, of CIFAR's, or of pictures")
          ->capture_default_str(),
      command.add_flag("--transpose", source.transpose,
                       "Exchange the rows and columns of its pictures: EMNIST's lie on their side"),
      command
          .add_option_function<std::string>(
              "--reshape", [&source](const std::string& text) { read_shape(text, source); },
              "Cut its pictures, such as rows of 784 numbers, into this shape")
          ->type_name("WxH"),
      add_number(command, "--size", source.size, kResizedSide,
                 "Pixels that pictures in files of their own, and glyphs, become high and wide; "
                 "without it their own where all are alike and small, else 32")
          ->default_str(""),
      add_number(command, "--shrink", source.shrink, kShrink,
                 "Pixels along each side that become one: with 2, pictures are half as wide and "
                 "high, and a network for them learns several times as fast"),
  };
}

std::vector<CLI::Option*> add_more_options(CLI::App& command, DataSource& source) {
  return {command
              .add_option("--more", source.more,
                          "A folder of pictures to learn from too, in a folder for each class")
              ->type_name("DIR"),
          add_number(command, "--more-share", source.more_share, kMoreShare,
                     "So much of what is trained on is theirs"),
          command
              .add_option_function<std::string>(
                  "--corrections",
                  [&source](const std::string& file) { use_corrections(file, source); },
                  "Set its training pictures right as this file says: other classes, and pictures "
                  "to leave out. The window keeps one for each data set that was corrected in it, "
                  "in stepwise/corrections in $XDG_DATA_HOME (~/.local/share)")
              ->type_name("FILE.json")};
}

void refuse_empty_values(int argc, char** argv) {
  std::string_view before = argv[0];
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const std::size_t equals = argument.find('=');
    if (argument.empty())
      throw CLI::ValidationError(
          text_of("The value behind ", before, " is empty. Is a variable of your script unset?"));
    if (argument.starts_with("-") && equals + 1 == argument.size())
      throw CLI::ValidationError(text_of("The value of ", argument.substr(0, equals),
                                         " is empty. Is a variable of your script unset?"));
    before = argument;
  }
}

}  // namespace stepwise
