"""Sentence pairs from `kind<TAB>en<TAB>zh` files, cleaned: what would teach a model wrongly is mended or left out."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bilingual.compare import compare
from bilingual.text import HAN, SYMBOL

LONGEST_EN = 90
"""English words that a pair may have; a longer one is several sentences."""
LONGEST_ZH = 170


class Pair(NamedTuple):
    """One sentence in both languages, inline codes numbered in order of the English side."""

    kind: str
    en: str
    zh: str


_PUNCTUATED = f"{HAN}，。；：！？、“”（）《》"
_GAP = re.compile(
    rf"(?<=[{_PUNCTUATED}])\s+(?=[{_PUNCTUATED}A-Za-z0-9⟦$¥€%+])|(?<=[A-Za-z0-9%+⟧])\s+(?=[{_PUNCTUATED}])"
)
_HALF_WIDTH = re.compile(rf"(?<=[{HAN}”）⟧])\s*([,;:?!])\s*(?=[{HAN}“（⟦]|$)")
_STOP = re.compile(rf"(?<=[{HAN}）”])\.(?=$|[{HAN}])")
_BRACKETS = re.compile(rf"(?<=[{HAN}⟧])\s*\(([^()]*)\)")
_QUOTES = re.compile(rf"\"([^\"]*[{HAN}][^\"]*)\"")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARKUP = re.compile(
    r"\[/?\w+\]|\]\[|\[\[|[{}<>|\\]|\*\w|\w\*|%[a-z]|__|//|==|&\w+;|=\"|\$\$|\^\w|\[\^|\d\$|\b_|_\b|%\d"
)
_WORD = re.compile(r"[A-Za-z]+")
_HAN = re.compile(f"[{HAN}]")
_NUMBER = re.compile(r"\d{2,}")


def read(path: Path) -> Iterator[Pair]:
    """The pairs of a file, as they stand. Lines that are not three columns raise ValueError."""
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 3:
                raise ValueError(f"{path}:{number}: {len(columns)} columns where kind, en, zh are expected")
            yield Pair(*columns)


def clean(pair: Pair) -> Pair | None:
    """The pair with its Chinese in full-width punctuation and without spaces at script borders; None where it is
    better left out: markup that is no inline code, a code that stands twice, sides that do not match."""
    en = " ".join(unicodedata.normalize("NFC", pair.en).split())
    zh = chinese(unicodedata.normalize("NFC", pair.zh))
    if not en or not zh or _MARKUP.search(SYMBOL.sub(" ", en)) or _MARKUP.search(SYMBOL.sub(" ", zh)):
        return None
    symbols = SYMBOL.findall(en)
    if len(symbols) != len(set(symbols)) or sorted(symbols) != sorted(SYMBOL.findall(zh)):
        return None
    return Pair(pair.kind, en, zh) if _matching(SYMBOL.sub(" ", en), SYMBOL.sub("", zh)) else None


def chinese(text: str) -> str:
    """Chinese as the corpus writes it: full-width punctuation, no space beside Latin script or codes."""
    text = _HALF_WIDTH.sub(lambda found: _WIDE[found[1]], " ".join(text.split()))
    text = _STOP.sub("。", _QUOTES.sub(r"“\1”", _BRACKETS.sub(r"（\1）", text)))
    return _GAP.sub("", text)


def _matching(en: str, zh: str) -> bool:
    """Whether two sides without codes can be translations of each other, by length, script and numbers."""
    words, han = len(_WORD.findall(en)), len(_HAN.findall(zh))
    latin = len(_WORD.findall(zh))
    if not words or not han or _HAN.search(en) or words > LONGEST_EN or han > LONGEST_ZH:
        return False
    if latin > han and latin > 3:
        return False
    ratio = (han + 1.6 * latin) / words
    if (words >= 5 and not 0.7 <= ratio <= 3.4) or (words < 5 and (han > 14 or han > 7 * words)):
        return False
    numbers = set(_NUMBER.findall(en)), set(_NUMBER.findall(zh))
    if not numbers[0] or not numbers[1] or numbers[0] & numbers[1]:
        return True
    return not any(found.kind in ("number", "date") for found in compare(en, zh))  # 600,000 is 60万
