"""One language's view of a page: what is dropped, what is kept, what has to be translated.

A view says everything once. A text that has a counterpart in the view's language is dropped where it stands and read
where its counterpart stands; a text without one is translated in place; all else stays byte for byte. A table of two
languages, each word beside its counterpart, is such a table in either view.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bilingual.header import key_language
from bilingual.inline import restore
from bilingual.merge import Edit, guarded
from bilingual.model import Block, Lang, Page, Unit
from bilingual.spare import spare_tables
from bilingual.typography import mend_emphasis

_BLANK = re.compile(r"[ \t>]*\r?$")
_OPEN_TAG = re.compile(r"<([A-Za-z][\w:-]*)[^<>]*>[ \t\r\n]*$")

Counterparts = Mapping[int, Sequence[int]]
"""Block index → the indices of the blocks that say the same in the other language, in full."""


class Plan(NamedTuple):
    """What a view does with the blocks of its page."""

    to: Lang
    drop: frozenset[int]
    """Blocks that are read at their counterpart's place."""
    translate: list[tuple[Block, Unit]]
    """Units that need a target, in page order."""
    replace: dict[int, str]
    """Blocks whose counterpart's source takes their place: it stands in a comment, or they are cells that cannot go."""
    values: dict[str, Unit]
    """Front-matter units whose value another key gives in the view's language: unit id → that unit."""
    tables: dict[int, tuple[int, int]]
    """Cells of tables that are dropped whole: block index → the range of the table's lines."""


def plan(page: Page, to: Lang, counterparts: Counterparts, keep: frozenset[int] = frozenset()) -> Plan:
    """Decide what the view in language `to` does with each block; those in `keep` stay as they are."""
    other: Lang = "en" if to == "zh" else "zh"
    drop: set[int] = set()
    replace: dict[int, str] = {}
    translate: list[tuple[Block, Unit]] = []
    values: dict[str, Unit] = {}
    tables = spare_tables(page, other, counterparts)
    spare = {cell.index: (start, end) for cells, start, end in tables for cell in cells}
    drop.update(_twins(page, other, counterparts))
    for block in page.blocks:
        if block.in_comment or block.index in drop or block.index in keep:
            continue
        if block.kind == "front-matter":
            values = _values(block, to)
            translate += [(block, u) for u in block.units if _wants(u, other) and u.id not in values]
            continue
        mates = [page.blocks[i] for i in counterparts.get(block.index, ())] if block.lang == other else []
        if mates and all(mate.in_comment for mate in mates):
            replace[block.index] = "\n\n".join(page.source(mate) for mate in mates)
        elif block.index in spare or (mates and _droppable(page, block, counterparts)):
            drop.add(block.index)
        elif mates and block.kind == "table-cell":
            if all(mate.start_line != block.start_line for mate in mates):
                replace[block.index] = " ".join(page.source(mate) for mate in mates)
        else:
            translate += [(block, unit) for unit in block.units if _wants(unit, other)]
    return Plan(to, frozenset(drop), translate, replace, values, spare)


def _twins(page: Page, other: Lang, counterparts: Counterparts) -> Iterator[int]:
    """Of a page of two halves: code, images and rules of the other language's half that stand in this one's half too,
    and the rules between the halves."""
    theirs = [i for i, mates in counterparts.items() if mates and page.blocks[i].lang == other]
    mine = [mate for i in theirs for mate in counterparts[i]]
    if not theirs or (max(theirs) > min(mine) and max(mine) > min(theirs)):
        return
    first = max(theirs) < min(mine)
    between = range(max(theirs), min(mine)) if first else range(max(mine), min(theirs))
    yield from (index for index in between if page.blocks[index].kind == "break")
    for index, mates in counterparts.items():
        if mates and page.blocks[index].lang == "none" and (index < mates[0]) == first:
            yield index


def _wants(unit: Unit, other: Lang) -> bool:
    """Whether a unit is to be translated; a header key that names its language keeps it."""
    return key_language(unit.key)[1] is None and unit.lang in (other, "mixed")


def _values(block: Block, to: Lang) -> dict[str, Unit]:
    """For each value like `title` the unit of a key like `title_zh`, where the header has one."""
    own = {}
    for unit in block.units:
        key, lang = key_language(unit.key)
        if lang == to:
            own[key] = unit
    return {unit.id: own[unit.key] for unit in block.units if unit.key in own and unit.lang not in (to, "none")}


def _droppable(page: Page, block: Block, counterparts: Counterparts) -> bool:
    """A list item cannot go without the items under it, unless its counterpart follows; a table cell never alone."""
    if block.kind == "table-cell":
        return False
    if block.kind != "list-item":
        return True
    following = [b for b in page.blocks[block.index + 1 :][:1] if not b.in_comment]
    if not following or following[0].index in counterparts.get(block.index, ()):
        return True
    after = following[0]
    nested = after.kind == "list-item" and after.level > block.level
    return not nested or (bool(counterparts.get(after.index)) and after.lang == block.lang)


