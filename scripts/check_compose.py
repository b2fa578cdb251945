"""Check a compose file: by compose itself where it is installed, and always by the rules below.

The rules are those of the compose specification that this project's file touches
(https://github.com/compose-spec/compose-spec/blob/main/spec.md): known keys, their types,
and every name that one part gives to another. No container engine is needed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

TEXT, NUMBER, FLAG = (str,), (str, int, float), (bool, str)
LIST, MAP, MAP_OR_LIST, TEXT_OR_LIST = (list,), (dict,), (dict, list), (str, list)


def _keys(kinds: tuple[type, ...], words: str) -> dict[str, tuple[type, ...]]:
    return dict.fromkeys(words.split(), kinds)


TOP = {
    **_keys(MAP, "configs models networks secrets services volumes"),
    **_keys(TEXT, "name version"),
    "include": LIST,
}
SERVICE = {
    **_keys(
        TEXT,
        "cgroup container_name cgroup_parent cpuset domainname hostname image ipc isolation "
        "mac_address network_mode pid platform pull_policy restart runtime stop_grace_period "
        "stop_signal user userns_mode uts working_dir",
    ),
    **_keys(
        NUMBER,
        "cpu_count cpu_percent cpu_period cpu_quota cpu_shares cpus mem_limit mem_reservation "
        "mem_swappiness memswap_limit oom_score_adj pids_limit scale shm_size",
    ),
    **_keys(FLAG, "attach init oom_kill_disable privileged read_only stdin_open tty"),
    **_keys(
        LIST,
        "cap_add cap_drop configs device_cgroup_rules devices expose external_links group_add "
        "links ports post_start pre_stop profiles secrets security_opt volumes volumes_from",
    ),
    **_keys(
        MAP, "blkio_config credential_spec deploy develop healthcheck logging storage_opt ulimits"
    ),
    **_keys(MAP_OR_LIST, "annotations depends_on environment extra_hosts labels networks sysctls"),
    **_keys(TEXT_OR_LIST, "command dns dns_opt dns_search entrypoint env_file label_file tmpfs"),
    **_keys((str, dict), "build extends"),
}
HEALTHCHECK = {
    **_keys(TEXT, "interval timeout start_period start_interval"),
    **_keys(FLAG, "disable"),
    **_keys(NUMBER, "retries"),
    **_keys(TEXT_OR_LIST, "test"),
}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
RESTART = re.compile(r"no|always|unless-stopped|on-failure(:\d+)?")
DURATION = re.compile(r"(\d+(us|ms|s|m|h))+")
SIZE = re.compile(r"\d+(b|k|kb|m|mb|g|gb)?", re.IGNORECASE)
PORT = re.compile(
    r"((\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:]+\]):)?(\d+(-\d+)?:)?\d+(-\d+)?(/(tcp|udp))?"
)
NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*")
VARIABLE = re.compile(r"\$\{[A-Za-z_]\w*(?::?-(?P<default>[^}]*))?\}|\$[A-Za-z_]\w*")


def interpolate(value: Any) -> Any:
    """Put in the defaults of `${NAME:-default}`, as compose does when nothing is set."""
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: found["default"] or "", value)
    if isinstance(value, list):
        return [interpolate(item) for item in value]
    if isinstance(value, dict):
        return {key: interpolate(item) for key, item in value.items()}
    return value


def keys(where: str, found: Any, known: Mapping[str, tuple[type, ...]]) -> Iterator[str]:
    """Complain of unknown keys and of values of another type."""
    if not isinstance(found, dict):
        yield f"{where}: must be a mapping"
        return
    for key, value in found.items():
        if str(key).startswith("x-"):
            continue
        if key not in known:
            yield f"{where}.{key}: no such key in the compose specification"
        elif value is not None and not isinstance(value, known[key]):
            wanted = " or ".join(kind.__name__ for kind in known[key])
            yield f"{where}.{key}: is {type(value).__name__}, must be {wanted}"


def problems(document: Any, folder: Path) -> Iterator[str]:
    """Yield every breach of the rules; an empty run means a valid file."""
    yield from keys("file", document, TOP)
    if not isinstance(document, dict) or not isinstance(document.get("services"), dict):
        yield "file.services: a compose file needs services"
        return
    for name, service in document["services"].items():
        where = f"services.{name}"
        if not NAME.fullmatch(str(name)):
            yield f"{where}: is not a valid name"
        found = list(keys(where, service, SERVICE))
        yield from found
        if not found:
            yield from _forms(where, service)
            yield from _build(where, service, folder)
            yield from _names(where, service, document)
            yield from _order(where, service, document["services"])


def _forms(where: str, service: Mapping[str, Any]) -> Iterator[str]:
    if "restart" in service and not RESTART.fullmatch(service["restart"]):
        yield f"{where}.restart: {service['restart']!r} is no restart policy"
    for key in ("mem_limit", "mem_reservation", "shm_size"):
        if key in service and not SIZE.fullmatch(str(service[key])):
            yield f"{where}.{key}: {service[key]!r} is no size"
    for port in service.get("ports", ()):
        if not isinstance(port, dict) and not PORT.fullmatch(str(port)):
            yield f"{where}.ports: {port!r} is no port"
    environment = service.get("environment", {})
    pairs = environment.items() if isinstance(environment, dict) else ()
    for key, value in pairs:
        if isinstance(value, bool | list | dict):
            yield f"{where}.environment.{key}: must be text, a number or empty; put it in quotes"
    check = service.get("healthcheck", {})
    yield from keys(f"{where}.healthcheck", check, HEALTHCHECK)
    for key in ("interval", "timeout", "start_period", "start_interval"):
        if key in check and not DURATION.fullmatch(str(check[key])):
            yield f"{where}.healthcheck.{key}: {check[key]!r} is no duration"
    test = check.get("test", "")
    if isinstance(test, list) and test[:1] not in (["NONE"], ["CMD"], ["CMD-SHELL"]):
        yield f"{where}.healthcheck.test: a list starts with NONE, CMD or CMD-SHELL"


def _build(where: str, service: Mapping[str, Any], folder: Path) -> Iterator[str]:
    build = service.get("build")
    if build is None:
        if not service.get("image"):
            yield f"{where}: needs an image or a build"
        return
    build = {"context": build} if isinstance(build, str) else build
    context = folder / build.get("context", ".")
    if not (context / build.get("dockerfile", "Dockerfile")).is_file():
        yield f"{where}.build: there is no {context / build.get('dockerfile', 'Dockerfile')}"


def _names(where: str, service: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    for network in service.get("networks", ()):
        if network != "default" and network not in (document.get("networks") or {}):
            yield f"{where}.networks: {network} is not declared"
    for volume in service.get("volumes", ()):
        source = volume.get("source", "") if isinstance(volume, dict) else volume.partition(":")[0]
        is_path = source.startswith(("/", ".", "~")) or ":" not in str(volume)
        if not is_path and source not in (document.get("volumes") or {}):
            yield f"{where}.volumes: {source} is not declared"


def _order(where: str, service: Mapping[str, Any], services: Mapping[str, Any]) -> Iterator[str]:
    needed = service.get("depends_on", {})
    for name in needed:
        if name not in services:
            yield f"{where}.depends_on: there is no service {name}"
            continue
        if isinstance(needed, list):
            continue
        condition = needed[name].get("condition", "service_started")
        if condition not in CONDITIONS:
            yield f"{where}.depends_on.{name}: {condition!r} is no condition"
        if condition == "service_healthy" and "healthcheck" not in services[name]:
            yield f"{where}.depends_on.{name}: waits for health, but {name} has no healthcheck"


def compose() -> list[str] | None:
    """Find compose itself: the plugin of docker, or the older program of its own."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        if subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0:
            return command
    return None


def main(arguments: list[str]) -> int:
    """Check the file that is named; 1 when it breaks a rule."""
    path = Path(arguments[0] if arguments else "docker-compose.yml")
    found = list(problems(interpolate(yaml.safe_load(path.read_text("utf-8"))), path.parent))
    tool = compose()
    for profile in ([], ["--profile", "*"]) if tool else ():
        asked = subprocess.run(
            [*(tool or ()), "--file", str(path), *profile, "config", "--quiet"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode != 0:
            found.append(f"{' '.join(tool or ())} config: {asked.stderr.strip()}")
            break
    for problem in found:
        print(f"{path}: {problem}")
    by = f"the compose specification's rules and {' '.join(tool)} config" if tool else "the rules"
    print(f"{path}: {'refused' if found else 'valid'} by {by}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
