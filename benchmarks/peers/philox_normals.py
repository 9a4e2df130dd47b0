"""Standard normals from numpy's Philox generator, several draws of one length."""

from serve import serve


def prepare(length, draws):
    import numpy as np

    generator = np.random.Generator(np.random.Philox(0))

    def normals(dtype):
        out = np.empty(int(length), dtype)
        total = 0
        for _ in range(int(draws)):
            generator.standard_normal(out=out, dtype=dtype)
            total += out[0] ** 2 + out[-1] ** 2
        return total / int(draws) / 2

    return {
        "numpy Philox, float32": lambda: normals(np.float32),
        "numpy Philox, float64": lambda: normals(np.float64),
    }


serve(prepare)
