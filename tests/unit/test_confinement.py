"""A process that has left the network makes no socket, with or without privileges."""

from __future__ import annotations

import subprocess
import sys

import pytest

TRY = """
import socket
from amic_kg.graph import confinement
{change}
confinement.leave_the_network()
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
    try:
        socket.socket(family)
    except PermissionError:
        continue
    raise SystemExit(f"a socket of {{family.name}} was made")
"""


def run(change: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", TRY.format(change=change)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
@pytest.mark.parametrize(
    "change",
    ["", "confinement._CLONE_NEWNET = confinement._CLONE_NEWUSER = -1"],
    ids=["with-namespaces", "where-namespaces-are-refused"],
)
def test_no_socket_can_be_made(change):
    done = run(change)
    assert (done.returncode, done.stderr) == (0, "")


def test_on_a_machine_that_is_not_known_nothing_breaks():
    done = run("confinement._SOCKET = {}")
    assert "was made" in done.stderr or done.returncode == 0
    assert "Traceback" not in done.stderr
