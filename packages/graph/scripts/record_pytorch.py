"""Records what PyTorch computes, in double precision, for test/pytorch.test.ts: writes test/fixtures/pytorch.json.

Run as `python scripts/record_pytorch.py` in packages/graph, with torch installed (recorded with 2.13).
"""

import json
import math

import torch
from torch import nn
from torch.nn import functional as F
from train_step import UNet

torch.set_default_dtype(torch.float64)


def wave(*shape, salt=0.0, scale=1.0):
    """scale · sin(salt + 0.7 i): the same numbers on both sides without storing them."""
    n = math.prod(shape)
    return (scale * torch.sin(salt + 0.7 * torch.arange(n))).reshape(shape)


def with_gradients(f, **inputs):
    """f's value and the gradients of ⟨f, wave⟩ by each input."""
    inputs = {name: x.requires_grad_() for name, x in inputs.items()}
    y = f(**inputs)
    gradients = torch.autograd.grad((y * wave(*y.shape, salt=5)).sum(), list(inputs.values()))
    found = {"y": y, **{"d" + name: g for name, g in zip(inputs, gradients)}}
    return {name: [round(v, 12) for v in t.detach().flatten().tolist()] for name, t in found.items()}


def conv(x, filter, bias):
    top, left, bottom, right = 0, 1, 1, 0
    return F.conv2d(F.pad(x, (left, right, top, bottom)), filter, bias, stride=2)


def attention(q, k, v):
    return torch.softmax(q @ k.transpose(1, 2) / 2, dim=2) @ v


def unet():
    """Losses of three Adam steps, and of each gradient at the first its norm and its product with a wave."""
    model = UNet(base=8, image=1, groups=4)
    for k, p in enumerate(model.parameters()):
        p.data = wave(*p.shape, salt=k, scale=0.2) + (1.0 if p.dim() == 1 and k % 2 == 0 else 0.0)
    x, noise, t = wave(8, 1, 8, 8, salt=1), wave(8, 1, 8, 8, salt=2), 100.0 * torch.arange(8)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    losses, summary = [], {}
    for step in range(3):
        adam.zero_grad()
        loss = F.mse_loss(model(x, t), noise)
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            for name, p in model.named_parameters():
                summary[name] = [p.grad.norm().item(), (p.grad * wave(*p.shape, salt=3)).sum().item()]
        adam.step()
    return {"losses": losses, "gradients": summary}


def clipped_adam():
    """Three steps of a small classifier with clipping, Adam and an exponential moving average."""
    first, second = wave(6, 3, salt=1).requires_grad_(), wave(4, 6, salt=2).requires_grad_()
    x, labels = wave(5, 3, salt=3), torch.tensor([0, 3, 1, 1, 2])
    adam = torch.optim.Adam([first, second], lr=0.05)
    flat = lambda: torch.cat([first.detach().flatten(), second.detach().flatten()])
    average, norms = flat(), []
    for _ in range(3):
        adam.zero_grad()
        F.cross_entropy(torch.tanh(x @ first.T) @ second.T, labels).backward()
        norms.append(nn.utils.clip_grad_norm_([first, second], 0.3).item())
        adam.step()
        average = 0.9 * average + 0.1 * flat()
    return {"norms": norms, "parameters": flat().tolist(), "average": average.tolist()}


recorded = {
    "torch": torch.__version__,
    "conv": with_gradients(conv, x=wave(2, 3, 5, 6), filter=wave(4, 3, 3, 2, salt=1), bias=wave(4, salt=2)),
    "groupNorm": with_gradients(
        lambda x, scale, shift: F.group_norm(x, 2, scale, shift, 1e-5),
        x=wave(2, 4, 3, 2), scale=wave(4, salt=1), shift=wave(4, salt=2),
    ),
    "attention": with_gradients(attention, q=wave(2, 5, 4), k=wave(2, 5, 4, salt=1), v=wave(2, 5, 3, salt=2)),
    "gelu": with_gradients(F.gelu, input=wave(9, scale=3)),
    "unet": unet(),
    "clippedAdam": clipped_adam(),
}
with open("test/fixtures/pytorch.json", "w") as file:
    json.dump(recorded, file)
