"""Mean distance of the first 2000 MNIST test images to the nearest of the 60,000 training images, from their bytes."""

from serve import serve


def prepare(train, test):
    import numpy as np
    from sklearn.neighbors import NearestNeighbors

    references, queries = (
        np.fromfile(file, np.uint8, offset=16).reshape(-1, 784) for file in (train, test)
    )

    def brute(dtype):
        near, far = (pixels.astype(dtype) / dtype(255) for pixels in (queries[:2000], references))
        found = NearestNeighbors(n_neighbors=5, algorithm="brute").fit(far)
        return found.kneighbors(near)[0][:, 0].mean()

    return {
        "sklearn brute, float32": lambda: brute(np.float32),
        "sklearn brute, float64": lambda: brute(np.float64),
    }


serve(prepare)
