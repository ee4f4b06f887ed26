"""The command line: every command parses its arguments, calls one library function, prints.

Commands are loaded when called, so that `--help` and the hook pay for nothing they do not use.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from typing import Any

import click

from bilingual import __version__
from bilingual.errors import BilingualError

COMMANDS: dict[str, tuple[str, str]] = {
    "translate": ("bilingual.cli.translate:command", "Write what each language lacks: both pages of each PAGE."),
    "build": ("bilingual.cli.build:command", "Bring all pages of a site up to date in both languages."),
    "status": ("bilingual.cli.status:command", "Show what of a site is translated, reviewed, stale and missing."),
    "init": ("bilingual.cli.init:command", "Set a site up: configuration, glossary, pre-commit hook."),
    "diff": ("bilingual.cli.diff:command", "Show what one language lacks, and where the two contradict each other."),
    "check": ("bilingual.cli.check:command", "Check pages against the glossary; the pre-commit hook."),
    "align": ("bilingual.cli.align:command", "Show which English text says the same as which Chinese text."),
    "parse": ("bilingual.cli.parse:command", "Show what the parser sees."),
    "lines": ("bilingual.cli.lines:command", "Translate standard input, one segment a line."),
    "glossary": ("bilingual.cli.glossary:command", "Lint, extract, import and export glossaries."),
    "memory": ("bilingual.cli.memory:command", "What persons translated before: TMX in and out."),
    "models": ("bilingual.cli.models:command", "List and inspect translation models."),
}
"""Name: where it lives, and its line in `--help` (kept here so that help imports no command)."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="bilingual")
def cli() -> None:
    """Pages that live in English and Chinese.

    Exit status: 0 nothing to report; 1 findings, or units left untranslated; 2 could not run; 130 interrupted.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status; nothing is raised."""
    try:
        result: Any = cli.main(args=arguments, prog_name="bilingual", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except BilingualError as error:
        click.echo(f"bilingual: {error}", err=True)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("bilingual: interrupted", err=True)
        return 130
    except click.ClickException as error:
        error.show()
    except (BrokenPipeError, SystemExit):
        # The reader of our output has gone (`| head`), for which click exits; its end of the pipe is not our failure.
        _write_no_more()
        return 0
    except OSError as error:
        click.echo(f"bilingual: {error.filename or 'standard output'}: {error.strerror}", err=True)
        _write_no_more()
    return 2


def _write_no_more() -> None:
    """Send what is still in standard output's buffer nowhere, lest the interpreter fail at it when it ends."""
    with contextlib.suppress(OSError):  # a standard output without a file, as in tests
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def main() -> None:
    """The console script."""
    raise SystemExit(run())
