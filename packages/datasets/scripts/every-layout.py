"""The layouts that people have their data in, each written by the tool that writes it.

usage: every-layout.py DIRECTORY

Writes each below DIRECTORY and prints as JSON what should be read of it: the row of the table that it belongs to, its path, options of
`loadDataset`, and either the samples (channels first), their shape, labels and class names, or what the refusal must say; and what
must be noted on the way. The expectations are computed here, by the tools themselves, not by the readers that they test.
"""

import gzip
import json
import pickle
import struct
import sys
import zipfile
from pathlib import Path

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.io
from PIL import Image, __version__ as pillow

ROOT = Path(sys.argv[1])
RNG = np.random.default_rng(0)
ROWS = []
GREY = RNG.integers(0, 256, (6, 5, 4), dtype=np.uint8)
RGB = RNG.integers(0, 256, (6, 5, 4, 3), dtype=np.uint8)
LABELS = np.array([1, 0, 2, 1, 0, 2])


def row(group, layout, path, values=None, *, options=None, labels=None, names=None, refused=None, says=None, ignored=None, tolerance=0, shape=None):
    """One row: `values` are images (N, H, W) or (N, C, H, W), or rows of numbers (N, d)."""
    found = None
    if values is not None:
        values = np.asarray(values)
        if values.ndim == 3:
            values = values[:, None]
        found = {"count": len(values), "shape": list(shape or values.shape[1:]), "values": values.astype(float).ravel().tolist()}
    ROWS.append(
        {
            "group": group, "layout": layout, "path": str(path.relative_to(ROOT)), "options": options or {}, "found": found,
            "labels": None if labels is None else [int(k) for k in labels], "names": names, "refused": refused, "says": says,
            "ignored": ignored, "tolerance": tolerance,
        }
    )


def at(*parts):
    path = ROOT.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def nchw(images):
    return images.transpose(0, 3, 1, 2)


# --- numpy ---------------------------------------------------------------------------------------------------------------------

