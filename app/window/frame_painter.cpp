#include "window/frame_painter.h"

#include <epoxy/gl.h>
#include <imgui/backends/imgui_impl_opengl3.h>

#include <vector>

#include "widgets/theme.h"

namespace stepwise::app {
namespace {

// Whatever is drawn leaves the pixels outside of the area alone.
void keep_within(ImDrawData& frame, const Area& area) {
  for (int i = 0; i < frame.CmdListsCount; ++i)
    for (ImDrawCmd& command : frame.CmdLists[i]->CmdBuffer) {
      const Area clip = common(clip_of(command, frame), area);
      const ImVec2 at = frame.DisplayPos;
      command.ClipRect = {at.x + float(clip.left), at.y + float(clip.top), at.x + float(clip.right),
                          at.y + float(clip.bottom)};
    }
}

std::vector<ImVec4> clips_of(const ImDrawData& frame) {
  std::vector<ImVec4> clips;
  for (int i = 0; i < frame.CmdListsCount; ++i)
    for (const ImDrawCmd& command : frame.CmdLists[i]->CmdBuffer) clips.push_back(command.ClipRect);
  return clips;
}

void set_clips(ImDrawData& frame, const std::vector<ImVec4>& clips) {
  auto clip = clips.begin();
  for (int i = 0; i < frame.CmdListsCount; ++i)
    for (ImDrawCmd& command : frame.CmdLists[i]->CmdBuffer) command.ClipRect = *clip++;
}

void clear(const Area& area, int height) {
  const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(colors.panel);
  glClearColor(ground.x, ground.y, ground.z, 1);
  glEnable(GL_SCISSOR_TEST);
  glScissor(area.left, height - area.bottom, area.right - area.left, area.bottom - area.top);
  glClear(GL_COLOR_BUFFER_BIT);
  glDisable(GL_SCISSOR_TEST);
}

}  // namespace

bool FramePainter::draw(ImDrawData& frame, const GlPictureRenderer& pictures, bool kept) {
  const std::vector<Area> areas = changes_.since_last(frame, pictures);
  if (areas.empty()) return false;
  const int width = int(frame.DisplaySize.x * frame.FramebufferScale.x);
  const int height = int(frame.DisplaySize.y * frame.FramebufferScale.y);
  if (!kept || frame.FramebufferScale.x != 1 || frame.FramebufferScale.y != 1) {
    clear({0, 0, width, height}, height);
    ImGui_ImplOpenGL3_RenderDrawData(&frame);
    return true;
  }
  const std::vector<ImVec4> clips = clips_of(frame);
  for (const Area& area : areas) {
    clear(area, height);
    keep_within(frame, area);
    ImGui_ImplOpenGL3_RenderDrawData(&frame);
    set_clips(frame, clips);
  }
  return true;
}

}  // namespace stepwise::app
