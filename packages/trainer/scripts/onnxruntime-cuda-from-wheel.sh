#!/usr/bin/env bash
# Puts onnxruntime's CUDA provider, from the PyPI wheel of the same version, beside onnxruntime-node's own library: for
# CUDA 13 (onnxruntime-node's install script fetches the one for CUDA 12), and for machines where that script could not
# fetch it. Needs Linux x64, node, pip, unzip; CUDA 13 and cuDNN 9 on LD_LIBRARY_PATH when it runs.
#
#   scripts/onnxruntime-cuda-from-wheel.sh      # in the project that has onnxruntime-node
set -euo pipefail

for tool in node pip unzip; do
  command -v "$tool" > /dev/null || { echo "onnxruntime-cuda-from-wheel: needs $tool on the PATH" >&2; exit 1; }
done
package=$(node -p 'require("node:path").dirname(require.resolve("onnxruntime-node/package.json"))')
version=$(node -p 'require(process.argv[1] + "/package.json").version' "$package")
target=$(echo "$package"/bin/napi-v*/linux/x64)
[ -d "$target" ] || { echo "onnxruntime-cuda-from-wheel: no library for Linux x64 in $package" >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "1/2 the wheel of onnxruntime-gpu $version"
# Its libraries do not depend on Python: any version's wheel will do.
pip download --quiet --no-deps --only-binary=:all: --python-version 3.12 --platform manylinux_2_28_x86_64 \
  --dest "$scratch" "onnxruntime-gpu==$version"
echo "2/2 its CUDA provider, into $target"
unzip -q -o -j "$scratch"/onnxruntime_gpu-*.whl 'onnxruntime/capi/libonnxruntime_providers_cuda.so' \
  'onnxruntime/capi/libonnxruntime_providers_shared.so' -d "$target"
unzip -p "$scratch"/onnxruntime_gpu-*.whl '*/METADATA' | sed -n 's/^Requires-Dist: \(nvidia[^;]*\);.*/runs with \1/p'