def numpy_rows():
    g = "NumPy"

    def npy(layout, name, array, values=None, **more):
        path = at("npy", f"{name}.npy")
        np.save(path, array, allow_pickle=array.dtype == object)
        row(g, layout, path, values, **more)

    npy("uint8, N×H×W", "grey", GREY, GREY)
    npy("uint8, N×H×W×3", "rgb", RGB, nchw(RGB))
    npy("uint8, N×3×H×W", "chw", nchw(RGB), nchw(RGB))
    npy("uint8, Fortran order", "fortran", np.asfortranarray(RGB), nchw(RGB))
    for kind in ["int8", "uint16", "int16", "uint32", "int32", "uint64", "int64"]:
        small = GREY // 2
        npy(f"{kind} of 0 to 255", kind, small.astype(kind), small)
    npy("int64, big-endian", "big", GREY.astype(">i8"), GREY)
    npy("bool", "bool", GREY > 127, (GREY > 127) * 255)
    npy("float32 of k/255", "unit", GREY.astype(np.float32) / 255, GREY)
    npy("float64 of k/127.5 − 1", "symmetric", GREY / 127.5 - 1, GREY)
    npy("float16 of k/255", "half", (GREY / 255).astype(np.float16), GREY)
    npy("float32 of 0 to 255", "bytes-as-floats", GREY.astype(np.float32), GREY)
    points = RNG.normal(size=(7, 2))
    npy("2-D points, float64 N×2", "points", points, points, shape=[2])
    latents = RNG.normal(size=(3, 4, 16, 16)).astype(np.float32)
    npy("latents, float32 N×4×16×16", "latents", latents, latents)
    features = RNG.normal(size=(4, 9)).astype(np.float32)
    npy("features, float32 N×9", "features", features, features, shape=[9])
    volumes = RNG.normal(size=(2, 3, 4, 5, 6)).astype(np.float32)
    npy("volumes, float32 of five axes", "volumes", volumes, refused="2, 3 or 4 dimensions")
    npy("uint16 above 255", "deep", GREY.astype(np.uint16) * 200, refused="range")
    npy("the same, with a range", "deep-range", GREY.astype(np.uint16) * 200, GREY, options={"range": [0, 51000]})
    npy("complex64", "complex", GREY.astype(np.complex64), refused="c8")
    npy("structured", "structured", np.zeros(3, dtype=[("x", "f4"), ("y", "i2")]), refused="structured")
    npy("objects, which are pickles", "objects", np.array([GREY[0], "a"], dtype=object), refused="pickle")
    npy("strings", "strings", np.array(["a", "bc"]), refused="<U2")
    npy("NaN", "nan", np.array([[1.0, np.nan]]), refused="NaN")
    npy("no samples", "empty", np.zeros((0, 4, 4), np.uint8), refused="at least one image")
    npy("a single number", "scalar", np.float64(3), refused="dimensions")

    def npz(layout, name, arrays, values=None, compressed=False, **more):
        path = at("npz", f"{name}.npz")
        (np.savez_compressed if compressed else np.savez)(path, **arrays)
        row(g, layout, path, values, **more)

    npz("npz: x_train, y_train, x_test, y_test", "keras", {"x_train": RGB, "y_train": LABELS, "x_test": RGB[:2], "y_test": LABELS[:2]}, nchw(RGB), labels=LABELS, compressed=True)
    npz("the same, test", "keras2", {"x_train": RGB, "y_train": LABELS, "x_test": RGB[:2], "y_test": LABELS[:2]}, nchw(RGB[:2]), labels=LABELS[:2], options={"split": "test"})
    npz("npz: train_images … val_labels (MedMNIST, N×1 labels)", "medmnist", {f"{s}_{k}": v for s in ("train", "val", "test") for k, v in (("images", GREY), ("labels", LABELS[:, None]))}, GREY, labels=LABELS, options={"split": "val"})
    npz("npz: images and labels that are strings", "strings", {"images": GREY, "labels": np.array(["eel", "cat", "dog", "eel", "cat", "dog"])}, GREY, labels=[2, 0, 1, 2, 0, 1], names=["cat", "dog", "eel"])
    npz("npz: one-hot labels", "one-hot", {"images": GREY, "labels": np.eye(3)[LABELS]}, GREY, labels=LABELS)
    npz("npz: labels of −1 and 1", "signs", {"images": GREY, "labels": np.array([1, -1, 1, -1, 1, 1])}, GREY, labels=[1, 0, 1, 0, 1, 1], names=["-1", "1"])
    npz("npz: labels that are truths", "truths", {"images": GREY, "labels": np.array([True, False] * 3)}, GREY, labels=[1, 0] * 3, names=["false", "true"])
    npz("npz: labels that are floats of whole numbers", "floats", {"images": GREY, "labels": LABELS.astype(np.float32)}, GREY, labels=LABELS)
    npz("npz: labels that are real numbers", "targets", {"images": GREY, "labels": np.array([0.5, 1.5, 2.25, 3, 4, 5])}, GREY, says="labels were left out")
    npz("npz: labels that are bytes", "bytes", {"images": GREY, "labels": np.array([b"b", b"a", b"b", b"a", b"a", b"a"])}, GREY, labels=[1, 0, 1, 0, 0, 0], names=["a", "b"])
    npz("npz: several labels a sample", "attributes", {"images": GREY, "labels": RNG.integers(0, 2, (6, 40))}, GREY, says="labels were left out")
    npz("npz: as many labels as images, less one", "short", {"images": GREY, "labels": LABELS[:5]}, refused="6 labels")
    npz("npz: an array by its only name", "only", {"faces": GREY}, GREY)
    npz("npz: further arrays beside images", "further", {"images": GREY, "ids": np.arange(6), "meta": np.array({"a": 1}, dtype=object)}, GREY, says="ids, meta")
    npz("npz: names that say nothing", "nameless", {"foo": GREY, "bar": GREY}, refused="foo, bar")
    npz("npz: arr_0 and arr_1", "positional", {"arr_0": GREY, "arr_1": LABELS}, GREY, labels=LABELS)
    torch_like = at("npz", "weights.pt")
    with zipfile.ZipFile(torch_like, "w") as z:
        z.writestr("archive/data.pkl", b"\x80\x02}q\x00.")
    row("Other tools", "torch.save (.pt)", torch_like, refused="torch.save")


