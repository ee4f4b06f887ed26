"""TMX 1.4b (https://www.gala-global.org/tmx-14b): aligned texts for translation tools.

Inline codes are `ph` (standalone), `bpt` and `ept` (the halves of a pair), numbered as in the English text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from bilingual import __version__
from bilingual.errors import PageError
from bilingual.model import Code, Lang
from bilingual.text import SYMBOL

_TAGS: dict[Lang, str] = {"en": "en", "zh": "zh-Hans"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no way to write these
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class TranslationUnit(NamedTuple):
    """One English text and its Chinese, both in inline-code form."""

    en: str
    zh: str
    en_codes: Sequence[Code] = ()
    zh_codes: Sequence[Code] = ()
    note: str = ""
    """Where the two stand, for whoever reads the file."""


def write(units: Iterable[TranslationUnit]) -> str:
    """A TMX document."""
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
        f'<header creationtool="bilingual" creationtoolversion={quoteattr(__version__)} segtype="paragraph" '
        'o-tmf="bilingual" adminlang="en" srclang="en" datatype="unknown"/>\n<body>\n'
    )
    return head + "".join(_unit(unit) for unit in units) + "</body>\n</tmx>\n"


def _unit(unit: TranslationUnit) -> str:
    note = f"<note>{_safe(unit.note)}</note>\n" if unit.note else ""
    sides = [("en", unit.en, unit.en_codes), ("zh", unit.zh, unit.zh_codes)]
    body = "".join(
        f'<tuv xml:lang="{_TAGS[lang]}"><seg>{_seg(text, codes)}</seg></tuv>\n'  # type: ignore[index]
        for lang, text, codes in sides
    )
    return f"<tu>\n{note}{body}</tu>\n"


def _safe(text: str) -> str:
    return escape(_CONTROL.sub("\ufffd", text))


def _seg(text: str, codes: Sequence[Code]) -> str:
    pieces, at = [], 0
    for symbol in SYMBOL.finditer(text):
        pieces.append(_safe(text[at : symbol.start()]))
        number = int(symbol[2])
        code = codes[number - 1] if number <= len(codes) else Code("literal", "")
        if symbol[1]:
            pieces.append(f'<ept i="{number}">{_safe(code.close or "")}</ept>')
        elif code.close is not None or f"⟦/{number}⟧" in text:
            pieces.append(f'<bpt i="{number}" x="{number}">{_safe(code.open)}</bpt>')
        else:
            pieces.append(f'<ph x="{number}">{_safe(code.open)}</ph>')
        at = symbol.end()
    return "".join([*pieces, _safe(text[at:])])


def read(text: str, path: str = "") -> list[tuple[str, str]]:
    """The English and Chinese texts of a TMX document, in inline-code form; other languages are passed over.

    Raises PageError for a document that is no well-formed XML, or that declares entities (which a TMX does not need).
    """
    if "<!ENTITY" in text:
        raise PageError("the TMX declares entities; remove them", path=path)
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        line, column = error.position
        raise PageError(
            f"no well-formed XML: {error.msg.split(':')[0]}", path=path, line=line, column=column + 1
        ) from None
    found = []
    for unit in root.iter("tu"):
        sides: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            lang = (variant.get(_LANG) or variant.get("lang") or "").lower()[:2]
            segment = variant.find("seg")
            if segment is not None and lang in ("en", "zh"):
                sides.setdefault(lang, _symbols(segment))
        if sides.get("en", "").strip() and sides.get("zh", "").strip():
            found.append((sides["en"], sides["zh"]))
    return found


def _symbols(segment: ET.Element) -> str:
    """A segment with its elements as symbols, numbered by their `x`, else in order."""
    pieces = [segment.text or ""]
    numbers: dict[str, int] = {}
    fresh = 0
    for element in segment:
        fresh += element.tag in ("ph", "it", "bpt")
        number = int(element.get("x") or fresh) if (element.get("x") or "1").isdigit() else fresh
        if element.tag == "bpt":
            numbers[element.get("i") or ""] = number
        if element.tag == "ept":
            pieces.append(f"⟦/{numbers.get(element.get('i') or '', number)}⟧")
        elif element.tag in ("ph", "it", "bpt"):
            pieces.append(f"⟦{number}⟧")
        else:
            pieces.append("".join(element.itertext()))
        pieces.append(element.tail or "")
    return "".join(pieces)
