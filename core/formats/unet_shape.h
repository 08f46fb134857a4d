// The levels of a U-Net as plain numbers: what is built, counted and checked is what these say. No
// torch; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "formats/unet_config.h"

namespace stepwise {

enum class Rescale { kNone, kDown, kUp };  // Halves or doubles height and width inside the block.

struct ResnetShape {
  std::int64_t in = 0, out = 0;                // Channels.
  std::int64_t groups_in = 0, groups_out = 0;  // Of its two norms.
  double scale = 1;                            // The sum is divided by it.
  Rescale rescale = Rescale::kNone;
  bool filters = false;  // It rescales with a smooth filter and projects what it is added to.

  bool projects() const { return filters || in != out; }
};

struct AttentionShape {
  std::int64_t channels = 0;
  std::int64_t head_width = 0;
  std::int64_t groups = 0;  // Of the norm before; 0: there is none.
  double scale = 1;         // The sum is divided by it.

  std::int64_t heads() const { return channels / head_width; }
};

struct BlockShape {
  std::vector<ResnetShape> resnets;
  std::vector<AttentionShape> attentions;  // One after each resnet, one after the last, or none.
  std::optional<ResnetShape> rescaling;    // Inside a resnet,
  std::int64_t convolution = 0;            //   or with a convolution of so many channels; 0: none.
  std::int64_t image_channels = 0;  // Of the projection to or from the small picture that Skip
                                    //   blocks pass on beside the features; 0: there is none.
};

BlockShape down_shape(const UNet2DConfig& config, std::size_t level);
BlockShape mid_shape(const UNet2DConfig& config);
BlockShape up_shape(const UNet2DConfig& config, std::size_t block);  // Block 0 is the coarsest.

// Whether blocks of this type pass a small picture on beside the features (NCSN++).
bool passes_image(const std::string& block_type);

// Channels of that picture.
inline constexpr std::int64_t kImageChannels = 3;

// Groups of the norms of the mid block and of the output.
std::int64_t groups_of(const UNet2DConfig& config, std::int64_t channels);

}  // namespace stepwise