# --- idx and CIFAR as torchvision lays them -----------------------------------------------------------------------------------

def idx(array):
    code = {np.dtype("uint8"): 8}[array.dtype]
    return struct.pack(">BBBB", 0, 0, code, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def torchvision_rows():
    g = "torchvision"
    labels = LABELS.astype(np.uint8)
    for split, prefix in (("train", "train"), ("test", "t10k")):
        for folder, zipped in (("mnist/MNIST/raw", False), ("mnist-gz/MNIST/raw", True), ("kmnist/KMNIST/raw", False), ("fashion/FashionMNIST/raw", False)):
            for what, array in (("images-idx3", GREY), ("labels-idx1", labels)):
                data = idx(array)
                path = at(folder, f"{prefix}-{what}-ubyte" + (".gz" if zipped else ""))
                path.write_bytes(gzip.compress(data) if zipped else data)
    for name in ("mnist", "mnist-gz", "kmnist", "fashion"):
        row(g, f"root of {name.split('-')[0].upper()}{' (.gz)' if 'gz' in name else ''}: raw/…-idx3-ubyte", at(name), GREY, labels=LABELS)
    for kind in ("balanced", "letters", "digits"):
        for split in ("train", "test"):
            for what, array in (("images-idx3", GREY.transpose(0, 2, 1)), ("labels-idx1", labels)):
                at("emnist/EMNIST/raw", f"emnist-{kind}-{split}-{what}-ubyte").write_bytes(idx(np.ascontiguousarray(array)))
    row(g, "root of EMNIST: several sets in one folder", at("emnist"), refused="balanced-train-images-idx3-ubyte")
    path = at("emnist/EMNIST/raw", "emnist-letters-train-images-idx3-ubyte")
    row(g, "one file of EMNIST, whose labels lie beside it (its images stand on their side, as published)", path, GREY.transpose(0, 2, 1), labels=LABELS)

    images = RNG.integers(0, 256, (10, 3, 32, 32), dtype=np.uint8)
    y = np.arange(10) % 10
    for n in range(1, 6):
        part = images[2 * (n - 1) : 2 * n]
        records = b"".join(bytes([k]) + x.tobytes() for k, x in zip(y[2 * (n - 1) : 2 * n], part))
        at("cifar/cifar-10-batches-bin", f"data_batch_{n}.bin").write_bytes(records)
        with open(at("cifar-py/cifar-10-batches-py", f"data_batch_{n}"), "wb") as f:
            pickle.dump({b"data": part.reshape(2, -1), b"labels": [0, 1]}, f)
    at("cifar/cifar-10-batches-bin", "test_batch.bin").write_bytes(bytes([3]) + images[0].tobytes())
    with open(at("cifar-py/cifar-10-batches-py", "batches.meta"), "wb") as f:
        pickle.dump({b"label_names": []}, f)
    names = "airplane automobile bird cat deer dog frog horse ship truck".split()
    row(g, "cifar-10-batches-bin", at("cifar"), images, labels=y, names=names)
    row(g, "cifar-10-batches-py", at("cifar-py"), refused="Python version")
    row(g, "the folder cifar-10-batches-py itself", at("cifar-py/cifar-10-batches-py"), refused="Python version")
    with open(at("cifar100/cifar-100-python", "train"), "wb") as f:
        pickle.dump({}, f)
    with open(at("cifar100/cifar-100-python", "meta"), "wb") as f:
        pickle.dump({}, f)
    row(g, "cifar-100-python", at("cifar100"), refused="Python version")
    fine = images[:4]
    at("cifar100b/cifar-100-binary", "train.bin").write_bytes(b"".join(bytes([k, 5 * k]) + x.tobytes() for k, x in enumerate(fine)))
    at("cifar100b/cifar-100-binary", "test.bin").write_bytes(bytes([1, 7]) + images[5].tobytes())
    at("cifar100b/cifar-100-binary", "fine_label_names.txt").write_text("\n".join(f"fine{k}" for k in range(100)) + "\n")
    at("cifar100b/cifar-100-binary", "coarse_label_names.txt").write_text("\n".join(f"coarse{k}" for k in range(20)) + "\n")
    row(g, "cifar-100-binary, by its fine labels", at("cifar100b"), fine, labels=[0, 5, 10, 15], names=[f"fine{k}" for k in range(100)])
    scipy.io.savemat(at("svhn", "train_32x32.mat"), {"X": images.transpose(2, 3, 1, 0), "y": np.array(y)[:, None]})
    row(g, "SVHN: train_32x32.mat", at("svhn"), refused="MATLAB")
    stl = RNG.integers(0, 256, (2, 3, 96, 96), dtype=np.uint8)
    at("stl/stl10_binary", "train_X.bin").write_bytes(stl.transpose(0, 1, 3, 2).tobytes())
    at("stl/stl10_binary", "train_y.bin").write_bytes(bytes([1, 10]))
    at("stl/stl10_binary", "class_names.txt").write_text("airplane\nbird\ncar\ncat\ndeer\ndog\nhorse\nmonkey\nship\ntruck\n")
    row(g, "stl10_binary", at("stl"), refused="STL-10")
    for n in range(3):
        Image.fromarray(RGB[n]).save(at("celeba/celeba/img_align_celeba", f"00000{n + 1}.png"))
    at("celeba/celeba", "list_attr_celeba.txt").write_text("3\nSmiling Young\n000001.png -1 1\n000002.png 1 1\n000003.png -1 -1\n")
    row(g, "CelebA: img_align_celeba beside list_attr_celeba.txt", at("celeba"), nchw(RGB[:3]), labels=[0, 0, 0], names=["img_align_celeba"], ignored={".txt": 1}, says="celeba holds everything")


# --- Pillow -------------------------------------------------------------------------------------------------------------------

def pillow_rows():
    g = "Pillow"

    def one(layout, folder, file, image, values, tolerance=0, **more):
        path = at("pillow", folder, file)
        save = more.pop("save", {})
        image.save(path, **save)
        if isinstance(values, str):
            values = np.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1)
        row(g, layout, at("pillow", folder), None if values is None else np.asarray(values)[None], tolerance=tolerance, **more)

    rgb = Image.fromarray(RGB[0])
    grey = Image.fromarray(GREY[0])
    chw = RGB[0].transpose(2, 0, 1)
    one("PNG, mode RGB", "rgb", "a.png", rgb, chw)
    one("PNG, mode L", "l", "a.png", grey, GREY[0])
    one("PNG, extension in capitals", "capitals", "A.PNG", grey, GREY[0])
    one("PNG, mode 1", "one", "a.png", Image.fromarray(GREY[0] > 127), (GREY[0] > 127) * 255)
    alpha = RNG.integers(0, 256, (5, 4), dtype=np.uint8)
    laid = np.round(GREY[0] * (alpha / 255))
    one("PNG, mode LA", "la", "a.png", Image.merge("LA", (grey, Image.fromarray(alpha))), laid, 1, says="alpha")
    rgba = Image.merge("RGBA", (*rgb.split(), Image.fromarray(alpha)))
    one("PNG, mode RGBA", "rgba", "a.png", rgba, np.round(chw * (alpha / 255)), 1, says="alpha")
    palette = rgb.quantize(8)
    one("PNG, mode P", "p", "a.png", palette, np.asarray(palette.convert("RGB")).transpose(2, 0, 1))
    clear = rgb.quantize(8)
    clear.info["transparency"] = 0
    seen = clear.convert("RGBA")
    flat = np.asarray(Image.alpha_composite(Image.new("RGBA", seen.size, "black"), seen).convert("RGB"))
    one("PNG, mode P with a transparent colour", "pa", "a.png", clear, flat.transpose(2, 0, 1), 1, save={"transparency": 0}, says="alpha")
    deep = (GREY[0].astype(np.uint16) << 8) | 7
    one("PNG, mode I;16", "i16", "a.png", Image.fromarray(deep), GREY[0], 1, says="more than 8 bits")
    one("PNG with a gamma of 1", "gamma", "a.png", grey, GREY[0])
    one("JPEG, mode RGB", "jpeg", "a.jpg", rgb, np.asarray(jpeg(rgb)).transpose(2, 0, 1), 3)
    one("JPEG, mode L", "jpeg-l", "a.jpeg", grey, np.asarray(jpeg(grey)), 3)
    one("JPEG as .jfif", "jfif", "a.jfif", rgb, np.asarray(jpeg(rgb)).transpose(2, 0, 1), 3, save={"format": "JPEG"})
    one("JPEG, progressive", "progressive", "a.JPG", rgb, np.asarray(jpeg(rgb)).transpose(2, 0, 1), 3, save={"progressive": True})
    big = Image.fromarray(np.kron(RGB[0], np.ones((8, 8, 1), np.uint8)))
    # Pillow and libvips take CMYK to RGB by different rules.
    cmyk = big.convert("CMYK")
    one("JPEG, mode CMYK", "cmyk", "a.jpg", cmyk, "reopened", 120, says="CMYK")
    turned = Image.Exif()
    turned[0x0112] = 6
    one("JPEG turned by EXIF", "exif", "a.jpg", big, np.asarray(jpeg(big).rotate(-90, expand=True)).transpose(2, 0, 1), 3, save={"exif": turned})
    one("GIF", "gif", "a.gif", palette, np.asarray(palette.convert("RGB")).transpose(2, 0, 1))
    frames = [Image.fromarray(x) for x in GREY[:3]]
    one("GIF, animated", "gifs", "a.gif", frames[0], GREY[0], save={"save_all": True, "append_images": frames[1:]}, says="several frames")
    one("APNG, animated", "apng", "a.png", frames[0], GREY[0], save={"save_all": True, "append_images": frames[1:]}, says="several frames")
    one("WebP, lossless", "webp", "a.webp", rgb, chw, save={"lossless": True})
    frames = [Image.fromarray(x) for x in RGB[:3]]
    one("WebP, animated", "webps", "a.webp", frames[0], chw, 0, save={"save_all": True, "append_images": frames[1:], "lossless": True}, says="several frames")
    one("TIFF", "tiff", "a.tif", rgb, chw)
    one("TIFF of several pages", "tiffs", "a.tiff", frames[0], chw, save={"save_all": True, "append_images": frames[1:]}, says="several frames")
    one("TIFF, mode F", "f", "a.tiff", Image.fromarray(GREY[0].astype(np.float32) / 255), None, refused="float: save them")
    slope = np.linspace(0, 255, 64).astype(np.uint8).reshape(1, 64, 1) * np.ones((48, 1, 3), np.uint8)
    slope[..., 2] = 255 - slope[..., 2]
    one("AVIF", "avif", "a.avif", Image.fromarray(slope), "reopened", 6, save={"quality": 100})
    one("BMP (not read)", "bmp", "a.bmp", rgb, None, refused=r"\.bmp")
    one("PPM (not read)", "ppm", "a.ppm", rgb, None, refused=r"\.ppm")
    try:
        from pillow_heif import register_heif_opener

        register_heif_opener()
        one("HEIC (not read)", "heic", "a.heic", big, None, refused=r"\.heic")
    except ImportError:
        pass


