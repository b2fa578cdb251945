"""The server as it is started by hand: a free port, a taken one, and an end that is clean."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from amic_kg.errors import InvalidSetting
from amic_kg.settings import Settings
from amic_kg_api.commands import listen, run_server


def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(data=tmp_path / "data", port=taken.getsockname()[1])
        with pytest.raises(InvalidSetting, match="--port"):
            run_server(settings, print)
    assert not (tmp_path / "data").exists()


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    """Nagle's algorithm is off on the connections that the server's loop makes of this socket."""

    async def accepted() -> int:
        taken = asyncio.Event()
        found: list[int] = []

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            found.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            taken.set()

        listening = listen("127.0.0.1", 0)
        async with await asyncio.start_server(connected, sock=listening):
            with socket.create_connection(listening.getsockname()):
                await taken.wait()
        return found[0]

    assert asyncio.run(accepted())


def test_serve_takes_a_free_port_answers_and_ends_on_interrupt(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "amic_kg", "serve", "--port", "0"],
        env={**os.environ, "AMIC_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        url = re.search(r"http://\S+/", server.stdout.readline())
        assert url
        with urllib.request.urlopen(f"{url.group()}health", timeout=10) as answer:
            assert answer.status == 200
        # Nothing has been ingested: the pages must say so rather than fail.
        with urllib.request.urlopen(f"{url.group()}?lang=en", timeout=20) as answer:
            assert "The collection is empty" in answer.read().decode()
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=20)
        assert server.returncode == 0
        assert "Traceback" not in told
    finally:
        server.kill()
        server.communicate()
