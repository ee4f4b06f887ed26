"""Reading `glossary.yaml`, with the line and column of every entry."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any, NoReturn

from bilingual.errors import GlossaryError
from bilingual.model import Concept, Lang, Term, TermStatus

SIDE_KEYS = ("preferred", "abbreviation", "admitted", "deprecated", "case", "ambiguous")
CONCEPT_KEYS = ("concept", "en", "zh", "translate", "note")


def read_text(path: Path) -> str:
    """The text of a glossary file."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise GlossaryError("no such glossary", path=str(path)) from None
    except UnicodeDecodeError as error:
        raise GlossaryError(f"invalid UTF-8 at byte {error.start}; save it as UTF-8", path=str(path)) from None
    except OSError as error:
        raise GlossaryError(f"cannot be read: {error.strerror or error}", path=str(path)) from None


def concepts_of(text: str, path: str) -> list[Concept]:
    """The concepts of a glossary in YAML, short or full form. Raises GlossaryError at the first thing that is wrong."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = {"line": mark.line + 1, "column": mark.column + 1} if mark else {}
        raise GlossaryError(f"no valid YAML: {error.problem}", path=path, **place) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise GlossaryError(f"no valid YAML: {error}", path=path) from None
    return _Reader(path).root(root)


class _Reader:
    def __init__(self, path: str):
        self.path = path

    def fail(self, node: Any, message: str) -> NoReturn:
        mark = node.start_mark
        raise GlossaryError(message, path=self.path, line=mark.line + 1, column=mark.column + 1)

    def root(self, node: Any) -> list[Concept]:
        if node is None:
            raise GlossaryError("the glossary is empty; it needs a key `terms`", path=self.path, line=1)
        if node.id != "mapping":
            self.fail(node, "the glossary is no mapping; it needs a key `terms`")
        terms = None
        for key, value in node.value:
            if key.value != "terms":
                self.fail(key, f"unknown key {key.value!r}; a glossary has one key, `terms`")
            terms = value
        if terms is None or (terms.id == "scalar" and terms.value in ("", "~", "null")):
            raise GlossaryError("the glossary holds no terms; write them under `terms`", path=self.path, line=1)
        if terms.id == "mapping":
            return [self.short(key, value) for key, value in terms.value]
        if terms.id == "sequence":
            return [self.full(item) for item in terms.value]
        return self.fail(terms, "`terms` is neither a mapping of English to Chinese nor a list of concepts")

    def short(self, key: Any, value: Any) -> Concept:
        en, zh = self.term(key, "en", "preferred"), self.term(value, "zh", "preferred")
        return Concept(en.surface, (en,), (zh,), line=en.line)

    def full(self, node: Any) -> Concept:
        if node.id != "mapping":
            self.fail(node, "an entry of `terms` is a mapping with `concept`, `en` and `zh`")
        fields = self.fields(node, CONCEPT_KEYS)
        en = self.side(fields["en"], "en") if "en" in fields else ()
        zh = self.side(fields["zh"], "zh") if "zh" in fields else ()
        translate = self.flag(fields["translate"]) if "translate" in fields else True
        if not (en or zh):
            self.fail(node, "an entry needs `en` or `zh`")
        if translate and not (en and zh):
            self.fail(node, f"an entry needs `{'zh' if en else 'en'}` too, or `translate: false`")
        name = self.text(fields["concept"]) if "concept" in fields else (en or zh)[0].surface
        note = self.text(fields["note"]) if "note" in fields else ""
        return Concept(name, en, zh, translate, note, node.start_mark.line + 1)

    def side(self, node: Any, lang: Lang) -> tuple[Term, ...]:
        if node.id == "scalar":
            return (self.term(node, lang, "preferred"),)
        if node.id != "mapping":
            self.fail(node, f"`{lang}` is a term, or a mapping with `preferred`")
        fields = self.fields(node, SIDE_KEYS)
        flags = {name: self.flag(fields[name]) for name in ("case", "ambiguous") if name in fields}
        terms = []
        if "preferred" in fields:
            terms.append(self.term(fields["preferred"], lang, "preferred", **flags))
        if "abbreviation" in fields:
            terms.append(self.term(fields["abbreviation"], lang, "preferred", abbreviation=True, **flags))
        if not terms:
            self.fail(node, f"`{lang}` needs `preferred` or `abbreviation`")
        for status in ("admitted", "deprecated"):
            for item in self.items(fields[status]) if status in fields else ():
                terms.append(self.term(item, lang, status, **flags))  # type: ignore[arg-type]
        return tuple(terms)

    def fields(self, node: Any, known: tuple[str, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if key.id == "scalar" else ""
            if name not in known:
                near = difflib.get_close_matches(str(name), known, 1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"
                self.fail(key, f"unknown key {name!r}{hint}")
            if name in found:
                self.fail(key, f"key {name!r} stands here twice")
            found[name] = value
        return found

    def items(self, node: Any) -> list[Any]:
        return list(node.value) if node.id == "sequence" else [node]

    def text(self, node: Any) -> str:
        if node.id != "scalar":
            self.fail(node, "a text is wanted here")
        return str(node.value)

    def flag(self, node: Any) -> bool:
        value = node.value.lower() if node.id == "scalar" else ""
        if value not in ("true", "yes", "on", "false", "no", "off"):
            self.fail(node, "true or false is wanted here")
        return value in ("true", "yes", "on")

    def term(
        self, node: Any, lang: Lang, status: TermStatus, abbreviation: bool = False, case: bool = False, ambiguous: bool = False
    ) -> Term:
        surface = " ".join(self.text(node).split())
        if not surface:
            self.fail(node, "a term is empty")
        mark = node.start_mark
        return Term(surface, lang, status, abbreviation, case, ambiguous, mark.line + 1, mark.column + 1)
