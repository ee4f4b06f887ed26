"""Reading `glossary.yaml`, with the line and column of every entry.

A file that is no glossary stops the reader with a GlossaryError. An entry that is wrong does not: it is listed, and
what can be understood of it is kept.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from bilingual.errors import GlossaryError
from bilingual.glossary.match import INVISIBLE
from bilingual.model import Concept, Finding, Lang, Term, TermStatus

RULE = "glossary-lint"
"""The rule that every problem of a glossary file belongs to."""
SIDE_KEYS = ("preferred", "abbreviation", "admitted", "deprecated", "case", "ambiguous")
CONCEPT_KEYS = ("concept", "en", "zh", "translate", "note")
_FLAGS = {**dict.fromkeys(("true", "yes", "on"), True), **dict.fromkeys(("false", "no", "off"), False)}
_DEEPEST = 50
"""Brackets within brackets: no glossary needs so many, and the YAML reader in C cannot bear any number."""


class Contents(NamedTuple):
    """What a glossary file holds, and what is wrong with its entries."""

    concepts: list[Concept]
    problems: list[Finding]


def read_text(path: Path) -> str:
    """The text of a glossary file. Raises GlossaryError for one that cannot be read."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise GlossaryError("no such glossary", path=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        message = f"invalid UTF-8 at byte {error.start}; save it as UTF-8"
        raise GlossaryError(message, path=str(path), line=line) from None
    except OSError as error:
        raise GlossaryError(f"cannot be read: {error.strerror or error}", path=str(path)) from None


def contents(text: str, path: str) -> Contents:
    """The concepts of a glossary in YAML, short or full form. Raises GlossaryError for a text that is no glossary."""
    with _no_collection():
        return _Reader(path).root(_compose(text, path))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without Python's garbage collector, which looks at a million fresh nodes again and again: 1 s instead of 9."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compose(text: str, path: str) -> Any:
    import yaml

    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > _DEEPEST:
            line = text.count("\n", 0, bracket.start()) + 1
            raise GlossaryError(f"more than {_DEEPEST} brackets within each other", path=path, line=line)
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise GlossaryError(f"no valid YAML: {error.problem}", path=path, line=where[0], column=where[1]) from None
    except yaml.reader.ReaderError as error:
        bad = next((m for m in yaml.reader.Reader.NON_PRINTABLE.finditer(text)), None)
        at = text.count("\n", 0, bad.start()) + 1 if bad else None
        raise GlossaryError(f"no valid YAML: {error.reason}", path=path, line=at) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise GlossaryError(f"no valid YAML: {error}", path=path) from None


def _hint(name: str, known: tuple[str, ...]) -> str:
    """What may have been meant by an unknown key."""
    import difflib

    if near := difflib.get_close_matches(name, known, 1):
        return f"did you mean {near[0]!r}?"
    if known == CONCEPT_KEYS and (near := difflib.get_close_matches(name, SIDE_KEYS, 1)):
        return f"{near[0]!r} stands under `en` or `zh`"
    return f"known are {', '.join(known)}"


class _WrongEntryError(Exception):
    """An entry of which nothing can be kept; it has been listed."""


