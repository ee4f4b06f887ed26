"""Typography of freshly produced text: width of punctuation, quotes, the border of Chinese and Latin script.

Only ever applied to text that an engine or a rule produced, never to a person's. Texts are in inline-code form: a
paired code is looked through, a standalone one counts as a Latin word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from bilingual.model import Code, Lang
from bilingual.text import HAN, SYMBOL

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_NARROW = str.maketrans("，、；：？！。（）【】　％＋－＝／", ",,;:?!.()[] %+-=/")
_FULL_FORMS = {0xFF10 + n: str(n) for n in range(10)} | {
    0xFF21 + n + low: chr(65 + n + low) for n in range(26) for low in (0, 32)
}
_HAN_OR_CLOSE = re.compile(f"[{HAN}）》”’」』】％]")
_IS_HAN = re.compile(f"[{HAN}]")
_WORDISH = re.compile(r"[A-Za-z0-9\u00c0-\u024f%+#@&$\ue800-\uefff]")
_WORD_START = re.compile(r"[A-Za-z0-9\u00c0-\u024f+#@&$\ue800-\uefff]")
_PAIRED = "\ue000-\ue7ff"  # private use: halves of paired codes while a text is worked on
_PRIVATE = re.compile("[\ue000-\uefff]")
_BETWEEN = f"[{_PAIRED}]*"
_ELLIPSIS = re.compile(r"\.{3,}|…+|。{2,}")
_DASH = re.compile(f"(?<=[{HAN}”）》])({_BETWEEN}) ?(?:--+|—+|–|-(?= )|(?<= )-) ?({_BETWEEN})(?=[{HAN}“（《])")
_WIDE_CHAR = f"[{HAN}，。、；：？！（）《》“”‘’…—]"
_NO_SPACE = re.compile(
    f"(?<={_WIDE_CHAR}) +(?={_BETWEEN}{_WIDE_CHAR})|(?<={_WIDE_CHAR}[{_PAIRED}]) +(?={_BETWEEN}{_WIDE_CHAR})"
    f"|(?<=[，。、；：？！（）《》“]) +|(?<=[，。、；：？！（《“][{_PAIRED}]) +| +(?=[，。、；：？！（）《》”])"
)
_HAN_LATIN = re.compile(f"([{HAN}]{_BETWEEN}) *({_BETWEEN}{_WORD_START.pattern})")
_LATIN_HAN = re.compile(f"({_WORDISH.pattern}{_BETWEEN}) *({_BETWEEN}[{HAN}])")
_QUOTED = re.compile(r"\"([^\"\n]*)\"")
_BRACKETS = re.compile(r"\(([^()（）\n]*)\)")


def polish(text: str, lang: Lang, *, spacing: bool = False) -> str:
    """Bring a produced text into the typography of its language; idempotent.

    Chinese: full-width punctuation beside Han, Chinese quotes, —— and ……, no space between Han, and between Han and
    Latin script one space or none as `spacing` says. English: half-width punctuation, single spaces.
    """
    if _PRIVATE.search(text):
        return text  # an icon font's characters; they would be taken for our masks
    masked, symbols = _mask(text)
    masked = masked.translate(_FULL_FORMS)
    masked = _chinese(masked, spacing) if lang == "zh" else _english(masked)
    return _unmask(masked, symbols)


def _mask(text: str) -> tuple[str, list[str]]:
    """Each inline code as one private character, paired and standalone ones in different ranges."""
    if "⟦" not in text:
        return text, []
    symbols: list[str] = []
    closed = {m.group(2) for m in SYMBOL.finditer(text) if m.group(1)}

    def one(match: re.Match[str]) -> str:
        symbols.append(match.group())
        return chr((0xE000 if match.group(2) in closed else 0xE800) + len(symbols) - 1)

    return SYMBOL.sub(one, text), symbols


def _unmask(text: str, symbols: list[str]) -> str:
    if not symbols:
        return text
    return re.sub(r"[\ue000-\uefff]", lambda m: symbols[(ord(m.group()) - 0xE000) % 0x800], text)


def _neighbour(text: str, at: int, step: int) -> str:
    """The character beside a place, paired codes and spaces passed over."""
    while 0 <= at < len(text) and (text[at] == " " or "\ue000" <= text[at] <= "\ue7ff"):
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _chinese(text: str, spacing: bool) -> str:
    text = _ELLIPSIS.sub(lambda m: "……" if _near_han(text, m.start(), m.end()) else m.group(), text)
    quoted = text
    text = _QUOTED.sub(lambda m: f"“{m[1]}”" if _IS_HAN.search(m[1]) or _near_han(quoted, *m.span()) else m[0], text)
    bracketed = text
    text = _BRACKETS.sub(lambda m: f"（{m[1].strip()}）" if _wide_brackets(bracketed, m) else m[0], text)
    text = _widened(text)
    text = _DASH.sub(r"\1——\2", text)
    text = _NO_SPACE.sub("", text)
    for border in (_HAN_LATIN, _LATIN_HAN):
        text = border.sub(r"\1 \2" if spacing else r"\1\2", text)
    return re.sub(r" {2,}", " ", text).strip(" ")


def _wide_brackets(text: str, match: re.Match[str]) -> bool:
    """Whether brackets hold or follow Chinese."""
    return bool(_IS_HAN.search(match[1]) or _HAN_OR_CLOSE.match(_neighbour(text, match.start() - 1, -1)))


def _near_han(text: str, start: int, end: int) -> bool:
    before, after = _neighbour(text, start - 1, -1), _neighbour(text, end, 1)
    return bool(_HAN_OR_CLOSE.match(before) or _IS_HAN.match(after))


def _widened(text: str) -> str:
    """Half-width marks made full-width where they punctuate Chinese."""
    out = []
    for at, char in enumerate(text):
        wide = _WIDE.get(char)
        if wide:
            before, after = _neighbour(text, at - 1, -1), _neighbour(text, at + 1, 1)
            if char == ".":
                chinese = bool(_HAN_OR_CLOSE.match(before)) and not _WORD_START.match(text[at + 1 : at + 2])
            else:
                figures = before.isdigit() and after.isdigit()
                chinese = not figures and bool(_HAN_OR_CLOSE.match(before) or _IS_HAN.match(after))
            if chinese:
                char = wide
        out.append(char)
    return "".join(out)


def _english(text: str) -> str:
    text = re.sub(r"……|。{3,}", "...", text)
    text = re.sub(r"——+", " — ", text)
    text = re.sub(r"《([^《》]*)》", r'"\1"', text)
    text = re.sub(r"[「『]([^「」『』]*)[」』]", r'"\1"', text)
    text = re.sub(r"\s*（\s*", " (", text)
    text = re.sub(r"\s*）\s*", ") ", text)
    text = re.sub(r"([，、；：？！。])(?=[^\s”’\"'）)\ue000-\ue7ff])", r"\1 ", text).translate(_NARROW)
    text = re.sub(r" +([,;:?!.)\]])(?![\w.])", r"\1", text)
    text = re.sub(r"([(\[]) +", r"\1", text)
    text = re.sub(r"(?<=\w) ?(?:(?<=[A-Za-z]{2})([+&]) | ([+&]))(?=[A-Za-z])", lambda m: f" {m[1] or m[2]} ", text)
    return re.sub(r" {2,}", " ", text).strip(" ")


_TOUCHING = re.compile(r"(⟦/(\d+)⟧)(⟦(\d+)⟧)")
_CLOSING_MARK = re.compile(r"[，。、；：？！,.;:?!…]+$")


def mend_emphasis(source: str, target: str, codes: Sequence[Code], around: str = "") -> str:
    """A unit's target in which emphasis still is emphasis, and what was none is none.

    CommonMark does not close `**真。**` before a letter: the mark moves outside (`**真**。`). Where brackets or quotes
    stand at the border, a space is set. Space inside the delimiters moves out as well. A sign that is no emphasis
    (`2 * 3`, `** no **`) keeps the space beside it that makes it so, and two that touch (`**a****b**`) get one. What
    works is left alone. `around` is the sign of the emphasis that the whole unit stands in, if it does.
    """
    signs = {number: code.open[0] for number, code in enumerate(codes, 1) if code.kind == "emphasis" and code.close}
    for number, code in reversed(list(enumerate(codes, 1))):  # what is within comes after what is around it
        if number in signs:
            target = _still_emphasis(target, number, signs, around)
        elif code.kind == "literal" and code.open[0] in "*_~":
            target = _still_a_sign(source, target, f"⟦{number}⟧")
    return _TOUCHING.sub(
        lambda m: f"{m[1]} {m[3]}" if signs.get(int(m[2]), 1) == signs.get(int(m[4]), 2) else m[0], target
    )


def _still_a_sign(source: str, target: str, symbol: str) -> str:
    """A target with the space beside a sign that its source has, where the sign would open or close without it."""
    (before, _, after), (left, _, right) = source.partition(symbol), target.partition(symbol)
    lead = before[-1:].isspace() and left and not left[-1].isspace()
    tail = after[:1].isspace() and right and not right[0].isspace()
    closes = left[-1:].isalnum() or not right[:1].isalnum()
    opens = right[:1].isalnum() or not left[-1:].isalnum()
    return left + (" " if lead and closes else "") + symbol + (" " if tail and opens else "") + right


def _still_emphasis(target: str, number: int, signs: Mapping[int, str], around: str) -> str:
    """A target in which one pair of delimiters works; one within another of its kind needs space around it."""
    match = re.search(rf"(⟦{number}⟧)(\s*)(.*?)(\s*)(⟦/{number}⟧)", target, re.DOTALL)
    if not match or not match[3]:
        return target
    opening, lead, inner, tail, closing = match.groups()
    before, after, mark = target[: match.start()], target[match.end() :], signs[number]
    within = mark == around or any(
        f"⟦{n}⟧" in before and f"⟦/{n}⟧" in after for n in signs if n != number and signs[n] == mark
    )
    moves = not tail and _blocks(inner[-1], after[:1], mark) and _CLOSING_MARK.search(inner)
    if moves and moves.start():
        inner, tail = inner[: moves.start()], moves[0]
    if not lead and (_blocks(inner[0], before[-1:], mark) or (within and before[-1:].isalnum())):
        lead = " "
    if not tail and (_blocks(inner[-1], after[:1], mark) or (within and after[:1].isalnum())):
        tail = " "
    return f"{before}{lead}{opening}{inner}{closing}{tail}{after}"


def _blocks(inside: str, outside: str, mark: str) -> bool:
    """Whether what stands inside and outside of a delimiter keeps it from working: punctuation inside and a letter
    outside; for an underscore a letter on both sides."""
    if not outside or outside.isspace() or unicodedata.category(outside)[0] in "PS":
        return False
    return not inside.isalnum() or mark == "_"
