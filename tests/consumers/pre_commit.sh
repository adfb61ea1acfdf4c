#!/usr/bin/env bash
# The hook with the real pre-commit in a scratch repository: a bad specification blocks the commit,
# a good one passes. Usage: pre_commit.sh PATH_OF_PRE_COMMIT
set -euo pipefail
pre_commit=$1
project=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME=$scratch/cache
# The hook is built with what is compiled already, where there is something.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$project/target}
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.invalid
export GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.invalid

# pre-commit takes hooks from a commit: the tree as it stands becomes one.
git clone --quiet --no-hardlinks "$project" "$scratch/hadome"
(cd "$project" && git ls-files -z --cached --others --exclude-standard | tar --null --files-from=- -cf -) \
  | tar -xf - -C "$scratch/hadome"
git -C "$scratch/hadome" add --all
git -C "$scratch/hadome" commit --quiet --allow-empty --message 'the tree as it stands'
revision=$(git -C "$scratch/hadome" rev-parse HEAD)

mkdir -p "$scratch/specs/app" && cd "$scratch/specs"
git init --quiet
cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $scratch/hadome
    rev: $revision
    hooks:
      - id: hadome
        args: [--as-of, "2026-11-21", --lang, en]
YAML
"$pre_commit" install > /dev/null

cp -r "$project"/examples/minimal/{*.yaml,evidence} app/
sed -i 's/^  *on_end: .*/  on_end: false/' app/contract.yaml
git add --all
if git commit --quiet --message 'a bad specification' > "$scratch/bad.log" 2>&1; then
  cat "$scratch/bad.log"; echo 'the bad specification was committed'; exit 1
fi
grep -q 'DLC-01' "$scratch/bad.log" || { cat "$scratch/bad.log"; echo 'blocked, but not by the hook'; exit 1; }

cp -r "$project"/examples/minimal/{*.yaml,evidence} app/
git add --all
git commit --quiet --message 'a good specification' > "$scratch/good.log" 2>&1 || {
  cat "$scratch/good.log"; echo 'the good specification was blocked'; exit 1
}
echo 'pre-commit: the bad specification was blocked, the good one passed'