def jpeg(image):
    """What Pillow reads of the JPEG that it wrote."""
    path = at("scratch", "a.jpg")
    image.save(path)
    return Image.open(path)


# --- folders ------------------------------------------------------------------------------------------------------------------

def folder_rows():
    g = "Folders"

    def put(*parts, n=0):
        Image.fromarray(GREY[n]).save(at(*parts))

    for case, (train, test) in {"plain": ("train", "test"), "caps": ("Train", "Test"), "long": ("training", "testing"), "set": ("train_set", "test_set"), "hyphen": ("trainset", "testset"), "kaggle": ("seg_train", "seg_test")}.items():
        for n, name in enumerate(["ant", "bee", "ant"]):
            put("splits", case, train, name, f"{n}.png", n=n)
        put("splits", case, test, "bee", "9.png", n=5)
        row(g, f"{train}/class/, {test}/class/", at("splits", case), GREY[:3][[0, 2, 1]], labels=[0, 0, 1], names=["ant", "bee"])
    row(g, "the same, the test split", at("splits", "plain"), GREY[5:6], labels=[0], names=["bee"], options={"split": "test"})
    for n, split in enumerate(["train", "val", "test"]):
        put("three", split, "x", f"{n}.png", n=n)
    row(g, "train, val and test; --split validation", at("three"), GREY[1:2], labels=[0], names=["x"], options={"split": "validation"})
    for n in range(3):
        put("flat", f"{n}.png", n=n)
    row(g, "images alone", at("flat"), GREY[:3])
    for n in range(3):
        put("split-flat", "train", f"{n}.png", n=n)
        put("split-flat", "test", f"{n}.png", n=n + 3)
    row(g, "train/ and test/ without classes", at("split-flat"), GREY[:3])
    for n, name in enumerate(["Тест", "日本", "naïve", "a b"]):
        put("unicode", name, f"ü {n}.png", n=n)
    row(g, "names in any script", at("unicode"), GREY[[3, 2, 0, 1]], labels=[0, 1, 2, 3], names=["a b", "naïve", "Тест", "日本"])
    for n in range(5):
        put("uneven", "many" if n else "one", f"{n}.png", n=n)
    row(g, "classes of unequal size", at("uneven"), GREY[[1, 2, 3, 4, 0]], labels=[0, 0, 0, 0, 1], names=["many", "one"])
    put("litter", "a", "1.png", n=0)
    put("litter", "b", "2.png", n=1)
    put("litter", "__MACOSX", "a", "._1.png", n=2)
    put("litter", ".cache", "3.png", n=2)
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "notes.txt", "meta.json"):
        at("litter", name).write_bytes(b"x")
    row(g, "with hidden files, __MACOSX, Thumbs.db …", at("litter"), GREY[:2], labels=[0, 1], names=["a", "b"], ignored={"__MACOSX": 1, "hidden": 2, ".db": 1, ".ini": 1, ".txt": 1, ".json": 1})
    put("loop", "a", "1.png", n=0)
    at("loop", "a", "up").symlink_to("..")
    at("loop", "a", "gone.png").symlink_to("nowhere.png")
    row(g, "links in a loop, and to nothing", at("loop"), GREY[:1], labels=[0], names=["a"], ignored={"dangling link": 1, "link to what is there already": 1})
    with zipfile.ZipFile(at("archive", "images.zip"), "w") as z:
        z.write(at("flat", "0.png"), "a/0.png")
    row(g, "a zip of images", at("archive", "images.zip"), refused="nzip")
    row(g, "a folder with a zip of images", at("archive"), refused=r"\.zip")
    import tarfile

    with tarfile.open(at("archive2", "images.tar.gz"), "w:gz") as t:
        t.add(at("flat", "0.png"), "0.png")
    row(g, "a tar.gz of images", at("archive2", "images.tar.gz"), refused="tar")
    with tarfile.open(at("archive3", "shard-000000.tar"), "w") as t:
        t.add(at("flat", "0.png"), "0.png")
    row(g, "a WebDataset (.tar shards)", at("archive3"), refused=r"\.tar")
    at("nothing").mkdir()
    row(g, "an empty folder", at("nothing"), refused="none")
    put("sizes", "a.png", n=0)
    Image.fromarray(GREY[1].T.copy()).save(at("sizes", "b.png"))
    row(g, "images of different sizes", at("sizes"), refused="resize")
    put("sick", "a.png", n=0)
    at("sick", "b.png").write_bytes(at("flat", "1.png").read_bytes()[:50])
    at("sick", "c.png").write_bytes(b"")
    row(g, "damaged images", at("sick"), refused="skipDamaged")
    row(g, "damaged images, with --skip-damaged", at("sick"), GREY[:1], options={"skipDamaged": True})
    put("mixed", "a", "1.png", n=0)
    put("mixed", "2.png", n=1)
    row(g, "images beside folders of images", at("mixed"), refused="both")
    for n in range(2):
        put("nested", "letters", f"{n}", f"{n}.png", n=n)
    row(g, "one folder in another (ImageFolder's root, one up)", at("nested"), GREY[:2], labels=[0, 1], names=["0", "1"], says="letters")
    for n in range(2):
        put("meta", f"{n}.png", n=n)
    at("meta", "metadata.csv").write_text("file_name,label\n0.png,cat\n1.png,dog\n")
    row(g, "datasets' imagefolder with metadata.csv", at("meta"), GREY[:2], ignored={".csv": 1})


