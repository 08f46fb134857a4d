#include "window/fonts.h"

#include <imgui.h>

#include <filesystem>

#include "widgets/theme.h"

namespace stepwise::app {
namespace {

struct Family {
  const char *regular, *semibold;
};
constexpr Family kFamilies[] = {
    {"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
     "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf"},
    {"/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
     "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
     "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"},
};

// Latin, Greek (for sigma), punctuation, arrows, and the minus sign.
constexpr ImWchar kGlyphs[] = {0x20,   0xFF,   0x391,  0x3C9,  0x2010, 0x2026,
                               0x2190, 0x2193, 0x2212, 0x2212, 0};

}  // namespace

void load_fonts(double scale) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  const auto exists = [](const char* path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path, error);
  };
  const Family* family = nullptr;
  for (const Family& each : kFamilies)
    if (!family && exists(each.regular) && exists(each.semibold)) family = &each;
  for (const Font which : {Font::kBody, Font::kCaption, Font::kHeading, Font::kTitle}) {
    ImFontConfig config;
    config.SizePixels = float(int(kFontSizes[int(which)] * scale + 0.5));
    config.OversampleH = scale < 1.5 ? 3 : 2;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    const bool heavy = which == Font::kHeading || which == Font::kTitle;
    if (!family) {
      atlas.AddFontDefault(&config);
    } else {
      atlas.AddFontFromFileTTF(heavy ? family->semibold : family->regular, config.SizePixels,
                               &config, kGlyphs);
    }
  }
  atlas.Build();
}

}  // namespace stepwise::app