class _Reader:
    def __init__(self, path: str):
        self.path = path
        self.problems: list[Finding] = []

    def note(self, node: Any, message: str) -> None:
        """List a problem of a node."""
        start, end = node.start_mark, node.end_mark
        if end.line != start.line:  # point at the beginning of what is long, not at all of it
            end = start
        column = max(end.column, start.column + 1) + 1
        place = (self.path, start.line + 1, start.column + 1, end.line + 1, column)
        self.problems.append(Finding(RULE, *place, "error", message))

    def wrong(self, node: Any, message: str) -> NoReturn:
        self.note(node, message)
        raise _WrongEntryError

    def stop(self, node: Any, message: str) -> NoReturn:
        mark = node.start_mark
        raise GlossaryError(message, path=self.path, line=mark.line + 1, column=mark.column + 1)

    def root(self, node: Any) -> Contents:
        if node is None:
            raise GlossaryError("the glossary is empty; it needs a key `terms`", path=self.path, line=1)
        if node.id != "mapping":
            self.stop(node, "this is no glossary: it needs a key `terms` with the terms under it")
        terms = self.terms_node(node)
        if terms.id == "scalar" and terms.value in ("", "~", "null"):
            self.stop(terms, "the glossary holds no terms; write them under `terms`")
        if terms.id == "scalar":
            hint = "; put a space after each colon" if ":" in terms.value else ""
            self.stop(terms, f"`terms` is neither a mapping of English to Chinese nor a list of concepts{hint}")
        if not terms.value:
            self.stop(terms, "the glossary holds no terms; write them under `terms`")
        concepts = [self.entry(item) for item in terms.value]
        return Contents([concept for concept in concepts if concept], self.problems)

    def entry(self, item: Any) -> Concept | None:
        """One entry, a pair of nodes in the short form; None where nothing of it can be kept."""
        try:
            return self.short(*item) if isinstance(item, tuple) else self.full(item)
        except _WrongEntryError:
            return None

    def terms_node(self, node: Any) -> Any:
        found = None
        for key, value in node.value:
            if key.value == "terms":
                if found is not None:
                    self.note(key, "`terms` stands here twice; this one counts")
                found = value
            elif key.value != "terms":
                self.note(key, f"unknown key {key.value!r}; a glossary has one key, `terms`")
        if found is None:
            key = node.value[0][0] if node.value else node
            raised = f"unknown key {key.value!r}; " if node.value and key.id == "scalar" else ""
            self.stop(key, f"{raised}the terms of a glossary stand under one key, `terms`")
        return found

    def short(self, key: Any, value: Any) -> Concept:
        if value.id != "scalar":
            self.wrong(
                value, "in the short form a term has one Chinese term; for more, make `terms` a list of concepts"
            )
        en, zh = self.term(key, "en", "preferred"), self.term(value, "zh", "preferred")
        return Concept(en.surface, (en,), (zh,), line=en.line)

    def full(self, node: Any) -> Concept:
        if node.id != "mapping":
            self.wrong(node, "an entry of a list is a mapping with `concept`, `en` and `zh`")
        fields = self.fields(node, CONCEPT_KEYS)
        en = self.side(fields["en"], "en") if "en" in fields else ()
        zh = self.side(fields["zh"], "zh") if "zh" in fields else ()
        translate = self.flag(fields["translate"], True) if "translate" in fields else True
        if not (en or zh):
            self.wrong(node, "an entry needs `en` and `zh`")
        if translate and not (en and zh):
            self.wrong(node, f"an entry needs `{'zh' if en else 'en'}` too, or `translate: false`")
        name = self.text(fields["concept"]) if "concept" in fields else (en or zh)[0].surface
        note = self.text(fields["note"]) if "note" in fields else ""
        return Concept(name, en, zh, translate, note, node.start_mark.line + 1)

    def side(self, node: Any, lang: Lang) -> tuple[Term, ...]:
        if node.id == "scalar":
            return (self.term(node, lang, "preferred"),)
        if node.id != "mapping":
            self.wrong(node, f"`{lang}` is one term, or a mapping with `preferred`")
        fields = self.fields(node, SIDE_KEYS)
        flags = {name: self.flag(fields[name], False) for name in ("case", "ambiguous") if name in fields}
        terms = []
        if "preferred" in fields:
            terms.append(self.term(fields["preferred"], lang, "preferred", **flags))
        if "abbreviation" in fields:
            terms.append(self.term(fields["abbreviation"], lang, "preferred", abbreviation=True, **flags))
        if not terms:
            self.wrong(node, f"`{lang}` needs `preferred` or `abbreviation`")
        status: TermStatus
        for status in ("admitted", "deprecated"):
            terms += [self.term(item, lang, status, **flags) for item in self.items(fields.get(status))]
        return tuple(terms)

    def fields(self, node: Any, known: tuple[str, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value) if key.id == "scalar" else ""
            if name not in known:
                self.note(key, f"unknown key {name!r}; {_hint(name, known)}")
            elif name in found:
                self.note(key, f"key {name!r} stands here twice; the first counts")
            else:
                found[name] = value
        return found

    def items(self, node: Any | None) -> list[Any]:
        if node is None:
            return []
        return list(node.value) if node.id == "sequence" else [node]

    def text(self, node: Any) -> str:
        if node.id != "scalar":
            self.wrong(node, "one text is wanted here")
        return str(node.value)

    def flag(self, node: Any, default: bool) -> bool:
        value = _FLAGS.get(node.value.lower()) if node.id == "scalar" else None
        if value is None:
            self.note(node, "true or false is wanted here")
            return default
        return value

    def term(
        self,
        node: Any,
        lang: Lang,
        status: TermStatus,
        abbreviation: bool = False,
        case: bool = False,
        ambiguous: bool = False,
    ) -> Term:
        written = self.text(node)
        surface = " ".join(INVISIBLE.sub("", written).split())
        if not surface or (node.tag.endswith(":null") and surface == "~"):
            self.wrong(node, "a term is empty")
        if hidden := INVISIBLE.search(written):
            self.note(node, f"the term holds an invisible character, U+{ord(hidden[0]):04X}; it is left out")
        elif written != surface:
            self.note(node, f"spaces around or within the term; write {surface!r}")
        mark = node.start_mark
        return Term(surface, lang, status, abbreviation, case, ambiguous, mark.line + 1, mark.column + 1)
