"""Tiny pipelines of diffusers, one for every scheduler class that it exports, and what diffusers samples with them.

usage: every-scheduler.py DIRECTORY

Writes DIRECTORY/<number>/, a pipeline each, and prints as JSON for each: its number, the class, the settings, and either the
samples of STEPS steps from torch's noise of seed 0 or why diffusers itself cannot sample an image with it.
"""

import inspect
import json
import sys
import warnings
from pathlib import Path

import diffusers
import torch

STEPS = 10
COUNT = 2
# Beside the defaults of every class.
MORE = {
    "DDPMScheduler": [{"variance_type": "fixed_large", "timestep_spacing": "trailing"}],
    "DDIMScheduler": [
        {
            "prediction_type": "v_prediction",
            "rescale_betas_zero_snr": True,
            "timestep_spacing": "trailing",
        }
    ],
    "DPMSolverMultistepScheduler": [
        {"algorithm_type": "sde-dpmsolver++", "use_karras_sigmas": True},
        {"use_flow_sigmas": True, "prediction_type": "flow_prediction"},
    ],
    "FlowMatchEulerDiscreteScheduler": [
        {"shift": 3.0},
        {"shift": 3.0, "shift_terminal": 0.1},
        {"use_karras_sigmas": True},
        {"use_exponential_sigmas": True},
        {"use_dynamic_shifting": True},
        {"stochastic_sampling": True},
    ],
    "EDMEulerScheduler": [{"sigma_max": 10.0, "prediction_type": "v_prediction"}],
}


def network():
    torch.manual_seed(1)
    return diffusers.UNet2DModel(
        sample_size=8,
        in_channels=1,
        out_channels=1,
        layers_per_block=1,
        block_out_channels=(8, 8),
        norm_num_groups=4,
        down_block_types=("DownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "UpBlock2D"),
        add_attention=False,
    ).eval()


@torch.no_grad()
def sampled(unet, scheduler):
    generator = torch.Generator().manual_seed(0)
    scheduler.set_timesteps(STEPS)
    x = torch.randn((COUNT, 1, 8, 8), generator=generator)
    factor = float(getattr(scheduler, "init_noise_sigma", 1))
    x = factor * x
    takes = inspect.signature(scheduler.step).parameters
    extra = {"generator": generator} if "generator" in takes else {}
    seen = None
    for t in scheduler.timesteps:
        shown = scheduler.scale_model_input(x, t) if hasattr(scheduler, "scale_model_input") else x
        seen = seen or float((shown / x).flatten()[0])
        x = scheduler.step(unet(shown, t).sample, t, x, **extra).prev_sample
    if not torch.isfinite(x).all():
        raise ValueError("not finite")
    return {"samples": x.flatten().tolist(), "initNoiseSigma": factor, "inputScale": seen}


def main(directory):
    names = [
        name
        for name in sorted(dir(diffusers))
        if name.endswith("Scheduler") and inspect.isclass(getattr(diffusers, name))
    ]
    rows = []
    for name in names:
        for settings in [{}, *MORE.get(name, [])]:
            row = {"number": len(rows), "className": name, "settings": settings, "saved": False}
            rows.append(row)
            try:
                unet = network()
                scheduler = getattr(diffusers, name)(**settings)
                at = Path(directory) / str(row["number"])
                diffusers.DDPMPipeline(unet, scheduler).save_pretrained(at)
                # DDPMPipeline makes its scheduler a DDIM one where it can.
                scheduler.save_pretrained(at / "scheduler")
                row["saved"] = True
                row |= sampled(unet, scheduler)
            except Exception as error:
                row["why"] = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    print(json.dumps({"version": diffusers.__version__, "steps": STEPS, "count": COUNT, "rows": rows}))


if __name__ == "__main__":
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    diffusers.utils.logging.set_verbosity_error()
    main(sys.argv[1])
