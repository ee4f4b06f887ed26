"""`bilingual check`: pages against the glossary; what the pre-commit hook runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bilingual import config
from bilingual.checks import RULES, check, chosen
from bilingual.errors import BilingualError
from bilingual.glossary import Glossary
from bilingual.model import Finding
from bilingual.report import FORMATS, Format, render
from bilingual.site import discover

if TYPE_CHECKING:
    from bilingual.since import Changes

_GLOSSARY_SUFFIXES = (".yaml", ".yml")


@click.command("check")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Ask only this rule, or group; may be given again.")
@click.option("--glossary", "glossary_file", metavar="FILE", help="Default: the configured one, or glossary.yaml here.")
@click.option("--fix", "fix", is_flag=True, help="Write what can safely be mended, and report the rest.")
@click.option("--since", "revision", metavar="REF", help="Only what a change since a git revision touched.")
@click.option("--staged", "only_staged", is_flag=True, help="Only what the next commit touches; for hooks.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--list", "list_rules", is_flag=True, help="Show the rules and what they find.")
def command(
    pages: tuple[str, ...],
    rules: tuple[str, ...],
    glossary_file: str | None,
    fix: bool,
    revision: str | None,
    only_staged: bool,
    form: Format,
    list_rules: bool,
) -> int:
    """Check pages, and folders of pages, against the glossary; without PAGE all that lie here and below.

    The other half of a page is found by itself: page.en.md and page.zh.md, page.md and page.zh.md, en/page.md and
    zh/page.md, or `lang` and `ref` in the header. A glossary among the pages is linted.

    Exit status: 0 nothing to report; 1 findings; 2 could not check.
    """
    if list_rules:
        click.echo(
            "".join(f"{r.id:20}{r.severity:9}{r.summary}{'' if r.on else ' (off)'}\n" for r in RULES.values()), nl=False
        )
        return 0
    if revision and only_staged:
        raise click.UsageError("--since and --staged ask for two different changes; give one of them")
    settings = config.load()
    chosen(rules, settings)  # a rule that is none is told before anything is read
    glossary, names = _glossary(pages, glossary_file, settings)
    found = discover(names or (() if pages else (".",)), settings.exclude, settings.folder)
    if not found and all(Path(name).is_dir() for name in names) and (names or not pages):
        raise BilingualError(f"no pages in {', '.join(names)}" if names else "no pages here; name a page or a folder")
    paths = [path for paths in found for path in paths] or [Path(glossary.path)]
    changes = _changes(revision, only_staged, paths, pages)
    findings = check(found, glossary, rules, config=settings, changes=changes)
    if fix and any(finding.fix is not None for finding in findings):
        _mend(findings)
        findings = check(found, glossary, rules, config=settings, changes=_changes(revision, only_staged, paths, pages))
    text = render(
        findings,
        form,
        tool="bilingual check",
        rules={rule.id: rule.summary for rule in RULES.values()},
        colour=form == "text" and sys.stdout.isatty(),
    )
    click.echo(text, nl=False)
    if form == "text":
        _summary(findings)
    return int(bool(findings))


def _glossary(pages: Sequence[str], named: str | None, settings: config.Config) -> tuple[Glossary, list[str]]:
    """The glossary to check by, and the names that are no glossaries."""
    files = [page for page in pages if page.lower().endswith(_GLOSSARY_SUFFIXES)]
    path = settings.glossary_file(named or (files[0] if files else None))
    if path is None:
        raise BilingualError("no glossary to check by; name one with --glossary, or write glossary.yaml here")
    return Glossary.load(path, traditional=settings.traditional), [page for page in pages if page not in files]


def _changes(revision: str | None, only_staged: bool, paths: Sequence[Path], names: Sequence[str]) -> Changes | None:
    """What the findings have to do with.

    In a hook that is given files of which nothing is staged (`pre-commit run --all-files`) these count as a whole.
    """
    if not revision and not only_staged:
        return None
    from bilingual.since import since, staged

    if revision:
        return since(revision, paths)
    changes = staged(paths)
    changes.whole |= {Path(name).resolve() for name in names if not changes.knows(name)}
    return changes


def _mend(findings: Sequence[Finding]) -> None:
    from bilingual.checks.mend import mend

    for path, count in mend(findings).items():
        click.echo(f"mended {count} in {path}", err=True)


def _summary(findings: Sequence[Finding]) -> None:
    """A last line on standard error, so that standard output holds findings only."""
    if not findings:
        return
    fixable = sum(finding.fix is not None for finding in findings)
    count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    click.echo(count + (f"; --fix mends {fixable}" if fixable else ""), err=True)
