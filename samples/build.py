"""Builds `samples/corpus` from `samples/texts`; `--check` only compares.

python samples/build.py            write the files
python samples/build.py --check    exit 1 when a committed file differs
python samples/build.py --table    print the table of documents for README.md
"""

import argparse
import json
import sys
from pathlib import Path

from docx_layout import write_docx
from html_layout import write_html
from labels import TYPES
from pdf_file import register_fonts, write_pdf
from source import SourceDocument, read_all
from text_layout import write_text

HERE = Path(__file__).resolve().parent
TEXTS, CORPUS = HERE / "texts", HERE / "corpus"
DEFAULT_FONTS = Path("/usr/share/fonts/truetype/dejavu")


def render(document: SourceDocument, pages: list[SourceDocument], fonts: Path) -> bytes:
    """The bytes of one document; `pages` are the HTML pages that link to each other."""
    match document.format:
        case "pdf":
            return write_pdf(document, fonts)
        case "docx":
            return write_docx(document)
        case "html":
            return write_html(document, [(p.file, p.title) for p in pages if p is not document])
        case "txt":
            return write_text(document)
    raise ValueError(f"{document.file}: unknown format {document.format!r}")


def sidecar(document: SourceDocument) -> bytes:
    return (json.dumps(document.metadata, ensure_ascii=False, indent=2) + "\n").encode()


def build(fonts: Path) -> dict[str, bytes]:
    """File name → content of everything in the corpus."""
    register_fonts(fonts)
    documents = read_all(TEXTS)
    pages = [document for document in documents if document.format == "html"]
    files: dict[str, bytes] = {}
    for document in documents:
        files[document.file] = render(document, pages, fonts)
        if document.sidecar:
            files[f"{document.file}.metadata.json"] = sidecar(document)
    return files


def differences(files: dict[str, bytes]) -> list[str]:
    present = {path.name for path in CORPUS.iterdir()}
    changed = [
        f"{name}: {'differs' if name in present else 'missing'}"
        for name, data in files.items()
        if name not in present or (CORPUS / name).read_bytes() != data
    ]
    return changed + [f"{name}: not made by build.py" for name in sorted(present - set(files))]


def table() -> str:
    lines = ["| file | language | type | topic |", "|---|---|---|---|"]
    for document in read_all(TEXTS):
        kind = TYPES[document.metadata["type"]]["en"]
        languages = ", ".join(document.metadata["language"])
        lines.append(f"| `{document.file}` | {languages} | {kind} | {document.title} |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds the sample corpus of AMIC-KG.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    parser.add_argument("--table", action="store_true", help="print the table for README.md")
    parser.add_argument("--fonts", type=Path, default=DEFAULT_FONTS, help="folder of DejaVu fonts")
    options = parser.parse_args()
    if options.table:
        print(table())
        return 0
    files = build(options.fonts)
    CORPUS.mkdir(exist_ok=True)
    if options.check:
        problems = differences(files)
        print("\n".join(problems) or f"{len(files)} files are up to date")
        return 1 if problems else 0
    for stale in {path.name for path in CORPUS.iterdir()} - set(files):
        (CORPUS / stale).unlink()
    for name, data in files.items():
        (CORPUS / name).write_bytes(data)
    print(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