# --- Parquet ------------------------------------------------------------------------------------------------------------------

def png(n, images=GREY):
    path = at("scratch", "p.png")
    Image.fromarray(images[n]).save(path)
    return path.read_bytes()


def parquet_rows():
    g = "pyarrow"
    struct_ = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    cells = pa.array([{"bytes": png(n), "path": f"{n}.png"} for n in range(6)], struct_)
    named = ["eel", "cat", "dog", "eel", "cat", "dog"]

    def table(layout, name, columns, values=None, write=None, **more):
        path = at("parquet", f"{name}.parquet")
        pq.write_table(pa.table(columns), path, **(write or {}))
        row(g, layout, path, values, **more)

    table("{ bytes, path } and int64 labels", "plain", {"image": cells, "label": LABELS}, GREY, labels=LABELS)
    table("plain binary", "binary", {"img": pa.array([png(n) for n in range(6)])}, GREY)
    table("large_binary", "large", {"image": pa.array([png(n) for n in range(6)], pa.large_binary())}, GREY)
    table("string labels", "strings", {"image": cells, "label": named}, GREY, labels=[2, 0, 1, 2, 0, 1], names=["cat", "dog", "eel"])
    table("dictionary labels", "dictionary", {"image": cells, "label": pa.array(named).dictionary_encode()}, GREY, labels=[2, 0, 1, 2, 0, 1], names=["cat", "dog", "eel"])
    table("bool labels", "bools", {"image": cells, "label": [True, False] * 3}, GREY, labels=[1, 0] * 3, names=["false", "true"])
    table("nulls among the labels", "nulls", {"image": cells, "label": pa.array([1, None, 2, 1, 0, 2])}, GREY, says="labels were left out")
    table("a null image", "null-image", {"image": pa.array([None, *cells.to_pylist()[1:]], struct_)}, refused="row 0")
    table("paths without bytes", "paths", {"image": pa.array([{"bytes": None, "path": f"{n}.png"} for n in range(3)], struct_)}, refused="names files")
    table("text alone", "text", {"text": named}, refused="text")
    for codec in ["none", "gzip", "brotli", "zstd", "lz4"]:
        table(f"compressed by {codec}", codec, {"image": cells, "label": LABELS}, GREY, labels=LABELS, write={"compression": codec})
    table("data pages of version 2, several groups", "v2", {"image": cells, "label": LABELS}, GREY, labels=LABELS, write={"data_page_version": "2.0", "row_group_size": 2})
    flat = (GREY.reshape(6, -1) / 255).astype(np.float32)
    table("lists of floats k/255", "lists", {"pixels": list(flat), "label": LABELS}, GREY.reshape(6, 1, 1, 20), labels=LABELS)
    square = RNG.integers(0, 256, (6, 16), dtype=np.uint8)
    table("lists of 16 bytes, a square", "squares", {"pixels": [list(map(int, x)) for x in square], "label": LABELS}, square.reshape(6, 4, 4), labels=LABELS)
    latents = RNG.normal(size=(3, 4, 2, 2)).astype(np.float32)
    table("nested lists of floats (latents)", "nested", {"latent": latents.tolist()}, latents)
    features = RNG.normal(size=(4, 9)).astype(np.float32)
    table("fixed-size lists of float32", "fixed", {"x": pa.FixedSizeListArray.from_arrays(pa.array(features.ravel()), 9)}, features, shape=[9])
    table("lists of unequal length", "ragged", {"x": [[1.0, 2.0], [3.0]]}, refused="equal")
    for part in range(2):
        for split, offset in (("train", 0), ("test", 3)):
            pq.write_table(pa.table({"image": cells[offset + part : offset + part + 1], "label": LABELS[offset + part : offset + part + 1]}), at("shards/data", f"{split}-0000{part}-of-00002.parquet"))
    row(g, "data/train-00000-of-00002.parquet …", at("shards"), GREY[:2], labels=LABELS[:2])
    row(g, "the same, the test split", at("shards"), GREY[3:5], labels=LABELS[3:5], options={"split": "test"})
    pq.write_to_dataset(pa.table({"image": cells, "label": LABELS}), at("hive"), partition_cols=["label"])
    row(g, "partitioned by label=…", at("hive"), GREY[[1, 4, 0, 3, 2, 5]], says="label=0, label=1, label=2")


