"""Every kind of bad source in one run of the real command: each is told, the rest goes on.

The servers are real and on this machine: a repository that never ends its list, one that answers a
web page, one whose certificate nobody vouches for, ten redirects to an address that is not public.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from amic_kg import errors
from amic_kg.errors import InputError

TWICE = "Kevitsan pöly: the mine’s tailings".encode().decode("cp1252")


@dataclass(frozen=True)
class Bad:
    """A declared source, and what must be said of it; `at` ends the name of what failed."""

    name: str
    at: str
    kind: str
    cause: str
    remedy: str


BAD = [
    Bad("table", "table.csv:3", "DamagedDocument", "3 cells where the header has 2", "Mend it"),
    Bad("lines", "lines.jsonl:2", "DamagedDocument", "cannot be read as JSON", "Mend it"),
    Bad("page", "page", "UnreadableInput", "web page, not with OAI-PMH", "address"),
    Bad(
        "endless",
        "endless",
        "UnreadableInput",
        "goes round in a circle: after 2",
        "tell those who run",
    ),
    Bad("untrusted", "untrusted", "UnreachableSource", "certificate is not valid", "certificate"),
    Bad(
        "hops",
        "/0",
        "RefusedAddress",
        "/secret, which is at 127.0.0.2, which is no public",
        "AMIC_",
    ),
    Bad("sparql", "sparql", "DamagedDocument", "web page", "browser"),
]


@pytest.fixture
def declared(tmp_path, write, site, safe_site, oai):
    """A data folder that declares them all, and one good list at the end."""
    folder = tmp_path / "data" / "sources"
    folder.mkdir(parents=True)

    def declare(name: str, kind: str, **address: str) -> None:
        lines = [f'kind = "{kind}"', *(f"{key} = {json.dumps(v)}" for key, v in address.items())]
        if kind == "sparql":
            query = "CONSTRUCT { ?p a ?t } WHERE { { SELECT ?p { ?p a ?t } ORDER BY ?p {page} } }"
            lines += ["[options]", f"query = {json.dumps(query)}"]
        (folder / f"{name}.toml").write_text("\n".join(lines))

    table = "Title,Year\nPeat of Lapland,1931\nOre, in a bog,1932\nMine water of Kemi,1933\n"
    declare("table", "records", path=str(write("table.csv", table)))
    lines = (
        '\ufeff{"id": "1", "title": "' + TWICE + '"}{"id": "2", "title": "Toinen"}\n'
        '{"id": "3", "title": "Cut\n{"id": "4", "title": "Neljäs: áššedovdi"}\n'
    )
    declare("lines", "records", path=str(write("lines.jsonl", lines)))
    site.put("/oai?verb=Identify", "<!DOCTYPE html><html><p>Log in</p></html>")
    declare("page", "oai-pmh", url=f"{site.base}/oai")
    items = [
        oai.Item(f"oai:x:{n}", "2020-01-01T00:00:00Z", {"kk": oai.kk([("title", f"Malmi {n}")])})
        for n in range(2)
    ]
    declare("untrusted", "oai-pmh", url=f"{safe_site.base}/oai")
    for number in range(9):
        site.put(f"/{number}", status=302, Location=f"/{number + 1}")
    site.put("/9", status=302, Location=f"http://127.0.0.2:{site.base.rpartition(':')[2]}/secret")
    site.put("/secret", "<p>key</p>")
    declare("hops", "web", url=f"{site.base}/0")
    site.play("/sparql", lambda handler: None)

    class Everything(dict):
        """The endpoint answers every query alike."""

        def get(self, path, default=None):
            if path.startswith("/sparql?"):
                return dict.get(self, "/any", default)
            return dict.get(self, path, default)

    site.put("/any", "<!DOCTYPE html><html><p>Welcome</p></html>")
    site.pages = Everything(site.pages)
    declare("sparql", "sparql", url=f"{site.base}/sparql")
    declare(
        "good", "records", path=str(write("good.csv", "Title,Year\nSpodumeenin esiintymä,1959\n"))
    )
    with oai.serving(
        oai.Repository(items=items, page_size=2, prefixes=("kk",), loop="same token")
    ) as url:
        declare("endless", "oai-pmh", url=url)
        yield tmp_path / "data"


def test_each_is_named_with_cause_and_remedy_and_the_rest_comes_in(
    declared, site, amic, process_environment
):
    names = [bad.name for bad in BAD]
    done = subprocess.run(
        [sys.executable, "-m", "amic_kg", "ingest", "--json", *names, "good"],
        capture_output=True,
        text=True,
        env=process_environment(declared, fetch_allow="127.0.0.1", fetch_pause_milliseconds=0),
        timeout=180,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr == ""
    report = json.loads(done.stdout)
    failed = {d["source"]: d["error"] for d in report["documents"] if d["state"] == "failed"}
    assert len(failed) == len(BAD), failed
    for bad in BAD:
        (error,) = [error for source, error in failed.items() if source.endswith(bad.at)]
        assert error["class"] == bad.kind
        assert issubclass(getattr(errors, bad.kind), InputError)
        assert bad.cause in error["message"], error
        assert bad.remedy in error["remedy"], error
    came = [d["source"] for d in report["documents"] if d["state"] == "published"]
    assert len(came) == report["published"] == 2 + 3 + 2 + 1
    assert not [path for path in site.asked if "secret" in path]
    for words, title in {
        "spodumeeni": "Spodumeenin esiintymä",
        "tailings": "Kevitsan pöly: the mine’s tailings",
        "áššedovdi": "Neljäs: áššedovdi",
    }.items():
        (hit, *_) = json.loads(amic("search", words, "--json", data=declared).out)["hits"]
        assert title in json.dumps(hit, ensure_ascii=False)
