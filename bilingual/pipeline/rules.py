"""What is translated by rule, because a rule is exact where an engine is not.

List numbering, brackets and quotation marks around a whole sentence, its last punctuation mark, dates, bare numbers,
addresses; text that is in the target language already.
"""

from __future__ import annotations

import re

from bilingual import numbers
from bilingual.model import Lang
from bilingual.pipeline import codes
from bilingual.text import HAN, SYMBOL, has_han, language, plain
from bilingual.verify import codes_fault

LONGEST: dict[Lang, int] = {"en": 600, "zh": 200}
"""Code points of a sentence that an engine gets in one piece; models are trained on little that is longer."""

_LETTER = re.compile(rf"[^\W\d_{HAN}]|[{HAN}]")
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|www\.)[^\s⟦⟧，。；）（]+[^\s⟦⟧，。；）（.,;:!?)]|(?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_LIST_NUMBER = re.compile(
    rf"(?P<lead>(?:⟦\d+⟧)*)(?:(?P<plain>\d{{1,2}})(?:[.)、．](?=\s)|[.、．)）](?=[{HAN}]))|[(（](?P<round>\d{{1,2}})[)）]"
    r"|(?P<han>[一二三四五六七八九十]{1,3})、|(?P<ring>[①-⑳]))\s*(?=\S)"
)
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", '"': '"', "“": "”", "「": "」", "『": "』", "《": "》"}
_IN: dict[Lang, dict[str, str]] = {
    "zh": {"(": "（", ")": "）", '"': "“", "“": "“", "”": "”", "[": "[", "]": "]", "【": "【", "】": "】"},
    "en": {"（": "(", "）": ")", "“": '"', "”": '"', "「": '"', "」": '"', "『": '"', "』": '"', "【": "[", "】": "]"},
}
_MARKS: dict[Lang, dict[str, str]] = {
    "zh": {",": "，", ";": "；", ":": "：", ".": "。", "!": "！", "?": "？", "—": "——", "–": "——"},
    "en": {"，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "！": "!", "？": "?", "—": " —"},
}
_LAST = re.compile(r"([,;:.!?，、；：。！？…]|[—–]+)?((?:⟦/\d+⟧|[\"'”’」』)）】》])*)$")
_ABBREVIATION = re.compile(r"(?:\b(?:etc|inc|ltd|co|corp|jr|sr|no|vs|al|dept|univ)|\b(?:[A-Za-z]\.)+[A-Za-z])\.$", re.I)
_BREAK = re.compile(rf"((?<=[{HAN}，。、；：！？）”])\s*\n\s*(?=[{HAN}（“《]))|\s*\n\s*")
_NAMED_TWICE = re.compile(rf"([{HAN}]{{2,}})[(（]\1[)）]|\b([A-Z][\w-]*(?: [\w-]+){{1,6}}) \((?:[Tt]he )?\2\)")
_CLAUSE = re.compile(r"[,;:—–]+(?=\s)|[，；：]|[—]+|\s-+(?=\s)|(?<=\S)\s*(?=[(（])|(?<=[)）])(?=[^\s.,。，])")
_SPACE = re.compile(r"\s+|(?<=⟧)|(?=⟦\d)")
_HAN_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)}


def convert(text: str, to: Lang) -> str | None:
    """The target of a text that needs no engine, or None.

    Dates, date ranges, bare numbers and addresses are converted; what is in the target language, or in no language,
    stays as it is.
    """
    if not SYMBOL.search(text):
        exact = numbers.convert(text, to)
        if exact is not None:
            return exact
    bare = _ADDRESS.sub(" ", plain(text))
    if not _LETTER.search(bare):
        return text
    return text if language(bare) in (to, "none") else None


def one_line(text: str) -> str:
    """A text without its soft line breaks: nothing between Han characters, else a space."""
    return _BREAK.sub(lambda found: "" if found[1] else " ", text)


def addresses(text: str) -> list[tuple[int, int, str]]:
    """Web and e-mail addresses within a text, with what stands for them in the target: themselves."""
    return [(*found.span(), found[0]) for found in _ADDRESS.finditer(text)]


def list_number(text: str, to: Lang) -> tuple[str, int]:
    """The list number that a text begins with, as the target language writes it, and where the text goes on."""
    found = _LIST_NUMBER.match(text)
    if not found or found["lead"]:
        return "", 0
    if found["ring"]:
        return found["ring"] + " ", found.end()
    if found["round"]:
        return f"（{found['round']}）" if to == "zh" else f"({found['round']}) ", found.end()
    if found["han"]:
        return (f"{_han_number(found['han'])}. " if to == "en" else found[0]), found.end()
    closing = ")" if ")" in found[0] or "）" in found[0] else "."
    return f"{found['plain']}{closing} ", found.end()


