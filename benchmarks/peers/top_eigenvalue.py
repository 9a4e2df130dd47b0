"""Λ of MNIST's 60,000 training images in the scale [0, 1], from their bytes."""

from serve import serve


def prepare(images):
    import numpy as np
    from scipy.sparse.linalg import LinearOperator, eigsh

    pixels = np.fromfile(images, np.uint8, offset=16).reshape(-1, 784)

    def full():
        covariance = np.cov(pixels / 255.0, rowvar=False, bias=True)
        return np.linalg.eigvalsh(covariance)[-1]

    def lanczos():
        centred = pixels / 255.0
        centred -= centred.mean(0)
        count = len(centred)
        times = LinearOperator(
            (784, 784), matvec=lambda v: centred.T @ (centred @ v) / count, dtype=float
        )
        return eigsh(times, k=1, return_eigenvectors=False)[0]

    return {"numpy cov + eigvalsh": full, "scipy eigsh, implicit": lanczos}


serve(prepare)
