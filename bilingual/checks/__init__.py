"""Rules that pages are checked by, one a module; each is loaded when it is first asked."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bilingual.checks.ignore import is_silenced
from bilingual.checks.rule import Check, Hit, Rule
from bilingual.checks.subject import Document, Source
from bilingual.config import Config
from bilingual.errors import BilingualError, ConfigError
from bilingual.glossary import Glossary
from bilingual.model import Finding

if TYPE_CHECKING:
    from bilingual.since import Changes

__all__ = ["RULES", "check", "chosen"]

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("deprecated-form", "error", "a form that the glossary deprecates", "deprecated_form"),
        Rule("term-missing", "warning", "a term without its counterpart in the linked text", "term_missing"),
        Rule("term-inconsistent", "warning", "one concept by two names", "term_inconsistent", local=False),
        Rule("abbreviation-first", "warning", "an abbreviation before its full form", "abbreviation_first", on=False),
        Rule("glossary-lint", "error", "a wrong entry of the glossary", "glossary_lint"),
    )
}
"""Every rule, in the order in which they are documented."""
GROUPS = tuple(dict.fromkeys(rule.group for rule in RULES.values()))


def chosen(names: Sequence[str], config: Config) -> list[Rule]:
    """The rules to ask: those named, and of groups named, or of all where nothing is, those that are on for some page,
    by themselves or by the settings.

    Raises BilingualError for a name that is no rule's, ConfigError where it stands in the settings.
    """
    for name in names:
        if name not in RULES and name not in GROUPS:
            raise BilingualError(_unknown(name))
    for name in (*config.rules, *(name for rules in config.paths.values() for name in rules)):
        if name not in RULES:
            raise ConfigError(_unknown(name), path=config.path)
    settings = (config.rules, *config.paths.values())
    on = {name for rules in settings for name, wanted in rules.items() if wanted != "off"}
    return [
        rule
        for rule in RULES.values()
        if rule.id in names or ((rule.on or rule.id in on) and (not names or rule.group in names))
    ]


def _unknown(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, (*RULES, *GROUPS), 1)
    return f"unknown rule {name!r}; " + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(RULES)}")


def check(
    pages: Iterable[Sequence[Path]],
    glossary: Glossary,
    rules: Sequence[str] = (),
    *,
    config: Config | None = None,
    changes: Changes | None = None,
) -> list[Finding]:
    """Check pages, each given as one path or as a pair with the English path first (see `site.discover`).

    `rules` are ids, asked whatever the settings say, or names of groups; none: those that are on. With `changes` only
    what depends on touched lines is told. Raises PageError for a page that cannot be read.
    """
    config = config or Config()
    run = _Run(glossary, chosen(rules, config), config, changes, frozenset(rules))
    for paths in pages:
        run.see(paths)
    return run.findings()


class _Run:
    def __init__(
        self, glossary: Glossary, rules: Sequence[Rule], config: Config, changes: Changes | None, named: frozenset[str]
    ):
        self.glossary, self.config, self.changes, self.named = glossary, config, changes, named
        self.checks = [(rule, _load(rule, glossary)) for rule in rules]
        self.sources: dict[str, Source] = {}
        self.hits: list[Hit] = []
        self.all_touched = changes is None or changes.knows(glossary.path)

    def see(self, paths: Sequence[Path]) -> None:
        touched = self.all_touched or any(self.changes.knows(path) for path in paths if self.changes)
        checks = [made for rule, made in self.checks if touched or not rule.local]
        if not checks:
            return
        document = Document([Source.read(path, self.glossary, self.config.keys) for path in paths], self.glossary)
        self.hits += [hit for made in checks for hit in made.see(document)]
        self._keep(document)

    def _keep(self, document: Document) -> None:
        """Remember the order of pages, and the texts of those that may silence a finding; the others are let go."""
        for source in document.sources:
            self.sources[source.path] = (
                source if "bilingual:" in source.text else Source(source.path, "", self.glossary)
            )

    def findings(self) -> list[Finding]:
        self.hits += [hit for _, made in self.checks for hit in made.finish()]
        order = {path: number for number, path in enumerate(self.sources)}
        ranks = {rule: number for number, rule in enumerate(RULES)}
        told = dict.fromkeys(finding for hit in self.hits if (finding := self._told(hit)))
        return sorted(told, key=lambda f: (order.get(f.path, len(order)), f.start_line, f.start_column, ranks[f.rule]))

    def _told(self, hit: Hit) -> Finding | None:
        """The finding as the user wants it; None where it is off, silenced, or no business of the change."""
        finding = hit.finding
        setting = self.config.setting(finding.rule, finding.path)
        rule = RULES[finding.rule]
        if rule.id not in self.named and (setting == "off" or (setting is None and not rule.on)):
            return None
        if self.changes and not any(self.changes.touches(*lines) for lines in hit.lines if lines[0]):
            return None
        source = self.sources.get(finding.path)
        if source and is_silenced(source, finding.rule, finding.start_line):
            return None
        return finding._replace(severity=setting) if setting in ("error", "warning", "note") else finding


def _load(rule: Rule, glossary: Glossary) -> Check:
    made: type[Check] = importlib.import_module(f"bilingual.checks.{rule.home}").Check
    return made(rule, glossary)
