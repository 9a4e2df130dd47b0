"""Tiny pipelines of diffusers, one for every scheduler class that it exports, and what diffusers samples with them.

usage: every-scheduler.py DIRECTORY

Writes DIRECTORY/<number>/, a pipeline each, and prints as JSON for each: its number, the class, the settings, and either the
samples of STEPS steps from torch's noise of seed 0 or why diffusers itself cannot sample an image with it.
"""

import functools
import inspect
import json
import sys
import warnings
from pathlib import Path

import diffusers
import torch

STEPS = 10
COUNT = 2
# Of 16 blobs, for each network.
BATCHES = 400
FLOW_SIGMAS = {"use_flow_sigmas": True, "prediction_type": "flow_prediction"}
THRESHOLDING = {"thresholding": True, "dynamic_thresholding_ratio": 0.9, "sample_max_value": 1.5}
SPACINGS = [
    {"timestep_spacing": "linspace"},
    {"timestep_spacing": "leading", "steps_offset": 1},
    {"timestep_spacing": "trailing"},
]
# Betas that are no rule's: even in their square root, so that the network meets the noise that it knows.
TRAINED_BETAS = (torch.linspace(0.01, 0.14, 1000, dtype=torch.float64) ** 2).tolist()
SIGMAS = [{"use_karras_sigmas": True}, {"use_exponential_sigmas": True}, {"use_beta_sigmas": True}]
# KDPM2 and Euler's ancestral class know no prediction of samples.
NO_SAMPLE = [{"trained_betas": TRAINED_BETAS}, {"prediction_type": "v_prediction"}, *SPACINGS]
CHAIN = [{"prediction_type": "sample"}, *NO_SAMPLE]
MULTISTEP = [
    *CHAIN,
    *SIGMAS,
    THRESHOLDING,
    FLOW_SIGMAS,
    FLOW_SIGMAS | {"flow_shift": 3.0},
]
# Beside the defaults of every class.
MORE = {
    "DDPMScheduler": [
        *CHAIN,
        THRESHOLDING,
        {"clip_sample_range": 0.5},
        {"clip_sample": False},
        {"variance_type": "fixed_large", "timestep_spacing": "trailing"},
    ],
    "DDIMScheduler": [
        *CHAIN,
        THRESHOLDING,
        {"clip_sample_range": 0.5},
        {"clip_sample": False},
        {"set_alpha_to_one": False},
        {
            "prediction_type": "v_prediction",
            "rescale_betas_zero_snr": True,
            "timestep_spacing": "trailing",
        },
    ],
    "PNDMScheduler": [
        {"trained_betas": TRAINED_BETAS},
        {"prediction_type": "v_prediction"},
        {"skip_prk_steps": True, "steps_offset": 1},
        *SPACINGS,
    ],
    "EulerDiscreteScheduler": [*CHAIN, *SIGMAS],
    "EulerAncestralDiscreteScheduler": NO_SAMPLE,
    "HeunDiscreteScheduler": [*CHAIN, *SIGMAS],
    "LMSDiscreteScheduler": [*CHAIN, *SIGMAS],
    "KDPM2DiscreteScheduler": [*NO_SAMPLE, *SIGMAS],
    "KDPM2AncestralDiscreteScheduler": [*NO_SAMPLE, *SIGMAS],
    "DPMSolverMultistepScheduler": [
        *MULTISTEP,
        {"algorithm_type": "sde-dpmsolver++", "use_karras_sigmas": True},
        FLOW_SIGMAS | {"algorithm_type": "sde-dpmsolver++", "solver_order": 3},
        FLOW_SIGMAS | {"final_sigmas_type": "sigma_min"},
        {"use_flow_sigmas": True},
    ],
    "DPMSolverSinglestepScheduler": [row for row in MULTISTEP if row not in SPACINGS],
    "DEISMultistepScheduler": MULTISTEP,
    "UniPCMultistepScheduler": [
        *MULTISTEP,
        FLOW_SIGMAS | {"flow_shift": 3.0, "shift_terminal": 0.1},
        FLOW_SIGMAS | {"final_sigmas_type": "sigma_min"},
    ],
    "EDMDPMSolverMultistepScheduler": [THRESHOLDING, {"sigma_schedule": "exponential"}],
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


def blobs(count):
    """A bright disc of random place on black, in [-1, 1]."""
    place = 2 + 3 * torch.rand(count, 2, 1, 1)
    axis = torch.arange(8.0)
    squared = (axis.view(1, 8, 1) - place[:, 0]) ** 2 + (axis.view(1, 1, 8) - place[:, 1]) ** 2
    return (2 * torch.exp(-squared / 4) - 1).unsqueeze(1)


def batch(kind, count=16):
    """What a network of a kind is shown, the timesteps it is told, and what it should say."""
    data, noise, u = blobs(count), torch.randn(count, 1, 8, 8), torch.rand(count)
    if kind == "edm":
        # Karras et al. 2022, table 1, with sigma_data 0.5 and sigma from 0.002 to 80.
        sigma = (0.002 * 40000**u).view(-1, 1, 1, 1)
        norm = (sigma**2 + 0.25).sqrt()
        x = data + sigma * noise
        return x / norm, sigma.log().flatten() / 4, (data - 0.25 / norm**2 * x) / (sigma * 0.5 / norm)
    if kind == "flow":
        sigma = u.view(-1, 1, 1, 1)
        return (1 - sigma) * data + sigma * noise, 1000 * u, noise - data
    if kind == "ipndm":
        sigma = torch.sin(u * torch.pi / 2) ** 2
        alpha = (1 - sigma**2).sqrt()
        t = torch.atan2(sigma, alpha) * 2 / torch.pi
    else:
        t = (1000 * u).long()
        alpha_bar = diffusers.DDPMScheduler().alphas_cumprod[t]
        alpha, sigma = alpha_bar.sqrt(), (1 - alpha_bar).sqrt()
    alpha, sigma = alpha.view(-1, 1, 1, 1), sigma.view(-1, 1, 1, 1)
    target = {"epsilon": noise, "sample": data}.get(kind, alpha * noise - sigma * data)
    return alpha * data + sigma * noise, t, target


@functools.cache
def network(kind):
    """A network that has learnt blobs, so that its samples stay near [-1, 1] as those of real ones do.

    Group norms forget how large x is, which epsilon in pure noise must know well: where alpha is 1/157, its error is
    magnified as much. A large norm_eps keeps them nearly linear.
    """
    torch.manual_seed(1)
    unet = diffusers.UNet2DModel(
        sample_size=8,
        in_channels=1,
        out_channels=1,
        layers_per_block=1,
        block_out_channels=(8, 8),
        norm_num_groups=4,
        norm_eps=100.0,
        down_block_types=("DownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "UpBlock2D"),
        add_attention=False,
    )
    optimizer = torch.optim.Adam(unet.parameters(), 2e-2)
    rate = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, BATCHES)
    for _ in range(BATCHES):
        x, t, target = batch(kind)
        loss = (unet(x, t).sample - target).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rate.step()
    return unet.eval()


def kind_of(name, settings):
    """What a pipeline with this scheduler has its network predict."""
    if name.startswith("EDM"):
        return "edm"
    if name.startswith("Flow") or settings.get("use_flow_sigmas"):
        return "flow"
    if name == "IPNDMScheduler":
        return "ipndm"
    return settings.get("prediction_type", "epsilon")


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
                unet = network(kind_of(name, settings))
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
