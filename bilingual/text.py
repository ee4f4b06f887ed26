"""Facts of script: which language a text is in, and where its sentences end.

Texts may be in inline-code form; the symbols `⟦1⟧`, `⟦/1⟧` are no words of any language.
"""

from __future__ import annotations

import re

from bilingual.model import BlockLang, Lang, Page

HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Han characters as the inside of a character class; beyond the basic plane too."""
KANA = "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff"
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"

SYMBOL = re.compile(r"⟦(/?)(\d+)⟧")
"""One inline code in a unit's text; group 1 is "/" for a closing half, group 2 its number."""

_SYMBOLS = re.compile(r"⟦/?\d+⟧")
_HAN = re.compile(f"[{HAN}]")
_NOT_HAN = re.compile(f"[^{HAN}]+")
_KANA = re.compile(f"[{KANA}]")
_WORD = re.compile(f"[{LATIN}][{LATIN}'’]*")
_BRACKETED = re.compile(r"[(（\[【「『\"“‘][^()（）\[\]【】「」『』\"“”‘’]*[)）\]】」』\"”’]")
_RUN = re.compile(f"[{LATIN}][{LATIN}0-9'’.,;:!?()\"“”\\-–—/&%+#@\\s]*")

FUNCTION_WORDS = frozenset(
    (
        "a an the of to and or but in on at by for from with as is are was were be been it its this that these "
        "those you your we our us i my me he she his her they their them not no if when while which who what how "
        "can will would should could may might must have has had do does did into than then there here also more "
        "most such all any some each other after before between during over under about up out so"
    ).split()
)
_SHARE = 5  # a language that holds less than a fifth of the words is not counted
_HAN_PER_WORD = 1.6


def has_han(text: str) -> bool:
    """Whether a text holds a Han character."""
    return _HAN.search(text) is not None


def plain(text: str) -> str:
    """A text without its inline codes."""
    return _SYMBOLS.sub(" ", text) if "⟦" in text else text


def han_count(text: str) -> int:
    """How many Han characters a text holds."""
    return len(_NOT_HAN.sub("", text))


def words(text: str) -> list[str]:
    """The Latin-script words of a text."""
    return _WORD.findall(text)


def _english_prose(text: str) -> int:
    """The number of words in runs of Latin script that read as English, not as names within a Chinese sentence."""
    prose, total = False, 0
    for run in _RUN.findall(text):
        found = _WORD.findall(run)
        functional = sum(word.lower() in FUNCTION_WORDS and not (word.isupper() and word[1:]) for word in found)
        lower = sum(word[0].islower() for word in found)
        if len(found) >= 4 and (
            functional * 12 >= len(found) or ((functional or len(found) >= 6) and lower * 3 > len(found) * 2)
        ):
            prose = True
            total += len(found)
        elif functional:
            total += len(found)
    return total if prose else 0


def language(text: str) -> BlockLang:
    """The language of a text: Han script against Latin script, names and terms left aside.

    A Chinese sentence full of English product names is Chinese; `mixed` takes English prose beside Chinese, neither
    less than a fifth of the words. Kana make a text Japanese, which is `none` here.
    """
    text = plain(text)
    han = han_count(text)
    if not han:
        return "en" if _WORD.search(text) and not _KANA.search(text) else "none"
    if len(_KANA.findall(text)) * 8 > han:
        return "none"
    english = _english_prose(text)
    chinese = han / _HAN_PER_WORD
    if english and english * (_SHARE - 1) >= chinese:
        return "mixed" if chinese * (_SHARE - 1) >= english else "en"
    if not english and len(words(text)) >= 2 and not has_han(_BRACKETED.sub("", text)):
        return "en"
    return "zh"


_ABBREVIATIONS = frozenset(
    (
        "e.g i.e etc vs cf mr mrs ms dr prof st no inc ltd co corp jr sr fig figs eq al approx dept univ vol pp ed "
        "eds est u.s u.k u.n p.r a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec"
    ).split()
)
_END_EN = re.compile(r"[.!?]+[\"'”’)\]]*(?:⟦/\d+⟧)*\s+(?=(?:⟦\d+⟧)*[\"'“‘(\[]*[A-Z0-9⟦])")
_LAST_WORD = re.compile(r"([A-Za-z.]+)\.$")
_END_ZH = re.compile(r"[。！？!?…]+[”’」』）)】》\"]*(?:⟦/\d+⟧)*\s*|[.](?:⟦/\d+⟧)*\s+(?=[A-Z" + HAN + "])")
_SPACE = re.compile(r"\S(?:.*\S)?", re.DOTALL)


def sentences(text: str, lang: Lang) -> list[tuple[int, int]]:
    """The spans of the sentences of a unit's text, without the space between them.

    A closing half of an inline code stays with the sentence that it ends.
    """
    cuts = []
    for end in (_END_ZH if lang == "zh" else _END_EN).finditer(text):
        if lang == "en" and _is_abbreviation(text, end.start(), end.end()):
            continue
        cuts.append(end.end())
    spans = []
    for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
        inner = _SPACE.search(text, start, stop)
        if inner:
            spans.append((inner.start(), inner.end()))
    return spans


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the full stop at `start` belongs to a word like "e.g." or to an initial."""
    if text[start] != ".":
        return False
    word = _LAST_WORD.search(text[max(0, start - 20) : start + 1])
    if not word:
        return False
    stem = word.group(1).lower().lstrip(".")
    return stem in _ABBREVIATIONS or (len(stem) == 1 and stem != "i" and not text[end:].startswith("The "))


_MIXED = 0.1
"""A page with so much of the other language, by words, is in both."""


def page_language(page: Page) -> BlockLang:
    """The language of a whole page by the words of its texts; comments do not count."""
    weight: dict[Lang, float] = {"en": 0.0, "zh": 0.0}
    for block in page.blocks:
        for unit in () if block.in_comment else block.units:
            text = plain(unit.text)
            latin, han = len(words(text)), han_count(text) / _HAN_PER_WORD
            if unit.lang == "mixed":
                weight["en"] += latin
                weight["zh"] += han
            elif unit.lang != "none":
                weight[unit.lang] += latin + han
    total = sum(weight.values())
    if not total:
        return "none"
    if min(weight.values()) >= _MIXED * total:
        return "mixed"
    return "en" if weight["en"] > weight["zh"] else "zh"