def fixed_edits(page: Page, view: Plan) -> list[Edit]:
    """The edits that need no translation: what is dropped, and originals taken out of comments."""
    edits = [Edit(page.blocks[i].start, page.blocks[i].end, text) for i, text in view.replace.items()]
    edits += [_drop(page, page.blocks[index], view) for index in sorted(view.drop)]
    for unit in page.blocks[0].units if view.values else ():
        if mate := view.values.get(unit.id):
            edits.append(Edit(unit.start, unit.end, page.source(mate) if mate.form == unit.form else mate.text))
    return _disjoint(edits)


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """Drops of neighbours may share the empty lines between them."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if kept and edit.start < kept[-1].end:
            edit = edit._replace(start=kept[-1].end, end=max(edit.end, kept[-1].end))
        kept.append(edit)
    return kept


def _drop(page: Page, block: Block, view: Plan) -> Edit:
    following = next((b for b in page.blocks[block.index + 1 :] if b.index not in view.drop), None)
    if block.kind == "list-item" and following and following.kind == "paragraph" and _continues(page, block, following):
        content = block.start + len(block.marker)
        gap = re.compile(r"[ \t]*(?:\[[ xX]\][ \t]+)?").match(page.text, content)
        return Edit(gap.end() if gap else content, following.start, "")
    start, end = view.tables.get(block.index) or _element(page, block)
    first, last = page.line(start), page.line(max(start, end - 1))
    line_start = page.line_starts[first - 1]
    line_end = page.line_starts[last] if last < len(page.line_starts) else len(page.text)
    if not _BLANK.match(page.text[line_start:start]) or page.text[end:line_end].strip():
        return Edit(start, end, "")
    before_blank = first == 1 or bool(_BLANK.fullmatch(_line(page, first - 1)))
    while before_blank and last < len(page.line_starts) and _BLANK.fullmatch(_line(page, last + 1)):
        last += 1
        line_end = page.line_starts[last] if last < len(page.line_starts) else len(page.text)
    return Edit(line_start, line_end, "")


def _line(page: Page, number: int) -> str:
    start = page.line_starts[number - 1]
    end = page.line_starts[number] - 1 if number < len(page.line_starts) else len(page.text)
    return page.text[start:end]


def _continues(page: Page, item: Block, following: Block) -> bool:
    """Whether a paragraph belongs to the item before it."""
    return page.column(following.start) > page.column(item.start) and following.level == item.level


def _element(page: Page, block: Block) -> tuple[int, int]:
    """The span of a block, with the HTML tags that hold it and nothing else."""
    start, end = block.start, block.end
    if not block.units or block.units[0].form != "html":
        return start, end
    while opening := _OPEN_TAG.search(page.text, max(0, start - 500), start):
        closing = re.compile(rf"[ \t\r\n]*</{re.escape(opening.group(1))}\s*>", re.IGNORECASE).match(page.text, end)
        if not closing:
            break
        start, end = opening.start(), closing.end()
    return start, end


def unit_edit(page: Page, block: Block, unit: Unit, target: str, owner: int) -> Edit | None:
    """The edit that puts a target in a unit's place; None where the unit's form cannot hold it."""
    mended = mend_emphasis(unit.text, target, unit.codes, page.text[max(0, unit.start - 1) : unit.start])
    source = restore(unit, mended, cell=block.kind == "table-cell")
    if unit.form == "yaml-plain":
        quoted = _plain_value(page, unit, source)
        return None if quoted is None else Edit(unit.start, unit.end, quoted, owner)
    edit = Edit(unit.start, unit.end, source, owner)
    return guarded(page.text, edit) if unit.form == "markdown" and block.kind != "table-cell" else edit


def _plain_value(page: Page, unit: Unit, source: str) -> str | None:
    """A value for an unquoted scalar: quoted where YAML would read it as something else."""
    if _reads_back(source):
        return source
    line_end = page.text.find("\n", unit.end)
    rest = page.text[unit.end : line_end if line_end >= 0 else len(page.text)].strip()
    before = page.text[page.text.rfind("\n", 0, unit.start) + 1 : unit.start].rstrip()
    whole = before.endswith((":", "-")) and (not rest or rest.startswith("#"))
    escaped = source.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if whole else None


def _reads_back(value: str) -> bool:
    """Whether YAML reads an unquoted value as the text that it is."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return bool(yaml.load(f"key: {value}\n", loader) == {"key": value})
    except yaml.YAMLError:
        return False
