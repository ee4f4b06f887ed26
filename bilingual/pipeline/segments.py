"""A unit's text ⇄ segments: one sentence each, codes numbered from 1, what rules can carry taken off.

cut(text, to) ─▶ Plan(pieces)        a piece is target text as it stands, or a Segment for the engine
join(plan, targets) ─▶ target text
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bilingual.model import Lang
from bilingual.pipeline import codes, rules
from bilingual.text import HAN, SYMBOL, has_han, sentences

_HEAD = re.compile(r"(?:⟦/?\d+⟧\s*)+")
_TAIL = re.compile(r"(?:\s*⟦/?\d+⟧)+$")
_LABEL = re.compile(r"⟦(\d+)⟧[^⟦⟧]{1,80}?[:：.。!！?？]\s*⟦/\1⟧\s*(?=\S)|⟦(\d+)⟧[^⟦⟧]{1,80}?⟦/\2⟧[:：]\s*(?=\S)")
_AFTER_END = re.compile(r"(?<=[.!?。！？…])((?:\s*⟦\d+⟧)+)$")
_NO_SPACE = re.compile(rf"[{HAN}，。、；：？！“”‘’（）《》【】「」『』…—\s]")


_REACH = 500  # how far from its end a sentence's last codes are looked for


class Segment(NamedTuple):
    """What an engine translates, and what stands around it in the target."""

    text: str
    numbers: tuple[int | str, ...]
    """The number in the unit of each of its codes."""
    before: str = ""
    """Target text in front of it: list numbering, an opening code or bracket."""
    after: str = ""


class Plan(NamedTuple):
    """A unit's text cut up, in order; joined by the target language's rule."""

    pieces: tuple[str | Segment, ...]
    to: Lang

    @property
    def segments(self) -> list[Segment]:
        return [piece for piece in self.pieces if isinstance(piece, Segment)]


def cut(text: str, to: Lang) -> Plan:
    """Cut a unit's text into segments; pieces that need no engine are in the target language already."""
    source: Lang = "zh" if to == "en" else "en"
    done = rules.convert(text, to)
    if done is not None:
        return Plan((done,), to)
    text = rules.one_line(text)
    number, at = rules.list_number(text, to)
    pieces: list[str | Segment] = []
    paired = codes.pairs(text)
    for start, end in _whole(text, [(at + a, at + b) for a, b in _spans(text[at:], source)], paired):
        crossing = {
            n for n, (opening, _, _, closing) in paired.items() if opening < start < closing or opening < end < closing
        }
        pieces.extend(_pieces(text[start:end], to, source, crossing))
    if number and pieces:
        first = pieces[0]
        pieces[0] = number + first if isinstance(first, str) else first._replace(before=number + first.before)
    return Plan(tuple(pieces), to)


def join(plan: Plan, targets: Mapping[str, str]) -> str:
    """The unit's target, with the unit's own code numbers, from the targets of the segments' texts."""
    done: list[str] = []
    for piece in plan.pieces:
        if isinstance(piece, Segment):
            body = codes.unmask(targets[piece.text], piece.numbers)
            piece = piece.before + body + piece.after
        if piece:
            done.append(piece)
    return concatenated(done, plan.to)


def whole_sentences(text: str, to: Lang) -> list[str]:
    """The sentences of a unit as they stand; one that a paired code crosses stays with its neighbour."""
    source: Lang = "zh" if to == "en" else "en"
    spans = _whole(text, _sentences(text, source), codes.pairs(text), all_inside=True)
    return [text[start:end].strip() for start, end in spans]


def concatenated(targets: Sequence[str], to: Lang) -> str:
    """Sentences one after the other, as the target language sets them."""
    done = list(targets[:1])
    for target in targets[1:]:
        done += [_gap(done[-1], target, to), target]
    return "".join(done)


def _gap(left: str, right: str, to: Lang) -> str:
    """Between two sentences: a space in English; in Chinese only where neither side is full width."""
    end, start = SYMBOL.sub("", left)[-1:], SYMBOL.sub("", right)[:1]
    if to == "zh" and (not end or not start or _NO_SPACE.match(end) or _NO_SPACE.match(start)):
        return ""
    return " "


