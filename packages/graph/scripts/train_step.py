"""The benchmark's U-Net in PyTorch: one Adam step for every line on stdin, its milliseconds on stdout.

Started by train-step.ts, and by trainer's benchmark, which may name a device after the numbers. The first line on stdout
is the number of parameters. Wants torch; OMP_WAIT_POLICY=PASSIVE.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, cin, cout, time, groups=8):
        super().__init__()
        self.norm1, self.conv1 = nn.GroupNorm(groups, cin), nn.Conv2d(cin, cout, 3, padding=1)
        self.time = nn.Linear(time, cout)
        self.norm2, self.conv2 = nn.GroupNorm(groups, cout), nn.Conv2d(cout, cout, 3, padding=1)
        self.skip = nn.Conv2d(cin, cout, 1) if cin != cout else nn.Identity()

    def forward(self, x, t):
        h = self.conv1(F.silu(self.norm1(x))) + self.time(F.silu(t))[:, :, None, None]
        return self.skip(x) + self.conv2(F.silu(self.norm2(h)))


class Attention(nn.Module):
    def __init__(self, c, groups=8):
        super().__init__()
        self.norm, self.qkv, self.out = nn.GroupNorm(groups, c), nn.Linear(c, 3 * c), nn.Linear(c, c)

    def forward(self, x):
        n, c, h, w = x.shape
        q, k, v = self.qkv(self.norm(x).reshape(n, c, h * w).transpose(1, 2)).split(c, dim=2)
        a = torch.softmax(q @ k.transpose(1, 2) * c**-0.5, dim=2)
        return x + self.out(a @ v).transpose(1, 2).reshape(n, c, h, w)


class UNet(nn.Module):
    def __init__(self, base=32, image=1, groups=8):
        super().__init__()
        a, b, c, time = base, 2 * base, 4 * base, 4 * base
        self.base = base
        self.time1, self.time2 = nn.Linear(base, time), nn.Linear(time, time)
        self.first = nn.Conv2d(image, a, 3, padding=1)
        self.down1, self.shrink1 = Block(a, a, time, groups), nn.Conv2d(a, a, 3, stride=2, padding=1)
        self.down2, self.shrink2 = Block(a, b, time, groups), nn.Conv2d(b, b, 3, stride=2, padding=1)
        self.down3, self.attention, self.middle = Block(b, c, time, groups), Attention(c, groups), Block(c, c, time, groups)
        self.up2, self.grow2 = Block(c + b, b, time, groups), nn.Conv2d(b, b, 3, padding=1)
        self.up1 = Block(b + a, a, time, groups)
        self.norm, self.last = nn.GroupNorm(groups, a), nn.Conv2d(a, image, 3, padding=1)

    def forward(self, x, t):
        frequencies = torch.exp(-torch.arange(self.base // 2, dtype=t.dtype) * (9.210340371976184 / (self.base // 2)))
        angles = t[:, None] * frequencies
        time = self.time2(F.silu(self.time1(torch.cat([angles.sin(), angles.cos()], 1))))
        h1 = self.down1(self.first(x), time)
        h2 = self.down2(self.shrink1(h1), time)
        h = self.middle(self.attention(self.down3(self.shrink2(h2), time)), time)
        h = self.up2(torch.cat([F.interpolate(h, scale_factor=2), h2], 1), time)
        h = self.up1(torch.cat([F.interpolate(self.grow2(h), scale_factor=2), h1], 1), time)
        return self.last(F.silu(self.norm(h)))


def main(batch=32, threads=2, base=32, image=1, size=28, device="cpu"):
    torch.set_num_threads(threads)
    torch.set_default_device(device)
    # As the other engines do on a GPU: products in TF32, like convolutions.
    torch.backends.cuda.matmul.allow_tf32 = True
    torch.manual_seed(0)
    model = UNet(base, image)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    x, noise = torch.randn(batch, image, size, size), torch.randn(batch, image, size, size)
    t = torch.randint(1000, (batch,)).float()
    print(sum(p.numel() for p in model.parameters()), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        adam.zero_grad()
        loss = F.mse_loss(model(x, t), noise)
        loss.backward()
        adam.step()
        loss.item()
        print(1000 * (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:6]), *sys.argv[6:])
