"""The time that the same UNet2DModel takes in Python, for the benchmark table.

Computes what diffusers computes, layer by layer and with the same torch calls, on random weights. Prints one line of JSON:
seconds (medians) by task. Needs nothing but torch.
"""
import json
import math
import os
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

CHANNELS, LAYERS, SIDE, GROUPS, HEAD = (32, 64, 128), 2, 32, 32, 8
TIME = 4 * CHANNELS[0]


class Resnet(nn.Module):
    def __init__(self, before, after):
        super().__init__()
        self.norm1 = nn.GroupNorm(GROUPS, before, 1e-5)
        self.conv1 = nn.Conv2d(before, after, 3, padding=1)
        self.time_emb_proj = nn.Linear(TIME, after)
        self.norm2 = nn.GroupNorm(GROUPS, after, 1e-5)
        self.conv2 = nn.Conv2d(after, after, 3, padding=1)
        self.conv_shortcut = nn.Conv2d(before, after, 1) if before != after else None

    def forward(self, x, time_embedding):
        h = self.conv1(F.silu(self.norm1(x)))
        h = h + self.time_emb_proj(F.silu(time_embedding))[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return (self.conv_shortcut(x) if self.conv_shortcut else x) + h


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.heads = channels // HEAD
        self.group_norm = nn.GroupNorm(GROUPS, channels, 1e-5)
        self.to_q, self.to_k, self.to_v, self.to_out = (nn.Linear(channels, channels) for _ in range(4))

    def heads_of(self, x):
        batch, length, channels = x.shape
        x = x.reshape(batch, length, self.heads, channels // self.heads).permute(0, 2, 1, 3)
        return x.reshape(batch * self.heads, length, channels // self.heads)

    def forward(self, x):
        batch, channels, height, width = x.shape
        h = self.group_norm(x.view(batch, channels, -1)).transpose(1, 2)
        q, k, v = (self.heads_of(to(h)) for to in (self.to_q, self.to_k, self.to_v))
        empty = torch.empty(q.shape[0], q.shape[1], k.shape[1])
        scores = torch.baddbmm(empty, q, k.transpose(1, 2), beta=0, alpha=HEAD**-0.5)
        h = torch.bmm(scores.softmax(-1), v).reshape(batch, self.heads, height * width, HEAD)
        h = self.to_out(h.permute(0, 2, 1, 3).reshape(batch, height * width, channels))
        return h.transpose(1, 2).reshape(x.shape) + x


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        c = CHANNELS
        self.time = nn.Sequential(nn.Linear(c[0], TIME), nn.SiLU(), nn.Linear(TIME, TIME))
        self.conv_in = nn.Conv2d(1, c[0], 3, padding=1)
        self.down, self.down_conv = nn.ModuleList(), nn.ModuleList()
        skips = [c[0]]
        for level, own in enumerate(c):
            before = c[max(level - 1, 0)]
            self.down.append(nn.ModuleList(Resnet(before if i == 0 else own, own) for i in range(LAYERS)))
            skips += LAYERS * [own]
            if level + 1 < len(c):
                self.down_conv.append(nn.Conv2d(own, own, 3, stride=2, padding=1))
                skips.append(own)
        self.mid = nn.ModuleList([Resnet(c[-1], c[-1]), Attention(c[-1]), Resnet(c[-1], c[-1])])
        self.up, self.up_conv = nn.ModuleList(), nn.ModuleList()
        before = c[-1]
        for level in reversed(range(len(c))):
            block = nn.ModuleList()
            for _ in range(LAYERS + 1):
                block.append(Resnet(before + skips.pop(), c[level]))
                before = c[level]
            self.up.append(block)
            if level > 0:
                self.up_conv.append(nn.Conv2d(c[level], c[level], 3, padding=1))
        self.norm_out = nn.GroupNorm(GROUPS, c[0], 1e-5)
        self.conv_out = nn.Conv2d(c[0], 1, 3, padding=1)

    def forward(self, x, timestep):
        half = CHANNELS[0] // 2
        frequencies = torch.exp(-math.log(10000) * torch.arange(half, dtype=torch.float32) / half)
        angles = timestep[:, None].float() * frequencies[None]
        e = self.time(torch.cat([angles.cos(), angles.sin()], -1))
        h = self.conv_in(x)
        skips = [h]
        for level, block in enumerate(self.down):
            for resnet in block:
                h = resnet(h, e)
                skips.append(h)
            if level < len(self.down_conv):
                h = self.down_conv[level](h)
                skips.append(h)
        h = self.mid[2](self.mid[1](self.mid[0](h, e)), e)
        for level, block in enumerate(self.up):
            for resnet in block:
                h = resnet(torch.cat([h, skips.pop()], 1), e)
            if level < len(self.up_conv):
                h = self.up_conv[level](F.interpolate(h, scale_factor=2.0, mode="nearest"))
        return self.conv_out(F.silu(self.norm_out(h)))


def median_seconds(work, repeats=7):
    work(), work()
    seconds = []
    while len(seconds) < repeats or sum(seconds) < 0.5:
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def ddim(net, steps=10):
    alphas = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000), 0)
    x = torch.randn(1, 1, SIDE, SIDE)
    for step in reversed(range(steps)):
        t = step * 1000 // steps
        alpha, before = alphas[t], alphas[t - 1000 // steps] if step else torch.tensor(1.0)
        noise = net(x, torch.tensor([t]))
        clean = ((x - (1 - alpha).sqrt() * noise) / alpha.sqrt()).clamp(-1, 1)
        x = before.sqrt() * clean + (1 - before).sqrt() * noise
    return x


def main():
    torch.set_num_threads(os.cpu_count())  # Debian's torch starts with one.
    torch.manual_seed(1)
    net = UNet()
    figures = {"parameters": sum(p.numel() for p in net.parameters())}
    with torch.no_grad():
        for batch in (1, 16, 64):
            x, t = torch.randn(batch, 1, SIDE, SIDE), torch.randint(1000, (batch,))
            figures[f"forward {batch}"] = median_seconds(lambda: net(x, t))
        figures["ddim"] = median_seconds(lambda: ddim(net))
    optimiser = torch.optim.AdamW(net.parameters(), 1e-4)

    def training_step():
        clean, noise = torch.randn(64, 1, SIDE, SIDE), torch.randn(64, 1, SIDE, SIDE)
        loss = F.mse_loss(net(clean + noise, torch.randint(1000, (64,))), noise)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()

    figures["training step"] = median_seconds(training_step, 3)
    print(json.dumps(figures))


main()