def _spans(text: str, source: Lang) -> list[tuple[int, int]]:
    """The sentences, a label in front of one (`⟦1⟧Deepening:⟦/1⟧ We …`) cut off."""
    spans = []
    for start, end in _sentences(text, source):
        label = _LABEL.match(text, start, end)
        if label and SYMBOL.sub("", text[label.end() : end]).strip(" .。"):
            cut_at = len(text[: label.end()].rstrip())
            spans += [(start, cut_at), (label.end(), end)]
        else:
            spans.append((start, end))
    return spans


def _sentences(text: str, source: Lang) -> list[tuple[int, int]]:
    """The sentences of a text; Chinese ones among English ones end where Chinese sentences end."""
    found = sentences(text, source)
    if source == "zh" or not has_han(text):
        return found
    return [(start + a, start + b) for start, end in found for a, b in sentences(text[start:end], "zh")]


def _whole(
    text: str, spans: list[tuple[int, int]], paired: dict[int, tuple[int, int, int, int]], *, all_inside: bool = False
) -> list[tuple[int, int]]:
    """Sentences merged where a paired code crosses their border, but for one that opens in front of a sentence and
    closes behind a later one: that is carried outside of them, unless it must be `all_inside`."""
    if len(spans) < 2:
        return spans
    borders = []  # index of the first and the last sentence of a group that must stay together
    for open_at, open_end, close_at, _ in paired.values():
        first = next((i for i, (_, end) in enumerate(spans) if open_at < end), 0)
        last = next((i for i, (_, end) in enumerate(spans) if close_at < end), len(spans) - 1)
        outside = (
            not SYMBOL.sub("", text[spans[first][0] : open_end]).strip()
            and not SYMBOL.sub("", text[close_at : spans[last][1]]).strip()
        )
        if first < last and (all_inside or not outside):
            borders.append((first, last))
    merged: list[tuple[int, int]] = []
    for index, (start, end) in enumerate(spans):
        if merged and any(first < index <= last for first, last in borders):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _pieces(sentence: str, to: Lang, source: Lang, crossing: set[int]) -> list[str | Segment]:
    """One sentence as a piece; as several where it has more codes than an engine knows, or is too long."""
    before, core, after = _peel(sentence.strip(), to, crossing)
    if not core:
        return [before + after]
    done = rules.convert(core, to)
    if done is not None:
        return [before + done + after]
    if len(codes.numbers(core)) > codes.MOST or len(core) > rules.LONGEST[source]:
        parts = rules.halves(core)
        if len(parts) > 1:
            inner = [piece for part in parts for piece in _pieces(part, to, source, crossing)]
            return _enclose(before, inner, after)
    masked = codes.renumber(core)
    return [Segment(masked.text, masked.stands_for, before, after)]


def _enclose(before: str, pieces: list[str | Segment], after: str) -> list[str | Segment]:
    first = pieces[0]
    pieces[0] = before + first if isinstance(first, str) else first._replace(before=before + first.before)
    last = pieces[-1]
    pieces[-1] = last + after if isinstance(last, str) else last._replace(after=last.after + after)
    return pieces


def _peel(core: str, to: Lang, crossing: set[int]) -> tuple[str, str, str]:
    """A sentence without what encloses all of it: halves of codes whose other half is in another sentence, whole
    pairs, brackets, quotation marks, and marks behind its last full stop."""
    before, after = "", ""
    while core:
        end = max(0, len(core) - _REACH)
        head, tail = _HEAD.match(core), _TAIL.search(core, end)
        enclosing = rules.enclosed(core, to)
        if head and (halves := [s for s in SYMBOL.finditer(core, 0, head.end()) if int(s[2]) in crossing]):
            before, core = before + core[: halves[-1].end()], core[halves[-1].end() :].lstrip()
        elif tail and (halves := [s for s in SYMBOL.finditer(core, tail.start()) if int(s[2]) in crossing]):
            core, after = core[: halves[0].start()].rstrip(), core[halves[0].start() :] + after
        elif pair := next((p for p in codes.pairs(core).values() if p[0] == 0 and p[3] == len(core)), None):
            before, core, after = before + core[: pair[1]], core[pair[1] : pair[2]].strip(), core[pair[2] :] + after
        elif trailing := _AFTER_END.search(core, end):
            core, after = core[: trailing.start()], trailing[0] + after
        elif enclosing:
            before, core, after = before + enclosing[0], enclosing[1], enclosing[2] + after
        else:
            break
    return before, core, after
