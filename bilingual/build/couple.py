"""A page and its counterpart, read from disk: what a run starts from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bilingual.build.items import Item, items
from bilingual.build.link import LANGS, other
from bilingual.ledger import Ledger
from bilingual.markdown import parse
from bilingual.merge import Edit, apply, relink
from bilingual.model import Lang, Page, Unit
from bilingual.site import SUFFIXES
from bilingual.translate import NOTES
from bilingual.view import Counterparts, fixed_edits, plan

_LANGUAGE = re.compile(r"^(?:lang|language|locale)[ \t]*[:=][ \t]*[\"']?((en|zh)(?:[-_]\w+)*)\b", re.MULTILINE)
_PERMALINK = re.compile(r"^permalink[ \t]*:[ \t]*([\"']?)(?=/)", re.MULTILINE)
_OWN_ADDRESS = re.compile(r"/(?:en|zh)(?=/)")
NO_TEXT = frozenset(NOTES.values())


@dataclass(frozen=True)
class Couple:
    """Where a page and its counterpart are, or will be."""

    paths: Mapping[Lang, Path]
    names: Mapping[Lang, str]
    """The paths as seen from the site, with `/`; what the ledger calls them."""
    home: Lang
    """The target language of links that have no direction of their own."""
    jekyll: bool = False
    """Whether a page that is made says its language in its header, and has an address of its own there."""
    view: bool = False
    """Whether the target is one language's view of a page that holds both: then nothing flows back into the page."""

    @property
    def source(self) -> Path:
        return self.paths[other(self.home)]

    @property
    def target(self) -> Path:
        return self.paths[self.home]


@dataclass(frozen=True)
class Reading:
    """A couple with its pages and ledgers, as they stood when they were read."""

    couple: Couple
    data: Mapping[Lang, bytes | None]
    """The bytes of each file; None where there is none."""
    pages: Mapping[Lang, Page]
    """The pages; of a view the source is the page with what the view drops left out."""
    items: Mapping[Lang, tuple[Item, ...]]
    ledgers: Mapping[Lang, Ledger]
    known: bool
    """Whether there was a ledger."""
    keys: frozenset[str]
    by_machine: bool = False
    """Whether the target page is what `translate` wrote, byte for byte: then no person's text is in it."""

    def absent(self, lang: Lang) -> bool:
        """Whether a page has to be made."""
        return self.data[lang] is None

    def source(self, to: Lang) -> Page:
        """The source of the page in language `to`, its relative links as they have to be there."""
        return self._sources[to][0]

    def source_unit(self, to: Lang, item: Item) -> Unit | None:
        """The unit of an item of the source, its codes as they have to be in the page in language `to`."""
        return self._sources[to][1][item.index].unit

    @cached_property
    def _sources(self) -> dict[Lang, tuple[Page, tuple[Item, ...]]]:
        found: dict[Lang, tuple[Page, tuple[Item, ...]]] = {}
        for to in LANGS:
            page, mine = self.pages[other(to)], self.items[other(to)]
            moved = _relinked(page, self.couple.paths[other(to)].parent, self.couple.paths[to].parent)
            if moved != page.text:
                there = parse(moved, page.path, keys=self.keys)
                theirs = tuple(items(there, leave_out=NO_TEXT))
                if len(theirs) == len(mine) and len(there.blocks) == len(page.blocks):
                    page, mine = there, theirs
            found[to] = page, mine
        return found


def _relinked(page: Page, source: Path, target: Path) -> str:
    """A page's text with links to files that the target's folder does not have an equal of."""

    def keep(url: str) -> bool:
        path = re.split(r"[?#]", url, maxsplit=1)[0]
        is_page = Path(path).suffix.lower() in SUFFIXES and (source / path).exists()
        return (target / path).exists() or is_page

    return relink(page.text, source, target, keep)


def reading(
    couple: Couple,
    data: Mapping[Lang, bytes | None],
    ledgers: Mapping[Lang, Ledger],
    *,
    known: bool,
    keys: frozenset[str],
    counterparts: Counterparts | None = None,
    by_machine: bool = False,
) -> Reading:
    """Parse the pages of a couple. `counterparts` are those within the source page of a view.

    Raises PageError for a page that cannot be read.
    """
    pages: dict[Lang, Page] = {}
    for lang in LANGS:
        pages[lang] = parse(data[lang] or b"", str(couple.paths[lang]), keys=keys)
    if couple.view:
        source = other(couple.home)
        pages[source] = as_seen(pages[source], couple.home, keys, counterparts or {})
    found = {lang: tuple(items(page, leave_out=NO_TEXT)) for lang, page in pages.items()}
    return Reading(couple, data, pages, found, ledgers, known, keys, by_machine)


def as_seen(page: Page, to: Lang, keys: frozenset[str], counterparts: Counterparts) -> Page:
    """A page with what a view in language `to` drops or takes over, and nothing translated yet."""
    edits = fixed_edits(page, plan(page, to, counterparts))
    return parse(apply(page.text, edits), page.path, keys=keys) if edits else page


def first_draft(read: Reading, to: Lang) -> Page:
    """The page that a missing target starts from: the source, with its header saying the target's language."""
    source = read.source(to)
    page = source if read.couple.view else as_seen(source, to, read.keys, {})
    edits = [edit for edit in (_language_edit(page, to, add=read.couple.jekyll), _note_edit(page)) if edit]
    if read.couple.jekyll and (address := _address_edit(page, to)):
        edits.append(address)
    path = str(read.couple.paths[to])
    return parse(apply(page.text, edits), path, keys=read.keys) if edits else replace(page, path=path)


def _note_edit(page: Page) -> Edit | None:
    """The line at the foot that tells of a translation; the target tells its own."""
    last = next((block for block in reversed(page.blocks) if page.source(block).strip() in NO_TEXT), None)
    return Edit(last.start, last.end, "") if last else None


def _language_edit(page: Page, to: Lang, *, add: bool) -> Edit | None:
    """The header's `lang`, where it names the other language; with `add` also where there is none."""
    head = page.blocks[0] if page.blocks else None
    if head is None or head.kind != "front-matter":
        return None
    found = _LANGUAGE.search(page.text, head.start, head.end)
    if found is None:
        line_end = page.text.find("\n", head.start) + 1
        newline = "\r\n" if page.text[:line_end].endswith("\r\n") else "\n"
        yaml = page.text.startswith("---", head.start)
        return Edit(line_end, line_end, f"lang: {to}{newline}") if add and yaml else None
    if found[2] == to:
        return None
    regional = {"en": "en-US", "zh": "zh-CN"} if "-" in found[1] else {"en": "en_US", "zh": "zh_CN"}
    return Edit(found.start(1), found.end(1), to if found[1] == found[2] else regional[to])


def _address_edit(page: Page, to: Lang) -> Edit | None:
    """The header's `permalink`: two pages at one address would be one page."""
    head = page.blocks[0] if page.blocks else None
    if head is None or head.kind != "front-matter":
        return None
    found = _PERMALINK.search(page.text, head.start, head.end)
    if found is None:
        return None
    at = found.end(1)
    own = _OWN_ADDRESS.match(page.text, at)
    return Edit(at, own.end() if own else at, f"/{to}")


def with_note(text: str, lang: Lang) -> str:
    """A page with the line at its foot that tells of a machine translation."""
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith(newline * 2) else newline if text.endswith("\n") else newline * 2
    return text if NOTES[lang] in text else text + gap + NOTES[lang] + newline
