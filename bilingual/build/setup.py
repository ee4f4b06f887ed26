"""Setting a site up: what a folder looks like, and the files that fit it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bilingual import site
from bilingual.build.couples import Site, couples
from bilingual.merge import write

CONFIG, GLOSSARY, HOOK = "bilingual.toml", "glossary.yaml", ".pre-commit-config.yaml"
_GENERATORS = (("_config.yml", "jekyll"), ("mkdocs.yml", "mkdocs"), ("hugo.toml", "hugo"), ("hugo.yaml", "hugo"))
_NO_PAGES = ("README", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY", "LICENSE")
"""Files of a repository that are seldom pages of its site, if they stand at its root."""
_MEANING = {
    "jekyll": "page.zh.md beside page.md; the header says `lang`",
    "mkdocs": "page.zh.md beside page.md, or zh/page.md for en/page.md",
    "hugo": "page.zh.md beside page.md, or zh/page.md for en/page.md",
    "folder": "zh/page.md for en/page.md",
    "suffix": "page.zh.md beside page.md",
}
_GLOSSARY_TEXT = """# What must be said the same way everywhere. `bilingual glossary extract` proposes terms.
terms:
  Peking University: 北京大学
"""
_HOOK_ENTRY = """  - repo: local
    hooks:
      - id: bilingual-check
        name: bilingual check
        entry: bilingual check --staged
        language: system
        files: (?i)(\\.(md|markdown)|(^|/)glossary\\.ya?ml)$
        require_serial: true
"""


@dataclass
class Proposal:
    """What `init` would write into a folder, and what it found there."""

    root: Path
    convention: str
    counts: dict[str, int]
    """Pages by what they are: `en`, `zh`, `pair`, `mixed`."""
    files: dict[str, str] = field(default_factory=dict)
    """Name → text of each file that is not there yet."""
    there: list[str] = field(default_factory=list)
    """Files that are there and stay as they are."""
    hook: str = ""
    """The entry for a pre-commit configuration that is there already and lacks it."""

    def write(self) -> None:
        """Write the files; none that is there is touched."""
        for name, text in self.files.items():
            if not (self.root / name).exists():
                write(self.root / name, text)


def propose(root: Path, language: Callable[[Path], str]) -> Proposal:
    """Look at a folder and propose its settings. `language` tells the language of a page."""
    convention = _convention(root)
    exclude = sorted(
        page.name for page in root.iterdir()
        if page.suffix.lower() in site.SUFFIXES and page.name.split(".")[0].upper() in _NO_PAGES
    )  # fmt: skip
    found = couples(Site(root, convention, tuple(exclude)), [root], language)
    counts = {"en": 0, "zh": 0, "pair": 0, "mixed": 0}
    for couple in found.couples:
        if couple.view:
            counts["mixed"] += couple.home == "zh"
        elif couple.target.exists():
            counts["pair"] += 1
        else:
            counts["en" if couple.home == "zh" else "zh"] += 1
    proposal = Proposal(root, convention, counts)
    texts = {CONFIG: _config(convention, exclude), GLOSSARY: _GLOSSARY_TEXT, HOOK: "repos:\n" + _HOOK_ENTRY}
    for name, text in texts.items():
        if (root / name).exists():
            proposal.there.append(name)
        else:
            proposal.files[name] = text
    if HOOK in proposal.there and "bilingual" not in (root / HOOK).read_text(encoding="utf-8"):
        proposal.hook = _HOOK_ENTRY
    return proposal


def _convention(root: Path) -> str:
    for name, generator in _GENERATORS:
        if (root / name).exists():
            return generator
    folders = {lang for place in root.rglob("*") if place.is_dir() and (lang := site.lang_named(place.name))}
    return "folder" if folders else "suffix"


def _config(convention: str, exclude: list[str]) -> str:
    names = ", ".join(f'"{name}"' for name in exclude)
    return (
        f'convention = "{convention}"  # {_MEANING[convention]}\n'
        f'glossary = "{GLOSSARY}"\n'
        f"exclude = [{names}]  # pages to pass over, as glob patterns\n"
        "note = true  # a new page says at its foot that a machine translated it\n"
    )
