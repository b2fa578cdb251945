# What both service scripts share: where distributions lie, which Java runs them, start and stop.
# Sourced, never run.

say() { printf '  %s\n' "$*" >&2; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# Folder that keeps the distributions from one run to the next.
cache_folder() {
  local machine_wide=/var/cache/amic-services
  if [[ -n ${SERVICES_CACHE:-} ]]; then
    echo "$SERVICES_CACHE"
  elif [[ $(id -u) -eq 0 || -w $machine_wide ]]; then
    echo "$machine_wide" # as root Elasticsearch runs as nobody, who cannot read root's home
  else
    echo "${XDG_CACHE_HOME:-$HOME/.cache}/amic-services"
  fi
}

# Install system packages when that may be done without a question; false when it may not.
install_packages() {
  local root=()
  command -v apt-get >/dev/null || return 1
  if [[ $(id -u) -ne 0 ]]; then
    sudo -n true 2>/dev/null || return 1
    root=(sudo -n)
  fi
  say "apt-get install $*"
  "${root[@]}" apt-get -qq update >/dev/null
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq install --yes --no-install-recommends "$@" >/dev/null
}

java_version() { # java_version HOME: its major version, from the file each Java carries, else by asking it
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  [[ -n $version ]] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
  echo "${version:-0}"
}

find_java() { # find_java OLDEST: print the home of a Java of that version or newer, false when there is none
  local home on_path
  on_path=$(command -v java || true)
  [[ -z $on_path ]] || on_path=$(dirname "$(dirname "$(realpath "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    if [[ -x $home/bin/java && $(java_version "$home") -ge $1 ]]; then
      echo "$home"
      return
    fi
  done
  return 1
}

need_java() { # need_java OLDEST: as find_java, but installs one where it may, and ends with what to do
  local package
  find_java "$1" && return
  for package in openjdk-25-jre-headless openjdk-21-jre-headless openjdk-17-jre-headless; do
    [[ ${package//[^0-9]/} -ge $1 ]] || continue
    if install_packages "$package" 2>/dev/null && find_java "$1"; then return; fi
  done
  die "No Java $1 or newer was found (JAVA_HOME, java on the path, /usr/lib/jvm)." \
    "Install a JRE of version $1+ and, if it lies elsewhere, name it in JAVA_HOME."
}

fetch() { # fetch GROUP:ARTIFACT:VERSION:TYPE FOLDER: copy one Maven artifact into the folder
  local repository status=0
  command -v mvn >/dev/null || install_packages maven \
    || die "Maven is needed to fetch $1 and could not be installed; install the package maven."
  say "fetching $1"
  repository=$(mktemp -d) # not the user's own: the artifacts are large and needed once
  mvn --batch-mode --quiet dependency:copy -Dmaven.repo.local="$repository" \
    -Dartifact="$1" -DoutputDirectory="$2" >&2 || status=$?
  rm -rf "$repository"
  return $status
}

matches() { # matches FILE SHA256
  local sum
  sum=$( (sha256sum "$1" 2>/dev/null || shasum -a 256 "$1" 2>/dev/null) | cut -d' ' -f1)
  [[ $sum == "$2" ]]
}

detached() { # detached COMMAND… &: in a session of its own, so that Ctrl-C reaches only who asked
  if command -v setsid >/dev/null; then exec setsid "$@"; else exec nohup "$@"; fi
}

command_line() { # command_line PID: of a process that still runs; nothing when it has ended
  if [[ -d /proc/self ]]; then
    { tr '\0' ' ' <"/proc/$1/cmdline" || true; } 2>/dev/null # empty for one that waits to be reaped
  else
    ps -ww -o args= -p "$1" 2>/dev/null || true
  fi
}

await() { # await URL PID LOG SECONDS: until the URL answers; ends with the log's end when the process dies
  local end=$((SECONDS + $4))
  command -v curl >/dev/null || install_packages curl || die "curl is needed."
  until curl --silent --fail --noproxy '*' --output /dev/null "$1"; do
    [[ -n $(command_line "$2") ]] || { tail -30 "$3" >&2; die "it ended while starting; its log: $3"; }
    ((SECONDS < end)) || { tail -30 "$3" >&2; die "no answer at $1 in $4 s; its log: $3"; }
    sleep 0.3
  done
}

stop_process() { # stop_process PIDFILE MARK: end the process of the file, when MARK stands in its command line
  local pid end=$((SECONDS + 30))
  [[ -s $1 ]] || return 0
  pid=$(<"$1")
  # A stale file must never end somebody else's process.
  if [[ $(command_line "$pid") == *"$2"* ]]; then
    kill "$pid" 2>/dev/null || true
    while [[ -n $(command_line "$pid") ]] && ((SECONDS < end)); do sleep 0.2; done
    [[ -z $(command_line "$pid") ]] || kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$1"
}