def _han_number(text: str) -> int:
    """The value of a Chinese numeral below 100."""
    if "十" not in text:
        return _HAN_DIGITS.get(text, 0)
    tens, ones = text.split("十", 1)
    return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)


def enclosed(text: str, to: Lang) -> tuple[str, str, str] | None:
    """Opening and closing mark in the target language, and the text between, of a text that brackets enclose whole."""
    opening = text[:1]
    closing = _BRACKETS.get(opening)
    inner = text[1:-1]
    if closing is None or len(text) < 3 or text[-1] != closing or opening in inner or closing in inner:
        return None
    if opening == "《" or codes_fault(inner, inner):
        return None
    if opening == '"' and to == "zh":
        return "“", inner.strip(), "”"
    return _IN[to].get(opening, opening), inner.strip(), _IN[to].get(closing, closing)


def finish(source: str, target: str, to: Lang, *, start: bool = True) -> str:
    """The target with the last mark of its source, and in English with a capital at the `start` of a sentence.

    A heading or a list item without a full stop gets none; models like to add it. A name that has no abbreviation in
    the target language is not put in brackets after itself.
    """
    if not _NAMED_TWICE.search(source):
        target = _NAMED_TWICE.sub(lambda m: m[1] or m[2], target)
    given, made = _LAST.search(source), _LAST.search(target)
    if given is None or made is None or not target:
        return target
    wanted = "" if _ABBREVIATION.search(source) else given[1] or ""
    is_mark = bool(made[1]) and not (to == "en" and _ABBREVIATION.search(target))
    if not wanted and is_mark and made[1] in ".。,，;；" and not _ABBREVIATION.search(source):
        target = target[: made.start(1)] + made[2]
    elif wanted and not is_mark:
        mark = _MARKS[to].get(wanted[0], wanted)
        closing = made[2] if given[2] else ""
        target = (target[: made.start(2)] if closing else target) + mark + closing
    elif wanted and wanted[0] in ",;:，；：、" and made[1]:
        target = target[: made.start(1)] + _MARKS[to].get(wanted[0], wanted) + made[2]
    return capital(target) if to == "en" and start else target


def signs(text: str, to: Lang) -> str:
    """Punctuation as the other language writes it."""
    return "".join(_MARKS[to].get(char, char) for char in text)


def capital(text: str) -> str:
    """An English sentence with a capital at its start; `iPhone` and `e-commerce`-like spellings of names stay."""
    found = re.match(r"(?:⟦\d+⟧|[\"'“‘(\[])*([a-z])(?![A-Z])", text)
    return text[: found.start(1)] + found[1].upper() + text[found.end(1) :] if found else text


def halves(text: str) -> list[str]:
    """A text cut in two at the clause border nearest to its middle, or at a space or code where there is none; never
    within a paired code. One part where there is no place to cut."""
    pairs = codes.outermost(text)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    middle, near = len(text) // 2, 2 * max(LONGEST.values())
    for border, reach in ((_CLAUSE, near), (_SPACE, near), (_CLAUSE, middle + 1), (_SPACE, middle + 1)):
        ends = (found.end() for found in border.finditer(text, max(0, middle - reach), middle + reach))
        places = [at for at in ends if first < at < last and not codes.within(pairs, at)]
        if places:
            at = min(places, key=lambda place: abs(place - len(text) / 2))
            return [text[:at].strip(), text[at:].strip()]
    return [text]


def parts(text: str) -> list[tuple[int, int]]:
    """The spans of a text's clauses; no border lies within a paired code, and none leaves a stub."""
    pairs = codes.outermost(text)
    least = 4 if has_han(text) else 12
    cuts = [0]
    for border in _CLAUSE.finditer(text):
        at = border.end()
        if min(at - cuts[-1], len(text) - at) >= least and not codes.within(pairs, at):
            cuts.append(at)
    spans = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        part = text[start:end]
        spans.append((start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())))
    return spans


def figures(text: str, to: Lang) -> list[tuple[int, int, str]]:
    """Dates, date ranges and numbers within a text, with their exact targets."""
    source: Lang = "zh" if to == "en" else "en"
    found = []
    for figure in numbers.find(text, source):
        target = numbers.write(figure, text, to)
        if target is not None:
            found.append((figure.start, figure.end, target))
    return found
