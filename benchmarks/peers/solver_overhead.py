"""Runs of diffusers' schedulers with a prepared network output, in tensors of float32; one round is `runs` runs of 10 steps."""

import json
from functools import partial

from serve import serve


def prepare(cases, shapes, threads, runs):
    import time

    import diffusers
    import torch

    torch.set_num_threads(int(threads))

    def wave(shape, frequency):
        length = torch.Size(shape).numel()
        values = torch.sin(frequency * torch.arange(length, dtype=torch.float64))
        return values.float().reshape(shape)

    def task(case, shape):
        config = dict(case["config"])
        scheduler = getattr(diffusers, config.pop("_class_name")).from_config(config)
        output, given = wave(shape, 0.53), wave(shape, 0.71)
        noise = {"variance_noise": given} if case.get("givenNoise") else {}
        scheduler.set_timesteps(10)
        start = wave(shape, 0.37) * scheduler.init_noise_sigma
        seconds = 0
        for _ in range(int(runs)):
            scheduler.set_timesteps(10)
            x = start
            begin = time.perf_counter()
            with torch.no_grad():
                for t in scheduler.timesteps:
                    scheduler.scale_model_input(x, t)
                    x = scheduler.step(output, t, x, **case.get("arguments", {}), **noise).prev_sample
            seconds += time.perf_counter() - begin
        return x.double().square().mean(), seconds / int(runs) / 10

    return {
        f"{case['name']} {shape}": partial(task, case, shape)
        for case in json.loads(cases)
        for shape in json.loads(shapes)
    }


serve(prepare)
