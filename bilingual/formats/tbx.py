"""Glossaries as TBX-Basic, the exchange format of terminology (ISO 30042).

Written in the third edition's DCA style; the second edition's `martif` is read as well, and either style. What TBX has
no word for (case, ambiguity, terms that are not translated) stands in notes that begin with "bilingual:".
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from bilingual.errors import GlossaryError
from bilingual.model import Concept, Lang, Term, TermStatus

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
}
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_NUMBERED = re.compile(r"c\d+")
_OWN_NOTE = "bilingual:"
_ENTRIES = ("conceptEntry", "termEntry")
_SIDES = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")


def write(concepts: Sequence[Concept]) -> str:
    """Concepts as a TBX-Basic document."""
    root = ET.Element("tbx", {"style": "dca", "type": "TBX-Basic", "xml:lang": "en", "xmlns": _NAMESPACE})
    header = ET.SubElement(ET.SubElement(root, "tbxHeader"), "fileDesc")
    ET.SubElement(ET.SubElement(header, "sourceDesc"), "p").text = "A glossary of English and Chinese."
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    ids = [concept.id for concept in concepts]
    for number, concept in enumerate(concepts, 1):
        usable = _NAME.fullmatch(concept.id) and ids.count(concept.id) == 1 and not _NUMBERED.fullmatch(concept.id)
        _entry(ET.SubElement(body, "conceptEntry", {"id": concept.id if usable else f"c{number}"}), concept)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _entry(entry: ET.Element, concept: Concept) -> None:
    if concept.note:
        ET.SubElement(entry, "note").text = concept.note
    if not concept.translate:
        ET.SubElement(entry, "note").text = f"{_OWN_NOTE} translate=false"
    for lang, terms in (("en", concept.en), ("zh", concept.zh)):
        if terms:
            side = ET.SubElement(entry, "langSec", {"xml:lang": lang})
            for term in terms:
                _term(ET.SubElement(side, "termSec"), term)


def _term(section: ET.Element, term: Term) -> None:
    ET.SubElement(section, "term").text = term.surface
    ET.SubElement(section, "termNote", {"type": "termType"}).text = "abbreviation" if term.abbreviation else "fullForm"
    ET.SubElement(section, "termNote", {"type": "administrativeStatus"}).text = _STATUS[term.status]
    if flags := [name for name in ("case", "ambiguous") if getattr(term, name)]:
        ET.SubElement(section, "note").text = f"{_OWN_NOTE} {' '.join(flags)}"


def read(text: str, path: str = "") -> list[Concept]:
    """The English and Chinese of a TBX document. Raises GlossaryError, with the place, for one that is none."""
    try:
        root = ET.fromstring(text.removeprefix("\ufeff").encode())
    except ET.ParseError as error:
        line, column = error.position
        raise GlossaryError(f"no valid XML: {error}", path=path, line=line, column=column + 1) from None
    if _local(root) not in ("tbx", "martif", "TBX"):
        raise GlossaryError(f"<{_local(root)}> is no TBX; it begins with <tbx> or <martif>", path=path, line=1)
    concepts = [concept for entry in _all(root, _ENTRIES) if (concept := _read_entry(entry))]
    if not concepts:
        raise GlossaryError("no entry holds a term in English and one in Chinese", path=path)
    return concepts


def _read_entry(entry: ET.Element) -> Concept | None:
    """A concept; None where it has no term in one of the languages, and is not for both as it is."""
    sides: dict[Lang, list[Term]] = {"en": [], "zh": []}
    for side in _all(entry, _SIDES):
        said = (side.get(_XML_LANG) or side.get("lang") or "").lower()
        lang: Lang | None = "en" if said.startswith("en") else "zh" if said.startswith("zh") else None
        if lang:
            sides[lang] += [term for section in _all(side, _TERMS) if (term := _read_term(section, lang))]
    notes = [" ".join((note.text or "").split()) for note in entry if _local(note) == "note"]
    translate = f"{_OWN_NOTE} translate=false" not in notes
    en, zh = (tuple(sorted(terms, key=_order)) for terms in sides.values())
    if not (en or zh) or (translate and not (en and zh)):
        return None
    name = entry.get("id") or ""
    note = " ".join(note for note in notes if not note.startswith(_OWN_NOTE))
    return Concept((en or zh)[0].surface if not name or _NUMBERED.fullmatch(name) else name, en, zh, translate, note)


def _order(term: Term) -> tuple[bool, bool, bool]:
    """As in a glossary file: the preferred form, the abbreviation, what is admitted, what is deprecated."""
    return (term.status == "deprecated", term.status == "admitted", term.abbreviation)


def _read_term(section: ET.Element, lang: Lang) -> Term | None:
    surface = next((" ".join("".join(term.itertext()).split()) for term in _all(section, ("term",))), "")
    if not surface:
        return None
    said = {(e.get("type") or _local(e)): (e.text or "").strip() for e in section.iter() if e.text}
    own = next((e.text or "" for e in _all(section, ("note",)) if (e.text or "").startswith(_OWN_NOTE)), "")
    kind = said.get("termType", "")
    status = _status(said.get("administrativeStatus", said.get("normativeAuthorization", "")))
    short = kind in ("abbreviation", "acronym", "initialism", "shortForm")
    return Term(surface, lang, status, short, "case" in own, "ambiguous" in own)


def _status(word: str) -> TermStatus:
    if word.startswith(("deprecated", "superseded", "obsolete")):
        return "deprecated"
    return "admitted" if word.startswith("admitted") else "preferred"


def _all(parent: ET.Element, names: Sequence[str]) -> Iterator[ET.Element]:
    """Elements below a parent, whatever namespace they are in."""
    return (element for element in parent.iter() if _local(element) in names)


def _local(element: ET.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
