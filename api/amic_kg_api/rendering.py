"""Pages from templates: one Jinja environment a language, the same words and links in all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

from amic_kg.ontology import Entity
from amic_kg.records import UI_LANGUAGES, StoredDocument
from amic_kg_api import names
from amic_kg_api.addresses import SiteMap
from amic_kg_api.facet_view import facet_names
from amic_kg_api.linked_data import in_format
from amic_kg_api.middleware import SCRIPTED
from amic_kg_api.thing_view import in_context
from amic_kg_api.translations import Words, read_words
from amic_kg_api.visitors import Visitor

BOX_SCRIPT = "box.js"
"""Suggestions in the search box of a page; without it the box is a plain form."""

STATIC_FOLDER = Path(__file__).parent / "static"


class Pages:
    """Renders the site's templates; `site` says where things stand on this host."""

    def __init__(self, site: SiteMap) -> None:
        self.site = site
        self._environments = {
            language: _environment(words, site) for language, words in read_words().items()
        }

    def render(
        self,
        visitor: Visitor,
        template: str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **values: object,
    ) -> HTMLResponse:
        page = self._environments[visitor.language].get_template(template)
        text = page.render(visitor=visitor, href=visitor.to, **values)
        box = built_address(BOX_SCRIPT)
        # The policy lets a script in where the page has the search box, and nowhere else.
        scripted = SCRIPTED if box and box in text else {}
        # The same address answers in other languages and formats: caches must know.
        return HTMLResponse(
            text,
            status,
            {
                "Content-Language": visitor.language,
                "Vary": "Accept, Accept-Language",
                "Cache-Control": "no-cache",
                **scripted,
                **(headers or {}),
            },
        )


def pages_of(request: Request) -> Pages:
    return cast(Pages, request.app.state.pages)


def _environment(words: Words, site: SiteMap) -> Environment:
    environment = Environment(
        loader=PackageLoader("amic_kg_api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # The extension adds this method to the environment; its types do not say so.
    environment.install_gettext_translations(words.catalogue, newstyle=True)  # type: ignore[attr-defined]

    def kind_name(kind: str) -> str:
        return words.text(names.KINDS.get(kind, kind))

    def label(entity: Entity) -> str:
        return entity.label(words.language)

    def label_language(entity: Entity) -> str:
        """The language of the label that is shown: not all things have a name in each."""
        shown = entity.label(words.language)
        if entity.preferred.get(words.language) == shown:
            return words.language
        return next((tag for tag, text in entity.preferred.items() if text == shown), "en")

    def title_language(document: StoredDocument) -> str:
        """The language of the title that `title_in` gives to this reader."""
        title = document.record.title
        for wanted in (words.language, *document.record.languages, *title):
            if wanted in title:
                return _tag(wanted)
        return ""

    environment.globals.update(
        language=words.language,
        languages=[(code, read_words()[code].name_of_language(code)) for code in UI_LANGUAGES],
        static=static_address,
        box_script=built_address(BOX_SCRIPT),
        site=site,
        in_format=in_format,
        work_packages=names.WORK_PACKAGES,
        facet_names=facet_names,
    )
    environment.filters.update(
        kind_name=kind_name,
        source_kind=lambda kind: words.text(names.SOURCE_KINDS.get(kind, kind)),
        run_state=lambda state: words.text(names.RUN_STATES[state]),
        failure_name=lambda name: words.text(names.FAILURES.get(name, name)),
        work_relation=lambda relation: words.text(names.WORK_RELATIONS[relation]),
        work_reason=lambda reason: words.text(names.WORK_REASONS[reason]),
        type_name=lambda name: words.text(names.TYPES.get(name, name)),
        group_name=lambda name: words.text(names.GROUPS.get(name, name)),
        language_name=words.name_of_language,
        label=label,
        label_language=label_language,
        title_language=title_language,
        tag=_tag,
        in_context=in_context,
        number=words.number,
        issued=words.issued,
        translated=words.translated,
        words=words.text,
        short_iri=names.short_iri,
        licence_name=names.licence_name,
        capitalise=lambda text: text[:1].upper() + text[1:],
    )
    return environment


def _tag(language: str) -> str:
    """For a lang attribute: an empty one says that the language is not known."""
    return "" if language == "und" else language


def built_address(name: str) -> str | None:
    """The address of a file that the set-up builds; None where it could not (no Node.js)."""
    built = f"built/{name}"
    return static_address(built) if (STATIC_FOLDER / built).exists() else None


@cache
def static_address(name: str) -> str:
    """A static file's address with its content's hash: it may be kept for ever."""
    digest = hashlib.sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"
