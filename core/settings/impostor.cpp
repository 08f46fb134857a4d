#include "settings/impostor.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace stepwise {
namespace {

using std::string_view_literals::operator""sv;

constexpr const char* kEmpty = "it is empty. Copy or download it once more.";
constexpr const char* kWebPage =
    "it is a web page, as a download that was refused leaves behind. Download the file itself once "
    "more.";
constexpr const char* kAnswer =
    "it is a server's answer to a download that was refused, not the file. Check the address, and "
    "whether one must log in there.";
constexpr const char* kZip =
    "it is a zip archive, as PyTorch's .bin, .pt and .ckpt and Keras' .keras are. Unpack an "
    "archive of files; weights convert to safetensors in Python: model.save_pretrained(folder).";
constexpr const char* kPickle =
    "it is a pickle, and reading one can run any code. Convert it to safetensors in Python: "
    "model.save_pretrained(folder).";
constexpr const char* kJson = "it is JSON text. Another file's name may have been given to it.";
constexpr const char* kSafetensors =
    "it is a safetensors file. Another file's name may have been given to it.";
constexpr const char* kOnnx =
    "it is an ONNX network, which is made to be run and not to be opened here. Export the weights "
    "of the PyTorch model it was made from as safetensors.";

struct Impostor {
  std::string_view begins;
  const char* told;
};

// Texts are recognised behind a byte order mark and blanks, and in capitals too.
constexpr std::array kTexts = {
    Impostor{"version https://git-lfs.github.com/spec/"sv,
             "it is a Git LFS pointer, a note of where the file itself lies. Fetch that with "
             "git lfs pull in the folder it was cloned to, or download it by itself."},
    Impostor{"version https://hawser.github.com/spec/"sv,
             "it is a Git LFS pointer, a note of where the file itself lies. Fetch that with "
             "git lfs pull in the folder it was cloned to, or download it by itself."},
    Impostor{"<!doctype html"sv, kWebPage},
    Impostor{"<html"sv, kWebPage},
    Impostor{"<!--"sv, kWebPage},
    Impostor{
        "<?xml"sv,
        "it is an XML text, as servers answer with when a download is refused. Download the file "
        "itself once more."},
    Impostor{"Entry not found"sv, kAnswer},
    Impostor{"Repository not found"sv, kAnswer},
    Impostor{"Invalid username or password"sv, kAnswer},
    Impostor{"Access to model"sv, kAnswer},
    Impostor{"Access denied"sv, kAnswer},
    Impostor{"404: Not Found"sv, kAnswer},
    Impostor{"404 Not Found"sv, kAnswer},
    Impostor{"Not Found"sv, kAnswer},
};

constexpr std::array kBytes = {
    Impostor{"\x1f\x8b"sv, "it is packed with gzip. Unpack it with gunzip."},
    Impostor{"BZh"sv, "it is packed with bzip2. Unpack it with bunzip2."},
    Impostor{"\xfd"
             "7zXZ\0"sv,
             "it is packed with xz. Unpack it with unxz."},
    Impostor{"\x28\xb5\x2f\xfd"sv, "it is packed with zstd. Unpack it with unzstd."},
    Impostor{"7z\xbc\xaf\x27\x1c"sv, "it is a 7-Zip archive. Unpack it with 7z x."},
    Impostor{"Rar!\x1a\x07"sv, "it is a RAR archive. Unpack it with unrar x."},
    Impostor{"PK\x03\x04"sv, kZip},
    Impostor{"PK\x05\x06"sv,
             "it is a zip archive with nothing in it. Copy or download it once more."},
    Impostor{"\x80\x02"sv, kPickle},
    Impostor{"\x80\x03"sv, kPickle},
    Impostor{"\x80\x04"sv, kPickle},
    Impostor{"\x80\x05"sv, kPickle},
    Impostor{"GGUF"sv,
             "it is a GGUF file, the format of llama.cpp and stable-diffusion.cpp. Choose the "
             "safetensors file that it was made from."},
    Impostor{"\x89HDF\r\n\x1a\n"sv,
             "it is an HDF5 file, as Keras and MATLAB write. What is in it has to be written anew "
             "in Python."},
    Impostor{"\x93NUMPY"sv,
             "it is a NumPy array. Write it anew in Python, in the format that belongs here."},
    Impostor{"MATLAB 5.0 MAT-file"sv,
             "it is a MATLAB file. Write it anew in Python, in the format that belongs here."},
    Impostor{"PAR1"sv,
             "it is a Parquet table, as data sets of the Hugging Face hub are. Write its pictures "
             "anew in Python, in the format that belongs here."},
    Impostor{"SQLite format 3\0"sv, "it is an SQLite database."},
    Impostor{"%PDF"sv, "it is a PDF document."},
    Impostor{"\x89PNG"sv, "it is a PNG picture."},
    Impostor{"\xff\xd8\xff"sv, "it is a JPEG picture."},
    Impostor{"GIF8"sv, "it is a GIF picture."},
};

char lower(char c) { return char(std::tolower(static_cast<unsigned char>(c))); }

bool begins_with(std::string_view text, std::string_view with) {
  return text.size() >= with.size() &&
         std::equal(with.begin(), with.end(), text.begin(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view without_blanks(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
}

// A tar archive has its name 257 bytes in.
bool is_tar(std::string_view bytes) {
  return bytes.size() >= 262 && bytes.substr(257, 5) == "ustar";
}

// The format has no mark. What exporters write begins with the version (field 1, a small number)
// and the name of the exporter (field 2, a text) or the network itself (field 7).
bool is_onnx(std::string_view bytes) {
  if (bytes.size() < 8 || bytes[0] != 0x08 || bytes[1] < 1 || bytes[1] > 32) return false;
  const auto length = static_cast<unsigned char>(bytes[3]);
  if (bytes[2] == 0x3a) return true;
  return bytes[2] == 0x12 && length > 0 && length < 0x80 && is_printable(bytes.substr(4, length));
}

// Eight bytes of length, then a header that begins with a brace.
bool is_safetensors(std::string_view bytes) {
  if (bytes.size() < 9 || bytes[8] != '{') return false;
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i)
    length = length << 8 | static_cast<unsigned char>(bytes[std::size_t(i)]);
  return length >= 2 && length <= 100'000'000;
}

}  // namespace

std::string impostor_of(std::string_view bytes, Expected expected) {
  if (bytes.empty()) return kEmpty;
  const std::string_view text = without_blanks(bytes);
  for (const Impostor& impostor : kTexts)
    if (begins_with(text, impostor.begins)) return impostor.told;
  for (const Impostor& impostor : kBytes)
    if (bytes.starts_with(impostor.begins)) return impostor.told;
  if (is_tar(bytes)) return "it is a tar archive. Unpack it with tar xf.";
  if (is_onnx(bytes)) return kOnnx;
  if (expected != Expected::kSafetensors && is_safetensors(bytes)) return kSafetensors;
  if (expected != Expected::kJson && text.starts_with('{')) return kJson;
  return "";
}

std::string home_hint(const std::filesystem::path& path) {
  const std::string text = path.string();
  if (text != "~" && !text.starts_with("~/")) return "";
  return " The ~ stands for the home folder only where a shell replaces it: leave the quotes away, "
         "or write the whole path.";
}

}  // namespace stepwise