def datasets_rows():
    g = "Hugging Face datasets"
    import datasets

    datasets.disable_progress_bars()
    images = [Image.fromarray(x) for x in RGB]
    features = datasets.Features({"image": datasets.Image(), "label": datasets.ClassLabel(names=["cat", "dog", "eel"])})
    made = datasets.Dataset.from_dict({"image": images, "label": LABELS.tolist()}, features=features)
    made.to_parquet(at("hf", "image.parquet"))
    row(g, "Image and ClassLabel", at("hf", "image.parquet"), nchw(RGB), labels=LABELS, names=["cat", "dog", "eel"])
    numbers = RNG.normal(size=(5, 3, 4)).astype(np.float32)
    made = datasets.Dataset.from_dict({"x": numbers}, features=datasets.Features({"x": datasets.Array2D((3, 4), "float32")}))
    made.to_parquet(at("hf", "array2d.parquet"))
    row(g, "Array2D of float32", at("hf", "array2d.parquet"), numbers)
    made = datasets.Dataset.from_dict({"x": numbers.reshape(5, 12)}, features=datasets.Features({"x": datasets.List(datasets.Value("float32"), length=12)}))
    made.to_parquet(at("hf", "fixed.parquet"))
    row(g, "a list of 12 floats", at("hf", "fixed.parquet"), numbers.reshape(5, 12), shape=[12])
    made = datasets.Dataset.from_dict({"image": images, "label": LABELS.tolist()}, features=features)
    made.save_to_disk(at("hf-disk"))
    row(g, "save_to_disk (Arrow)", at("hf-disk"), refused="to_parquet")


