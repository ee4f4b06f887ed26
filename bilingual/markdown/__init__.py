"""A page's bytes ⇄ blocks and units with exact spans.

The blocks are found by our own scanner, since no Markdown parser for Python says where its inline text stands (mistune
gives no positions at all). mistune is the second reader: `outline` is what it makes of a page, and the proof of every
merge compares outlines.
"""

from __future__ import annotations

from pathlib import Path

from bilingual.errors import PageError
from bilingual.markdown.blocks import read_blocks
from bilingual.markdown.header import KEYS
from bilingual.model import Page

__all__ = ["KEYS", "decode", "parse", "read"]


def decode(data: bytes, path: str = "") -> str:
    """Decode a page, or say what it is instead of UTF-8 text."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise PageError("this is UTF-16; save the page as UTF-8", path=path) from None
        if b"\0" in data[:8192]:
            raise PageError("this is a binary file, not a Markdown page", path=path) from None
        line = data.count(b"\n", 0, error.start) + 1
        raise PageError(f"invalid UTF-8 at byte {error.start}; save the page as UTF-8", path=path, line=line) from None


def read(path: str | Path, *, keys: frozenset[str] = KEYS) -> Page:
    """Read and parse the page at `path`. Raises PageError, with the place, for what is no page."""
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise PageError("no such file", path=name) from None
    except IsADirectoryError:
        raise PageError("this is a folder; name a page", path=name) from None
    except OSError as error:
        if Path(path).is_dir():
            raise PageError("this is a folder; name a page", path=name) from None
        raise PageError(f"cannot be read: {error.strerror or error}", path=name) from None
    return parse(data, name, keys=keys)


def parse(source: str | bytes, path: str = "", *, keys: frozenset[str] = KEYS) -> Page:
    """Parse a page into blocks and units.

    `keys` are the front-matter keys whose values are units, as names or dotted paths. Any text is a page; PageError is
    raised only for bytes that are no UTF-8 and for a header without end or that is no mapping.
    """
    text = source if isinstance(source, str) else decode(source, path)
    blocks, header = read_blocks(text, path, keys)
    return Page(path, text, tuple(blocks), header)
