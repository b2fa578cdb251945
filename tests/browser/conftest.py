"""The real site in a thread and a real browser; every test asserts that nothing left the site."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from amic_kg.settings import Settings
from amic_kg.wiring import open_services
from amic_kg_api.app import create_app
from amic_kg_ingest.runs import ingest_files

CORPUS = Path(__file__).parents[2] / "samples" / "corpus"
CHROMIUM = Path("/usr/bin/chromium")
# Without these the browser itself calls home; a container has no user namespaces for its sandbox.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site over the sample corpus."""
    settings = Settings(data=tmp_path_factory.mktemp("browser"), ocr="off", query_seconds=60)
    assert ingest_files(settings, [CORPUS], console=None).count("failed") == 0
    services = open_services(settings)
    server = uvicorn.Server(uvicorn.Config(create_app(services), log_level="critical"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # Names to complete are read after the start: no test is to depend on being the first.
        late = time.monotonic() + 60
        while not httpx.get(f"{url}/api/suggest?q=nikkeli", timeout=60).json()["complete"]:
            assert time.monotonic() < late, "the names are not read"
            time.sleep(0.1)
        yield url
        server.should_exit = True
        thread.join()
    services.close()


def needed(there: object, reason: str) -> None:
    """Skips the test where something is not there, and fails it in CI."""
    if there:
        return
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", name="needed")
def what_is_needed() -> Callable[[object, str], None]:
    return needed


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed(CHROMIUM.exists(), "chromium is missing: apt-get install chromium")
    # By module: as long as it is open, its event loop runs in the thread of all other tests.
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a visitor who reads English; fails when a request leaves the site."""
    context = browser.new_context(base_url=site, locale="en-GB")
    opened = context.new_page()
    left: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda r: None if r.url.startswith(site) else left.append(r.url))
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    yield opened
    context.close()
    assert not left
    # Such as a style that the Content-Security-Policy refused.
    assert not [text for text in complaints if "Failed to load resource" not in text]
