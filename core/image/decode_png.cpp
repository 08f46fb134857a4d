#include <spng.h>

#include <memory>
#include <vector>

#include "error.h"
#include "image/decoders.h"
#include "image/png.h"

namespace stepwise {
namespace {

constexpr std::size_t kMaxChunk = std::size_t{4} << 20;   // Bytes of a text, unpacked,
constexpr std::size_t kMaxChunks = std::size_t{8} << 20;  //   and of all that is not pixels.
constexpr std::uint64_t kMostDeflated = 1032 * 8;         // Pixels that a byte can stand for.

using Context = std::unique_ptr<spng_ctx, decltype(&spng_ctx_free)>;

void check(int result, const char* what) {
  require(result == 0, "it is damaged or cut short (", what, ": ", spng_strerror(result), ").");
}

std::string recipe_in(spng_ctx* context) {
  std::uint32_t count = 0;
  if (spng_get_text(context, nullptr, &count) != 0) return "";
  std::vector<spng_text> texts(count);
  if (spng_get_text(context, texts.data(), &count) != 0) return "";
  for (const spng_text& text : texts)
    if (std::string_view(text.keyword) == kRecipeKeyword) return {text.text, text.length};
  return "";
}

}  // namespace

PictureFile decode_png(std::string_view bytes) {
  const Context context(spng_ctx_new(0), spng_ctx_free);
  require(context != nullptr, "there is no memory left.");
  check(spng_set_chunk_limits(context.get(), kMaxChunk, kMaxChunks), "limits");
  check(spng_set_png_buffer(context.get(), bytes.data(), bytes.size()), "file");
  spng_ihdr header{};
  check(spng_get_ihdr(context.get(), &header), "header");
  require(std::uint64_t(header.width) * header.height / kMostDeflated <= bytes.size(), "its ",
          bytes.size(), " bytes cannot hold the ", header.width, " x ", header.height,
          " pixels that it says it has.");
  PictureFile file;
  file.pixels = room_for(header.height, header.width);
  check(spng_decode_image(context.get(), file.pixels.pixels.data(), file.pixels.pixels.size(),
                          SPNG_FMT_RGBA8, SPNG_DECODE_TRNS),
        "pixels");
  file.recipe = recipe_in(context.get());
  return file;
}

}  // namespace stepwise
