# What the commands beside it share; sourced, never run.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/sbin:/sbin

say() { echo "heddle cluster: $*" >&2; }
die() { say "$*"; exit 1; }

# One cluster for each of these directories.
state=$(realpath -m "${HEDDLE_CLUSTER_STATE:-$here/../target/cluster}")

# What is made once, each by the content of what it is made from.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/heddle
sources_hash() { (cd "$here" && find "$@" -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c 1-12); }
program=$cache/cluster-program-$(sources_hash program)
packages=$cache/cluster-packages-$(sources_hash packages)
images=$cache/cluster-images-$(sources_hash packages images)

# The process number, on this machine, of the first process inside; empty if the cluster is not up.
init_pid() {
  local outer
  outer=$(cat "$state/unshare.pid" 2>/dev/null) || return 0
  [ "$(cat "/proc/$outer/comm" 2>/dev/null)" = unshare ] || return 0
  pgrep -P "$outer" || true
}

# The device of this machine that leads to the node.
link() { cat "$state/link" 2>/dev/null || true; }
