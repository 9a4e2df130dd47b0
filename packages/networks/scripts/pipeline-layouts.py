"""One pipeline of diffusers saved in every way that diffusers has. usage: pipeline-layouts.py DIRECTORY"""

import shutil
import sys
from pathlib import Path

import diffusers
import torch
from diffusers.training_utils import EMAModel


def main(directory):
    torch.manual_seed(1)
    unet = diffusers.UNet2DModel(
        sample_size=8,
        in_channels=1,
        out_channels=1,
        layers_per_block=1,
        block_out_channels=(8, 8),
        norm_num_groups=4,
        down_block_types=("DownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "UpBlock2D"),
        add_attention=False,
    ).half()
    # Weights that half precision holds exactly, so that every layout has the same.
    unet = unet.float()
    # Its config has -Infinity.
    scheduler = diffusers.DPMSolverMultistepScheduler()
    pipeline = diffusers.DDPMPipeline(unet, scheduler)
    places = {name: directory / name for name in ("plain", "variant", "shards", "root", "pickle", "ema")}
    for name, place in places.items():
        pipeline.save_pretrained(place, safe_serialization=name != "pickle")
        scheduler.save_pretrained(place / "scheduler")
    shutil.rmtree(places["variant"] / "unet")
    diffusers.UNet2DModel.from_pretrained(places["plain"] / "unet").half().save_pretrained(
        places["variant"] / "unet", variant="fp16"
    )
    shutil.rmtree(places["shards"] / "unet")
    unet.save_pretrained(places["shards"] / "unet", max_shard_size="10KB")
    unet.save_pretrained(places["root"])
    scheduler.save_pretrained(places["root"])
    for name in ("unet", "scheduler"):
        shutil.rmtree(places["root"] / name)
    shutil.rmtree(places["ema"] / "unet")
    average = EMAModel(unet.parameters(), model_cls=diffusers.UNet2DModel, model_config=unet.config)
    average.save_pretrained(places["ema"] / "unet")


if __name__ == "__main__":
    diffusers.utils.logging.set_verbosity_error()
    main(Path(sys.argv[1]))
