"""Writes tiny diffusers networks with recorded outputs to test/fixtures/diffusers.

    python scripts/diffusers-fixtures.py          # records the fixtures (diffusers 0.42.1, torch 2.13); then format them with biome
    python scripts/diffusers-fixtures.py check D...  # loads each directory, runs its network on D/example.json, prints outputs
"""

import json
import pathlib
import sys

import torch
from diffusers import DDIMScheduler, DDPMPipeline, DDPMScheduler, UNet2DModel

HERE = pathlib.Path(__file__).parent.parent / "test" / "fixtures" / "diffusers"

TINY = dict(
    sample_size=8,
    in_channels=1,
    out_channels=1,
    block_out_channels=(4, 8),
    layers_per_block=1,
    norm_num_groups=2,
    down_block_types=("DownBlock2D", "DownBlock2D"),
    up_block_types=("UpBlock2D", "UpBlock2D"),
    attention_head_dim=None,
)
ATTENTION = dict(
    down_block_types=("DownBlock2D", "AttnDownBlock2D"), up_block_types=("AttnUpBlock2D", "UpBlock2D")
)

NETWORKS = {
    "ddpm": dict(freq_shift=1, flip_sin_to_cos=False, downsample_padding=0, norm_eps=1e-6, dropout=0.1),
    "attention": dict(**ATTENTION, attention_head_dim=2, in_channels=3, out_channels=6),
    "classes": dict(num_class_embeds=3, act_fn="mish", sample_size=(8, 4)),
    "class-times": dict(class_embed_type="timestep", add_attention=False, act_fn="gelu"),
    "scale-shift": dict(resnet_time_scale_shift="scale_shift", mid_block_scale_factor=1.5, act_fn="relu"),
    "fourier": dict(
        time_embedding_type="fourier",
        down_block_types=("AttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "AttnUpBlock2D"),
        block_out_channels=(5, 10),
        norm_num_groups=5,
        center_input_sample=True,
    ),
    "odd-times": dict(block_out_channels=(5, 10), norm_num_groups=5, mid_block_type=None, time_embedding_dim=12),
    "resnet": dict(
        down_block_types=("ResnetDownsampleBlock2D", "AttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "AttnUpBlock2D", "ResnetUpsampleBlock2D"),
        block_out_channels=(4, 4, 8),
        downsample_type="resnet",
        upsample_type="resnet",
        layers_per_block=2,
        attn_norm_num_groups=4,
    ),
    "learned-times": dict(time_embedding_type="learned", num_train_timesteps=20),
}


def run(unet, example):
    shape = (-1, unet.config.in_channels, *size(unet))
    labels = example.get("labels")
    with torch.no_grad():
        out = unet(
            torch.tensor(example["sample"]).reshape(shape),
            torch.tensor(example["timestep"]),
            None if labels is None else torch.tensor(labels),
        ).sample
    return [float(v) for v in out.flatten()]


def size(unet):
    given = unet.config.sample_size
    return (given, given) if isinstance(given, int) else given


def record(name, changes):
    torch.manual_seed(len(name))
    unet = UNet2DModel(**{**TINY, **changes}).eval()
    with torch.no_grad():
        for parameter in unet.parameters():  # biases and norms that differ from 0 and 1 show what is mixed up
            if parameter.ndim == 1:
                parameter.add_(0.3 * torch.randn_like(parameter))
    scheduler = DDIMScheduler() if name == "attention" else DDPMScheduler(beta_schedule="squaredcos_cap_v2")
    directory = HERE / name
    DDPMPipeline(unet, scheduler).save_pretrained(directory)
    count = unet.config.in_channels * size(unet)[0] * size(unet)[1]
    labelled = unet.class_embedding is not None
    example = {
        "sample": [round(v, 4) for v in torch.randn(2 * count).tolist()],
        "timestep": [19.0, 3.0] if "learned" in name else [0.7, 31.0] if name == "fourier" else [999.0, 4.0],
        **({"labels": [2, 0]} if labelled else {}),
    }
    if "learned" in name:  # an embedding asks for integers
        example["timestep"] = [19, 3]
    example["output"] = run(unet, example)
    (directory / "example.json").write_text(json.dumps(example) + "\n")


def check(directory):
    pipeline = DDPMPipeline.from_pretrained(directory)
    example = json.loads((pathlib.Path(directory) / "example.json").read_text())
    return {"output": run(pipeline.unet.eval(), example), "scheduler": type(pipeline.scheduler).__name__}


if __name__ == "__main__":
    if sys.argv[1:2] == ["check"]:
        print(json.dumps([check(directory) for directory in sys.argv[2:]]))
    else:
        for name, changes in NETWORKS.items():
            record(name, changes)