def other_rows():
    g = "Other tools"
    scipy.io.savemat(at("mat", "faces.mat"), {"X": GREY})
    row(g, "MATLAB (.mat)", at("mat", "faces.mat"), refused="MATLAB")
    with h5py.File(at("hdf5", "faces.h5"), "w") as f:
        f["images"] = GREY
    row(g, "HDF5 (.h5)", at("hdf5", "faces.h5"), refused="HDF5")
    with h5py.File(at("hdf5", "mat73.mat"), "w", userblock_size=512) as f:
        f["X"] = GREY
    with open(at("hdf5", "mat73.mat"), "r+b") as f:
        f.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(512, b"\0"))
    row(g, "MATLAB 7.3 (.mat)", at("hdf5", "mat73.mat"), refused="MATLAB")
    with open(at("pickle", "faces.pkl"), "wb") as f:
        pickle.dump({"images": GREY}, f)
    row(g, "a pickle", at("pickle", "faces.pkl"), refused="pickle")
    at("csv", "digits.csv").write_text("label,p0,p1\n0,1,2\n")
    row(g, "CSV", at("csv", "digits.csv"), refused="CSV")
    at("tfrecord", "x.tfrecord").write_bytes(b"\x10" + b"\0" * 30)
    row(g, "TFRecord", at("tfrecord", "x.tfrecord"), refused="TFRecord")
    try:
        import lmdb

        with lmdb.open(str(at("lmdb")), map_size=2**20) as env, env.begin(write=True) as txn:
            txn.put(b"0", png(0))
        row(g, "LMDB, as LSUN is published", at("lmdb"), refused="LMDB")
    except ImportError:
        pass
    with open(at("notes", "readme.md"), "w") as f:
        f.write("hello")
    row(g, "anything else", at("notes", "readme.md"), refused=r"idx, \.npy, \.npz or \.parquet")


for make in (numpy_rows, torchvision_rows, pillow_rows, folder_rows, parquet_rows, datasets_rows, other_rows):
    make()
versions = {"numpy": np.__version__, "pyarrow": pa.__version__, "Pillow": pillow}
print(json.dumps({"versions": versions, "rows": ROWS}))
