#!/usr/bin/env bash
# Builds the native addon of @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu against the libtensorflow of
# TensorFlow's own PyPI wheel, for machines where the package's install script cannot fetch its binaries
# (it downloads from Google's storage). Needs Linux, npm, pip, unzip, g++ and Node's headers.
#
#   scripts/tfjs-from-wheel.sh [tfjs-node | tfjs-node-gpu] [DIRECTORY]
#
# The trainer looks for the result in DIRECTORY's default, or where SYMBREAK_TFJS_NODE points.
set -euo pipefail

package=${1:-tfjs-node}
cache=${SYMBREAK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/symbreak}
directory=${2:-$cache/$package}
version=4.22.0
case $package in
  tfjs-node | tfjs-node-gpu) ;;
  *) echo "tfjs-from-wheel: the package must be tfjs-node or tfjs-node-gpu, got \"$package\"" >&2; exit 2 ;;
esac
for tool in npm pip unzip g++ node; do
  command -v "$tool" > /dev/null || { echo "tfjs-from-wheel: needs $tool on the PATH" >&2; exit 1; }
done
headers=$(node -p 'require("node:path").resolve(process.execPath, "../../include/node")')
[ -f "$headers/node_api.h" ] || headers=/usr/include/node
[ -f "$headers/node_api.h" ] || { echo "tfjs-from-wheel: node_api.h not found; install Node's headers (Debian: libnode-dev)" >&2; exit 1; }

mkdir -p "$directory"
cd "$directory"
site=$PWD/site

if [ ! -e "$site/tensorflow/libtensorflow_cc.so.2" ]; then
  echo "1/4 TensorFlow's wheel"
  if [ "$package" = tfjs-node-gpu ]; then
    # With CUDA's and cuDNN's libraries beside it, where libtensorflow looks for them.
    pip install --quiet --target "$site" 'tensorflow[and-cuda]'
  else
    pip download --quiet --no-deps --dest wheel tensorflow-cpu
    unzip -q -o wheel/tensorflow_cpu-*.whl 'tensorflow/libtensorflow*' 'tensorflow/include/tensorflow/*' 'tensorflow/include/xla/*' 'tensorflow/include/tsl/*' -d "$site"
    rm -r wheel
  fi
fi

echo "2/4 @tensorflow/$package $version, without its install script"
[ -f package.json ] || echo '{ "private": true }' > package.json
npm install --ignore-scripts --no-audit --no-fund --silent "@tensorflow/$package@$version"
module=$PWD/node_modules/@tensorflow/$package

echo "3/4 the addon"
mkdir -p "$module/deps/lib" "$module/lib/napi-v8"
ln -sfn "$site/tensorflow/include" "$module/deps/include"
for part in cc framework; do ln -sf "$site/tensorflow/libtensorflow_$part.so.2" "$module/deps/lib/"; done
ln -sf libtensorflow_cc.so.2 "$module/deps/lib/libtensorflow.so"
ln -sf libtensorflow_framework.so.2 "$module/deps/lib/libtensorflow_framework.so"
g++ -O2 -fPIC -shared -std=c++17 -DNAPI_VERSION=8 -I"$module/.." -I"$module/deps/include" -I"$headers" \
  "$module/binding/tfjs_backend.cc" "$module/binding/tfjs_binding.cc" -o "$module/lib/napi-v8/tfjs_binding.node" \
  -L"$module/deps/lib" -ltensorflow -ltensorflow_framework -Wl,-rpath,"$site/tensorflow"

echo "4/4 a product on it"
TF_CPP_MIN_LOG_LEVEL=2 node -e '
  const util = require("node:util");
  util.isArray ??= Array.isArray;
  util.isNullOrUndefined ??= (value) => value == null;
  const tf = require(process.argv[1]);
  const [four] = tf.matMul(tf.ones([1, 4]), tf.ones([4, 1])).dataSync();
  if (four !== 4) throw new Error(`1·1 summed four times gave ${four}`);
  console.log(`TensorFlow ${tf.backend().binding.TF_Version}, ${tf.backend().isUsingGpuDevice ? "GPU" : "CPU"}`);
' "$module"
echo "ready in $directory"
