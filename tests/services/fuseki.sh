#!/usr/bin/env bash
# A real Apache Jena Fuseki for the tests, on 127.0.0.1, with an empty dataset in memory at /ds.
#   fuseki.sh fetch               once: the jar, into the cache
#   fuseki.sh start FOLDER PORT   a server of its own, its log in FOLDER; prints the dataset's URL
#   fuseki.sh stop FOLDER
# HEAP (512m), JIT (start fast, run slowly), SERVICES_CACHE and JAVA_HOME may be set.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/process.sh"

VERSION=5.6.0
ARTIFACT=org.apache.jena:jena-fuseki-server:$VERSION:jar
SHA256=d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8
JAR=$(cache_folder)/fuseki/fuseki-$VERSION.jar

fetch_fuseki() {
  local new
  matches "$JAR" "$SHA256" && return
  mkdir -p "$(dirname "$JAR")"
  new=$(mktemp -d "$(dirname "$JAR")/new.XXXXXX")
  # shellcheck disable=SC2064 # the folder as it is named now
  trap "rm -rf '$new'" EXIT
  fetch "$ARTIFACT" "$new"
  matches "$new/jena-fuseki-server-$VERSION.jar" "$SHA256" || die "$ARTIFACT is not the file that was expected."
  chmod a+r "$new"/*.jar
  mv "$new/jena-fuseki-server-$VERSION.jar" "$JAR"
}

start() { # start FOLDER PORT
  local folder port=$2 java
  java=$(need_java 17)
  fetch_fuseki
  mkdir -p "$1"
  folder=$(cd "$1" && pwd)
  cd "$folder"
  # In memory: a dataset on disk was seen to keep a triple through DROP ALL, which blurs a test.
  FUSEKI_BASE=$folder detached "$java/bin/java" "-Xmx${HEAP:-512m}" "${JIT:--XX:TieredStopAtLevel=1}" \
    "-Damic.folder=$folder" -cp "$JAR" org.apache.jena.fuseki.main.cmds.FusekiServerCmd \
    --localhost --port "$port" --update --mem --ping /ds </dev/null >"$folder/output" 2>&1 &
  echo $! >"$folder/pid"
  await "http://127.0.0.1:$port/\$/ping" "$(<"$folder/pid")" "$folder/output" 90
  echo "http://127.0.0.1:$port/ds"
}

case ${1:-} in
fetch) fetch_fuseki ;;
start) start "${2:?folder}" "${3:?port}" ;;
stop) stop_process "${2:?folder}/pid" "-Damic.folder=$(cd "$2" 2>/dev/null && pwd)" ;;
*) sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" && exit 2 ;;
esac
