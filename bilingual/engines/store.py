"""Models that a user has installed, and packages made for Argos Translate of a model of ours.

An installed model is a folder of `folder()`, named as its package calls itself; `--engine NAME` finds it there.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from bilingual.engines.packages import ModelPackage, read, usable
from bilingual.errors import EngineError, OutputError
from bilingual.model import Lang

RESERVED = frozenset({"embedded", "argos"})
_NAMES: dict[str, str] = {"en": "English", "zh": "Chinese"}
_OTHER: dict[Lang, Lang] = {"en": "zh", "zh": "en"}


def folder() -> Path:
    """Where installed models are kept: `bilingual/models` in the user's data folder (`XDG_DATA_HOME`)."""
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "bilingual" / "models"


def installed() -> list[ModelPackage]:
    """The models that are installed, by name; folders that are no models are passed over."""
    paths = sorted(folder().iterdir()) if folder().is_dir() else []
    return [package for package in map(usable, paths) if package]


def find(name: str) -> ModelPackage | None:
    """The installed model of a name."""
    return next((package for package in installed() if package.name == name), None)


def install(source: str | Path) -> ModelPackage:
    """Install a package: an `.argosmodel` file or a model folder. Raises EngineError where it is none, or its name is
    taken; OutputError where the data folder cannot be written."""
    with _unpacked(Path(source)) as unpacked:
        try:
            read(unpacked)
        except EngineError as error:  # of the copy, which the user never sees
            raise EngineError(error.message, path=str(source)) from error
        target = folder() / unpacked.name
        if target.name in RESERVED:
            raise EngineError(f"{target.name!r} is the name of a built-in engine; rename the folder", path=str(source))
        if target.exists():
            message = f"a model of this name is installed; first: bilingual models remove {target.name}"
            raise EngineError(message, path=str(source))
        try:
            os.replace(unpacked, target)
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror}", path=str(target)) from error
    return read(target)


def remove(name: str) -> Path:
    """Remove an installed model; where it was. Raises EngineError where there is none of this name."""
    package = find(name)
    if package is None:
        known = ", ".join(each.name for each in installed()) or "none"
        raise EngineError(f"no installed model is called {name!r} (installed: {known})")
    try:
        shutil.rmtree(package.path)
    except OSError as error:
        raise OutputError(f"cannot be removed: {error.strerror}", path=str(package.path)) from error
    return package.path


@contextmanager
def _unpacked(source: Path) -> Iterator[Path]:
    """A copy of a package's folder beside the installed ones, removed afterwards if it is still there."""
    place = folder() / f".{os.getpid()}.new"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", path=str(folder())) from error
    try:
        if source.is_dir():
            yield Path(shutil.copytree(source, place / source.resolve().name))
        elif zipfile.is_zipfile(source):
            yield place / _extract(source, place)
        else:
            raise EngineError("is neither an .argosmodel file nor a model folder", path=str(source))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _extract(archive: Path, place: Path) -> str:
    """Unpack an archive of one folder; the folder's name. Names that lead elsewhere are refused."""
    with zipfile.ZipFile(archive) as packed:
        names = [PurePosixPath(name) for name in packed.namelist()]
        tops = {name.parts[0] for name in names if name.parts}
        if len(tops) != 1 or any(name.is_absolute() or ".." in name.parts for name in names):
            raise EngineError("is not an Argos package: it does not hold exactly one folder", path=str(archive))
        if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in packed.infolist()):
            raise EngineError("is not an Argos package: it holds a link", path=str(archive))
        try:
            packed.extractall(place)
        except (OSError, zipfile.BadZipFile) as error:
            raise EngineError(f"cannot be unpacked: {error}", path=str(archive)) from error
    return tops.pop()


def export_argos(package: ModelPackage, out: Path) -> list[Path]:
    """Write one `.argosmodel` file for each direction of a package; the files, by name.

    An Argos package is a zip of one folder that translates one way. Files that are there are replaced.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [_write_argos(package, to, out) for to in sorted(package.prefixes)]
    except OSError as error:
        raise OutputError(f"cannot be written: {error.strerror}", path=str(out)) from error


def _write_argos(package: ModelPackage, to: Lang, out: Path) -> Path:
    metadata = _argos_metadata(package, to)
    version = str(metadata["package_version"]).replace(".", "_")
    name = f"translate-{_OTHER[to]}_{to}-{version}"
    target = out / f"{name}.argosmodel"
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    files = sorted(path for path in package.path.rglob("*") if path.is_file() and path.name != "metadata.json")
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
            _add(packed, f"{name}/metadata.json", (json.dumps(metadata, indent=2) + "\n").encode())
            for path in files:
                _add(packed, f"{name}/{path.relative_to(package.path).as_posix()}", path.read_bytes())
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
    return target


def _add(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    """One file, with the same date on every day, so that the same model gives the same archive."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    packed.writestr(entry, data, zipfile.ZIP_DEFLATED)


def _argos_metadata(package: ModelPackage, to: Lang) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((package.path / "metadata.json").read_text(encoding="utf-8"))
    ours = {**data.get("bilingual", {}), "target_prefixes": {to: package.prefixes[to]}}
    return {
        **data,
        "type": "translate",
        "from_code": _OTHER[to],
        "from_name": _NAMES[_OTHER[to]],
        "to_code": to,
        "to_name": _NAMES[to],
        "target_prefix": package.prefixes[to],
        "bilingual": ours,
    }
