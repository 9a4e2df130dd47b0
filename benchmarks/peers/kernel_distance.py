"""KID of the first 10,000 MNIST images against the next 10,000, 20 subsets of 1000, from their bytes."""

from serve import serve


def prepare(images):
    import numpy as np

    pixels = np.fromfile(images, np.uint8, offset=16).reshape(-1, 784)

    def kid(dtype):
        x, y = (pixels[i : i + 10000].astype(dtype) / dtype(127.5) - dtype(1) for i in (0, 10000))
        draw = np.random.default_rng(0)
        n = 1000
        values = []
        for _ in range(20):
            p, q = (z[draw.choice(len(z), n, replace=False)] for z in (x, y))
            pp, qq, pq = ((a @ b.T / 784 + 1) ** 3 for a, b in ((p, p), (q, q), (p, q)))
            within = pp.sum() - np.trace(pp) + qq.sum() - np.trace(qq)
            values.append(within / (n * (n - 1)) - 2 * pq.mean())
        return float(np.mean(values))

    return {"numpy, float32": lambda: kid(np.float32), "numpy, float64": lambda: kid(np.float64)}


serve(prepare)
