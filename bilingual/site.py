"""The pages of a site, and which of them are two halves of one.

A page finds its other half by convention, on disk, without a configuration:

    suffix   page.en.md and page.zh.md; page.md and page.zh.md; page.md and page.en.md
    folder   en/page.md and zh/page.md at any depth; page.md and zh/page.md
    header   `lang` and `ref`: two pages of one folder tree with the same `ref`

The Chinese half may be named zh, zh-cn, zh_CN, zh-Hans, zh-tw, cn and so on, the English one en, en-us, en-gb.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bilingual.config import matches
from bilingual.errors import PageError
from bilingual.model import Lang

SUFFIXES = frozenset({".md", ".markdown"})
"""What a page's name ends in, letter case aside."""
_SKIP = frozenset({"node_modules", "_site", "site-packages", "__pycache__", "vendor"})
_NAMES: dict[Lang, tuple[str, ...]] = {
    "en": ("en", "en-us", "en-gb"),
    "zh": ("zh", "zh-cn", "zh-hans", "zh-hans-cn", "cn", "zh-tw", "zh-hk", "zh-hant", "zh-hant-tw"),
}
_LANG_OF = {name: lang for lang, names in _NAMES.items() for name in names}
_HEADER_BYTES = 4096
_FIELD = re.compile(r"^(lang|ref)[ \t]*:[ \t]*[\"']?([^\"'\r\n#]+?)[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)


class Pair(NamedTuple):
    """A page in two files."""

    en: Path
    zh: Path


def lang_named(name: str) -> Lang | None:
    """The language that a part of a path names: `zh_CN`, `en`; None for any other word."""
    return _LANG_OF.get(name.lower().replace("_", "-"))


def lang_of(path: Path) -> Lang | None:
    """The language that a page's path or header says it is in; the nearest word counts. None where none says so."""
    stem, dot, last = path.stem.rpartition(".")
    if dot and stem and (lang := lang_named(last)):
        return lang
    for folder in reversed(path.parts[:-1]):
        if lang := lang_named(folder):
            return lang
    return lang_named(_fields(path).get("lang", ""))


def counterpart(path: Path) -> Path | None:
    """The other half of a page, if it is there."""
    _forget()
    return _counterpart(path)


def target(path: Path, to: Lang, convention: str = "auto") -> Path:
    """Where the counterpart of a page belongs that has none yet.

    A page in a folder of its language goes to the other's (zh/page.md for en/page.md), any other gets a suffix
    (page.zh.md for page.md or page.en.md); `suffix` and `folder` want one of these for all pages.
    """
    parts = path.parts
    at = next((i for i in range(len(parts) - 2, -1, -1) if lang_named(parts[i]) == _other(to)), None)
    if at is not None and convention != "suffix":
        known = _folders(Path(*parts[:at]), to)
        return Path(*parts[:at], known[0] if known else to, *parts[at + 1 :])
    if convention == "folder":
        return path.parent / to / path.name
    stem, _, last = path.stem.rpartition(".")
    base = stem if stem and lang_named(last) == _other(to) else path.stem
    return path.with_name(f"{base}.{to}{path.suffix}")


def _forget() -> None:
    """Look at the disk anew: what is remembered holds for one question, as files come and go."""
    for memory in (_names, _refs, _fields):
        memory.cache_clear()


def _counterpart(path: Path) -> Path | None:
    for candidate in (*_by_suffix(path), *_by_folder(path)):
        if candidate.is_file() and candidate.resolve() != path.resolve():
            return candidate
    return _by_header(path)


def pair(path: Path) -> Pair | None:
    """A page and its other half, English first; None where it has none, or where none can tell which is which."""
    _forget()
    return _pair(path)


def _pair(path: Path) -> Pair | None:
    other = _counterpart(path)
    if other is None:
        return None
    mine, theirs = lang_of(path), lang_of(other)
    if mine == theirs:
        return None
    english = mine == "en" or (mine is None and theirs == "zh")
    return Pair(path, other) if english else Pair(other, path)


def discover(
    paths: Sequence[str | Path], exclude: Sequence[str] = (), root: Path | None = None
) -> list[tuple[Path, ...]]:
    """The pages that are named or lie in the folders that are named: each once, as one path or as a `Pair`.

    `exclude` are glob patterns of pages to pass over, seen from `root` or from where we are (`config.matches`).
    The order is that of the names given, and alphabetical within a folder.

    Raises PageError for a path that is not there.
    """
    _forget()
    found: dict[Path, tuple[Path, ...]] = {}
    for page in _pages(paths, exclude, root or Path.cwd()):
        if page.resolve() in found:
            continue
        both = _pair(page)
        if both is None:
            found[page.resolve()] = (page,)
        elif not any(half.resolve() in found for half in both):
            found.update((half.resolve(), both) for half in both)
    return list(dict.fromkeys(found.values()))


def _pages(paths: Iterable[str | Path], exclude: Sequence[str], root: Path) -> Iterator[Path]:
    for path in map(Path, paths):
        if path.is_dir():
            yield from (page for page in walk(path) if not matches(page, exclude, root))
        elif not path.exists():
            raise PageError("no such file", path=str(path))
        elif not matches(path, exclude, root):
            yield path


def walk(folder: Path) -> Iterator[Path]:
    """The pages in a folder and below it, in alphabetical order; hidden and generated folders are passed over."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIP)
        for name in sorted(names):
            if os.path.splitext(name)[1].lower() in SUFFIXES and not name.startswith("."):
                yield Path(place, name)


def _by_suffix(path: Path) -> Iterator[Path]:
    """`page.zh.md` for `page.en.md`; the bare `page.md` may be either half, but not where both halves have names."""
    stem, _, last = path.stem.rpartition(".")
    lang = lang_named(last) if stem else None
    names = _names(path.parent)
    if lang is None:
        halves = {side: _named(names, path.stem, path.suffix, side) for side in ("en", "zh")}
        if bool(halves["en"]) != bool(halves["zh"]):
            yield path.parent / (halves["en"] or halves["zh"])
        return
    if other := _named(names, stem, path.suffix, _other(lang)):
        yield path.parent / other
    elif f"{stem}{path.suffix}" in names:
        yield path.parent / f"{stem}{path.suffix}"


def _other(lang: str) -> Lang:
    return "en" if lang == "zh" else "zh"


def _named(names: frozenset[str], stem: str, suffix: str, lang: str) -> str:
    """The file `stem.LANG.md` of a folder, whichever way the language is written; empty if there is none."""
    for word in _NAMES[lang]:  # type: ignore[index]
        for spelling in _spellings(word):
            if (name := f"{stem}.{spelling}{suffix}") in names:
                return name
    return ""


@lru_cache(maxsize=64)
def _spellings(word: str) -> tuple[str, ...]:
    """`zh-cn` as it is written in names: zh-cn, zh-CN, zh_CN, zh_cn; scripts with a capital."""
    first, *rest = word.split("-")
    capital = [part.title() if len(part) == 4 else part.upper() for part in rest]
    shapes = [f"{join}".join([first, *parts]) for join in "-_" for parts in (rest, capital)]
    return tuple(dict.fromkeys([*shapes, word.upper() if not rest else word]))


@lru_cache(maxsize=1024)
def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))
    except OSError:
        return frozenset()


def _by_folder(path: Path) -> Iterator[Path]:
    """`content/zh-cn/docs/x.md` for `content/en/docs/x.md`, and `zh/x.md` for `x.md`."""
    parts = path.parts
    for at in range(len(parts) - 2, -1, -1):
        if lang := lang_named(parts[at]):
            parent, rest = Path(*parts[:at]), Path(*parts[at + 1 :])
            yield from (parent / name / rest for name in _folders(parent, _other(lang)))
            yield parent / rest  # the default language may stand outside of any folder of its own
            return
    for at in range(len(parts) - 1, -1, -1):
        parent, rest = Path(*parts[:at]), Path(*parts[at:])
        yield from (parent / name / rest for lang in ("zh", "en") for name in _folders(parent, lang))
        if not parent.parts or (parent / ".git").exists():
            return


def _folders(parent: Path, lang: str) -> list[str]:
    """The folders of a place that are named after a language."""
    return sorted(name for name in _names(parent) if lang_named(name) == lang)


def _by_header(path: Path) -> Path | None:
    mine = _fields(path)
    lang = lang_named(mine.get("lang", ""))
    if "ref" not in mine or not lang:
        return None
    for page in _with_ref(path.parent, mine["ref"]):
        if page.resolve() != path.resolve() and lang_named(_fields(page).get("lang", "")) == _other(lang):
            return page
    return None


def _with_ref(folder: Path, ref: str) -> list[Path]:
    """The pages with a `ref` in a folder, in those beside it and below them."""
    near = _refs(folder).get(ref, [])
    beside = folder.parent if folder.parent != folder and lang_named(folder.name) else None
    return near + (_refs(beside).get(ref, []) if beside else [])


@lru_cache(maxsize=256)
def _refs(folder: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for page in walk(folder):
        if ref := _fields(page).get("ref"):
            found.setdefault(ref, []).append(page)
    return found


@lru_cache(maxsize=8192)
def _fields(path: Path) -> dict[str, str]:
    """`lang` and `ref` of a page's header, as far as they stand at its beginning."""
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER_BYTES).decode("utf-8-sig", errors="replace")
    except OSError:
        return {}
    if not start.startswith("---"):
        return {}
    end = start.find("\n---", 3)
    return dict(_FIELD.findall(start[3:end] if end > 0 else ""))
