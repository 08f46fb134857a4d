#include "data/more_pictures.h"

#include <algorithm>
#include <cmath>

#include "data/identity.h"
#include "data/picture_list.h"
#include "error.h"
#include "image/fit.h"
#include "image/picture_file.h"

namespace stepwise {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // Of a data set that can be copied.
constexpr std::size_t kMostPictures = 10000;

// The class whose folder a picture lies in.
int label_of(const std::string& path, const Dataset& data) {
  const std::size_t end = path.find('/');
  require(end != path.npos, "'", path, "' in '", data.source.more,
          "' lies in the folder of no class. Put it into one that is called as its class is.");
  return class_of(data.class_names, path.substr(0, end));
}

std::vector<SeenFile> files_in(const fs::path& folder) {
  std::error_code error;
  require(fs::is_directory(folder, error), "There is no folder '", folder.string(),
          "' of pictures to learn from.");
  PictureLister lister(folder);
  while (lister.step()) {
  }
  std::vector<SeenFile> files = lister.take().files;
  std::ranges::sort(files, {}, &SeenFile::path);
  return files;
}

// One after the other, as bytes of the data set's shape.
struct Read {
  std::vector<std::uint8_t> pixels, labels;
};

Read read_pictures(Dataset& data) {
  const fs::path folder = data.source.more;
  const std::vector<SeenFile> files = files_in(folder);
  require(files.size() <= kMostPictures, "There are ", files.size(), " pictures in '",
          folder.string(), "', and no more than ", kMostPictures,
          " can be learned from beside others. Train on that folder by itself.");
  const Pictures& like = data.train;
  const PictureFit fit{.background = usual_background(like.channels)};
  Read read;
  for (const SeenFile& file : files) {
    const int label = label_of(file.path, data);
    try {
      const PictureFile picture = open_picture(folder / file.path);
      const ByteImage bytes =
          to_bytes(fitted(picture.pixels, like.height, like.width, like.channels, fit));
      read.pixels.insert(read.pixels.end(), bytes.pixels.begin(), bytes.pixels.end());
      read.labels.push_back(std::uint8_t(label));
    } catch (const Error& e) {
      data.notes.push_back(text_of("It is left out: ", e.what()));
    }
  }
  require(!read.labels.empty(), "There are no pictures in '", folder.string(),
          "' that could be learned from. Put PNG, JPEG or WebP files into a folder there that is "
          "called as their class is.");
  return read;
}

// How often each is repeated to be that share of all.
std::size_t repeats_of(std::size_t more, std::size_t others, double share) {
  const double wanted = double(others) * share / (1 - share);
  return std::size_t(std::max(1.0, std::round(wanted / double(more))));
}

}  // namespace

void add_more_pictures(Dataset& data) {
  if (data.source.more.empty()) return;
  Pictures& train = data.train;
  require(train.channels == 1 || train.channels == 3, "Pictures of ", train.channels,
          " channels cannot be learned from beside others: files have 1 or 3.");
  require(train.pixels.size() <= kMostBytes, "'", data.name, "' has ", train.pixels.size() >> 20,
          " MiB of pictures. Others can be learned from beside at most ", kMostBytes >> 20,
          " MiB: train on a folder that holds both.");
  if (data.identity.empty()) data.identity = identity_of(data);
  const Read more = read_pictures(data);
  const std::size_t repeats =
      repeats_of(more.labels.size(), train.labels.size(), data.source.more_share);
  std::vector<std::uint8_t> pixels = train.pixels.copy();
  pixels.reserve(pixels.size() + repeats * more.pixels.size());
  for (std::size_t i = 0; i < repeats; ++i) {
    pixels.insert(pixels.end(), more.pixels.begin(), more.pixels.end());
    train.labels.insert(train.labels.end(), more.labels.begin(), more.labels.end());
  }
  train.pixels = std::move(pixels);
  train.count = int(train.labels.size());
  data.notes.push_back(text_of(more.labels.size(), " pictures of '", data.source.more,
                               "' are learned from too, each ", repeats, " times in an epoch."));
}

}  // namespace stepwise
