#include "image/impostor.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stepwise {
namespace {

using std::string_view_literals::operator""sv;

struct Impostor {
  std::string_view begins;
  const char* told;
};

constexpr std::array kImpostors = {
    Impostor{"version https://git-lfs.github.com/spec/"sv,
             "it is a Git LFS pointer, a note of where the file itself lies. Fetch that with "
             "git lfs pull in the folder it was cloned to, or download it by itself."},
    Impostor{"<!doctype html"sv,
             "it is a web page, as a download that was refused leaves behind. Download the file "
             "once more, not the page that shows it."},
    Impostor{"<html"sv,
             "it is a web page, as a download that was refused leaves behind. Download the file "
             "once more, not the page that shows it."},
    Impostor{"<?xml"sv,
             "it is an XML text, as servers answer with when a download is refused. "
             "Download the file once more."},
    Impostor{"\x1f\x8b"sv, "it is packed with gzip. Unpack it with gunzip."},
    Impostor{"PK\x03\x04"sv,
             "it is a zip archive (PyTorch's own files are, too). Unpack it, or "
             "convert it to safetensors in Python."},
    Impostor{"\x80\x02"sv,
             "it is a pickle, and reading one can run any code. Convert it to "
             "safetensors in Python."},
    Impostor{"\x89PNG"sv, "it is a PNG picture."},
    Impostor{"\xff\xd8\xff"sv, "it is a JPEG picture."},
};

char lower(char c) { return char(std::tolower(static_cast<unsigned char>(c))); }

bool begins_with(std::string_view text, std::string_view with) {
  return text.size() >= with.size() &&
         std::equal(with.begin(), with.end(), text.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::string impostor_of(std::string_view bytes) {
  for (const Impostor& impostor : kImpostors)
    if (begins_with(bytes, impostor.begins)) return impostor.told;
  return "";
}

}  // namespace stepwise
