"""Mean distance of 10,000 MNIST images to the nearest of 10,000 others, from their bytes."""

from serve import serve


def prepare(images):
    import numpy as np
    from sklearn.neighbors import NearestNeighbors

    pixels = np.fromfile(images, np.uint8, offset=16).reshape(-1, 784)

    def brute(dtype):
        queries = pixels[:10000].astype(dtype) / dtype(255)
        references = pixels[10000:20000].astype(dtype) / dtype(255)
        found = NearestNeighbors(n_neighbors=5, algorithm="brute").fit(references)
        return found.kneighbors(queries)[0][:, 0].mean()

    return {
        "sklearn brute, float32": lambda: brute(np.float32),
        "sklearn brute, float64": lambda: brute(np.float64),
    }


serve(prepare)
