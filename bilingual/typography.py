"""Typography of freshly produced text: width of punctuation, quotes, the border of Chinese and Latin script.

Only ever applied to text that an engine or a rule produced, never to a person's. Texts are in inline-code form: a paired
code is looked through, a standalone one counts as a Latin word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bilingual.model import Lang
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
_BETWEEN = f"[{_PAIRED}]*"
_ELLIPSIS = re.compile(r"\.{3,}|…+|。{2,}")
_DASH = re.compile(f"(?<=[{HAN}”）》])({_BETWEEN}) ?(?:--+|—+|–|-(?= )|(?<= )-) ?({_BETWEEN})(?=[{HAN}“（《])")
_QUOTED = re.compile(r"\"([^\"\n]*)\"")
_BRACKETS = re.compile(r"\(([^()（）\n]*)\)")


def polish(text: str, lang: Lang, *, spacing: bool = False) -> str:
    """Bring a produced text into the typography of its language; idempotent.

    Chinese: full-width punctuation beside Han, Chinese quotes, —— and ……, no space between Han, and between Han and Latin
    script one space or none as `spacing` says. English: half-width punctuation, single spaces.
    """
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
    text = _QUOTED.sub(lambda m: f"“{m.group(1)}”" if _IS_HAN.search(m.group(1)) or _near_han(text, *m.span()) else m.group(), text)
    text = _BRACKETS.sub(
        lambda m: f"（{m.group(1).strip()}）" if _IS_HAN.search(m.group(1)) or _HAN_OR_CLOSE.match(_neighbour(text, m.start() - 1, -1)) else m.group(),
        text,
    )
    text = _widened(text)
    text = _DASH.sub(r"\1——\2", text)
    text = _border_patterns(spacing)[0].sub("", text)
    text = _border_patterns(spacing)[1].sub(lambda m: m.group(1) + (" " if spacing else "") + m.group(2), text)
    text = _border_patterns(spacing)[2].sub(lambda m: m.group(1) + (" " if spacing else "") + m.group(2), text)
    return re.sub(r" {2,}", " ", text).strip(" ")


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
                chinese = _HAN_OR_CLOSE.match(before) and not _WORD_START.match(text[at + 1 : at + 2])
            elif before.isdigit() and after.isdigit():
                chinese = None
            else:
                chinese = _HAN_OR_CLOSE.match(before) or _IS_HAN.match(after)
            if chinese:
                char = wide
        out.append(char)
    return "".join(out)


@lru_cache(maxsize=2)
def _border_patterns(spacing: bool) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Spaces to drop; borders from Han to Latin; borders from Latin to Han."""
    del spacing
    wide = f"[{HAN}，。、；：？！（）《》“”‘’…—]"
    drop = re.compile(
        f"(?<={wide}) +(?={_BETWEEN}{wide})|(?<=[，。、；：？！（）《》“]) +|(?<=[，。、；：？！（《“][{_PAIRED}]) +| +(?=[，。、；：？！（）《》”])"
        f"|(?<={wide}[{_PAIRED}]) +(?={_BETWEEN}{wide})"
    )
    han_latin = re.compile(f"([{HAN}]{_BETWEEN}) *({_BETWEEN}{_WORD_START.pattern})")
    latin_han = re.compile(f"({_WORDISH.pattern}{_BETWEEN}) *({_BETWEEN}[{HAN}])")
    return drop, han_latin, latin_han


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
    return re.sub(r" {2,}", " ", text).strip(" ")


_STRONG = re.compile(r"(\*\*|\*)(?P<inner>[^*\n]+?)\1")
_CLOSING_MARK = re.compile(r"([，。、；：？！,.;:?!…]+)$")


def mend_emphasis(markdown: str) -> str:
    """Emphasis that punctuation keeps from being emphasis, made so again.

    CommonMark does not close `**真。**` before a letter: the mark moves outside (`**真**。`), or, where brackets or quotes
    stand at the border, a space is set. Text whose delimiters already work is left alone.
    """
    return _STRONG.sub(lambda m: _mended(markdown, m), markdown)


def _mended(markdown: str, match: re.Match[str]) -> str:
    inner, mark = match["inner"], match.group(1)
    before, after = markdown[match.start() - 1 : match.start()], markdown[match.end() : match.end() + 1]
    trimmed = inner.strip()
    lead, tail = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    if not trimmed:
        return match.group()
    moved = ""
    if _blocks(trimmed[-1], after) and (closing := _CLOSING_MARK.search(trimmed)):
        moved, trimmed = closing.group(), trimmed[: closing.start()]
    if not trimmed:
        return match.group()
    open_space = " " if _blocks(trimmed[0], before) else ""
    close_space = " " if not moved and not tail and _blocks(trimmed[-1], after) else ""
    return f"{lead}{open_space}{mark}{trimmed}{mark}{moved}{tail}{close_space}"


def _blocks(inside: str, outside: str) -> bool:
    """Whether punctuation inside a delimiter beside a letter outside keeps it from working."""
    return bool(outside) and not inside.isalnum() and outside.isalnum()
