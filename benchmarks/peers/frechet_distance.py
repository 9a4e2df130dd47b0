"""Fréchet distance of two sets of features F(n, d)[i, j] = sin(a(i+1)(j+1) + 0.11 j), a = 0.37 and 0.53."""

from serve import serve


def prepare(count, size):
    import numpy as np
    from scipy.linalg import sqrtm

    i = np.arange(int(count))[:, None]
    j = np.arange(int(size))[None]
    x, y = (np.sin(a * (i + 1) * (j + 1) + 0.11 * j) for a in (0.37, 0.53))

    def frechet():
        p, q = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
        shift = ((x.mean(0) - y.mean(0)) ** 2).sum()
        return shift + np.trace(p) + np.trace(q) - 2 * np.trace(sqrtm(p @ q)).real

    return {"numpy cov + scipy sqrtm": frechet}


serve(prepare)
