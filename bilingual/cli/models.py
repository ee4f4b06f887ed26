"""`bilingual models`: what there is to translate with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bilingual.engines.packages import ModelPackage


@click.group("models")
def command() -> None:
    """List, inspect, install, remove and export translation models."""


@command.command("list")
def list_models() -> None:
    """One line for each model: name, languages, size, path."""
    for name, package in _models():
        click.echo(f"{name:<10} {_languages(package):<14} {package.size / 1e6:6.1f} MB  {package.path}")


@command.command("info")
@click.argument("name", default="embedded")
def info(name: str) -> None:
    """All about one model: embedded, argos, an installed one, or a model folder."""
    for package in _named(name):
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


@command.command("install")
@click.argument("source", metavar="FILE|FOLDER")
def install(source: str) -> None:
    """Install a model from an .argosmodel file or a model folder; `--engine NAME` then translates with it.

    Nothing is downloaded.
    """
    from bilingual.engines.store import install as install_package
    from bilingual.errors import EngineError

    if not Path(source).exists():
        raise EngineError("there is no such file or folder", path=source)
    package = install_package(source)
    click.echo(f"installed {package.name} ({_languages(package)}); translate with it: --engine {package.name}")


@command.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Remove an installed model."""
    from bilingual.engines.store import remove as remove_package

    click.echo(f"removed {remove_package(name)}")


@command.command("export")
@click.argument("outdir", type=click.Path(file_okay=False, path_type=Path))
@click.option("--to", "target", type=click.Choice(["argos"]), required=True, help="Whose packages to write.")
@click.option("--model", "name", default="embedded", metavar="NAME", help="The model; the embedded one by default.")
def export(outdir: Path, target: str, name: str) -> None:
    """Write a model as packages of another program: for Argos Translate, one file a direction."""
    from bilingual.engines.store import export_argos

    for package in _named(name):
        for path in export_argos(package, outdir):
            click.echo(f"{path}  {path.stat().st_size / 1e6:.1f} MB  ({target})")


def _named(name: str) -> list[ModelPackage]:
    """The packages behind a name, as engines are named."""
    from bilingual.engines.packages import EMBEDDED, argos_packages, read
    from bilingual.engines.store import find
    from bilingual.errors import EngineError

    if name == "embedded":
        return [read(EMBEDDED)]
    if name == "argos":
        if found := argos_packages():
            return found
        raise EngineError("argostranslate has no package between English and Chinese installed")
    return [find(name) or read(name)]


def _models() -> list[tuple[str, ModelPackage]]:
    from bilingual.engines.packages import EMBEDDED, argos_packages, read
    from bilingual.engines.store import installed

    return [
        ("embedded", read(EMBEDDED)),
        *((package.name, package) for package in installed()),
        *(("argos", package) for package in argos_packages()),
    ]


def _languages(package: ModelPackage) -> str:
    names = {"en": "zh→en", "zh": "en→zh"}
    return ", ".join(names[to] for to in sorted(package.prefixes))
