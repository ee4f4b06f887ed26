"""`bilingual models`: what there is to translate with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bilingual.engines.packages import ModelPackage


@click.group("models")
def command() -> None:
    """List and inspect translation models."""


@command.command("list")
def list_models() -> None:
    """One line for each model: name, languages, size, path."""
    for name, package in _models():
        click.echo(f"{name:<10} {_languages(package):<14} {package.size / 1e6:6.1f} MB  {package.path}")


@command.command("info")
@click.argument("name", default="embedded")
def info(name: str) -> None:
    """All about one model: embedded, argos, or a model folder."""
    from bilingual.engines.packages import EMBEDDED, read
    from bilingual.errors import EngineError

    if name == "argos":
        found = [package for known, package in _models() if known == "argos"]
        if not found:
            raise EngineError("argostranslate has no package between English and Chinese installed")
    else:
        found = [read(EMBEDDED if name == "embedded" else name)]
    for package in found:
        decoding = ", ".join(f"{key} {value:g}" for key, value in sorted(package.decoding.items()))
        click.echo(f"name          {name}")
        click.echo(f"languages     {_languages(package)}")
        click.echo(f"version       {package.version or '-'}")
        click.echo(f"size          {package.size / 1e6:.1f} MB")
        click.echo(f"path          {package.path}")
        click.echo(f"fingerprint   {package.fingerprint}")
        click.echo(f"inline codes  {'carried by the model' if package.codes else 'mended around the model'}")
        click.echo(f"terms         {'written into the source' if package.terms == 'source' else 'put in afterwards'}")
        click.echo(f"decoding      {decoding}")


def _models() -> list[tuple[str, ModelPackage]]:
    from bilingual.engines.packages import EMBEDDED, argos_packages, read

    return [("embedded", read(EMBEDDED)), *(("argos", package) for package in argos_packages())]


def _languages(package: ModelPackage) -> str:
    names = {"en": "zh→en", "zh": "en→zh"}
    return ", ".join(names[to] for to in sorted(package.prefixes))
