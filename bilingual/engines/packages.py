"""Model folders in the layout of an Argos package: `metadata.json`, `model/` (CTranslate2), `sentencepiece.model`.

Nothing heavy is imported here: a package is found, described and fingerprinted without being loaded.

One extra key of `metadata.json` is ours; Argos passes over keys that it does not know:

    "bilingual": {"target_prefixes": {"en": "__en__", "zh": "__zh__"}, "inline_codes": true, "terms": "none",
                  "spaced": false, "decoding": {"beam_size": 4}}

`target_prefixes` makes a package serve both directions (without it: `from_code` to `to_code`, with `target_prefix`);
`inline_codes`, `terms` and `spaced` (a space between Chinese and Latin words) say what the model was trained for;
`decoding` overrides `DECODING`.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from bilingual.errors import EngineError
from bilingual.model import Lang

EMBEDDED = Path(__file__).parent.parent / "models" / "en-zh"

# What a package is decoded with unless it says otherwise. A repetition penalty keeps weak models out of loops; it also
# keeps names like 阿里巴巴 from being whole, so that a better model does without it.
DECODING: dict[str, float] = {"beam_size": 4, "repetition_penalty": 1.1, "length_penalty": 1.0}

_BLOCK = 1 << 16


@dataclass(frozen=True)
class ModelPackage:
    """What a model folder says about itself."""

    path: Path
    name: str
    prefixes: dict[Lang, str]
    """Target language: the token that decoding starts with, or ""."""
    version: str = ""
    codes: bool = False
    terms: Literal["none", "source"] = "none"
    spaced: bool = False
    """Whether it was trained with a space between Chinese and a Latin word."""
    decoding: dict[str, float] = field(default_factory=lambda: dict(DECODING))

    @property
    def model(self) -> Path:
        return self.path / "model"

    @property
    def tokenizer(self) -> Path:
        return self.path / "sentencepiece.model"

    @property
    def size(self) -> int:
        """Bytes on disk of what is loaded."""
        return sum(file.stat().st_size for file in self._files)

    @property
    def _files(self) -> list[Path]:
        return [self.tokenizer, *sorted(file for file in self.model.iterdir() if file.is_file())]

    @cached_property
    def fingerprint(self) -> str:
        """12 hexadecimal digits over what shapes the answers: prefixes, spacing, decoding settings, and of each model
        file its name, size, first and last 64 KiB. The same files give the same digits on every machine."""
        settings = (sorted(self.prefixes.items()), self.spaced, sorted(self.decoding.items()))
        digest = hashlib.blake2b(repr(settings).encode())
        for file in self._files:
            size = file.stat().st_size
            digest.update(f"{file.name} {size}\n".encode())
            with file.open("rb") as stream:
                digest.update(stream.read(_BLOCK))
                stream.seek(max(_BLOCK, size - _BLOCK))
                digest.update(stream.read(_BLOCK))
        return digest.hexdigest()[:12]


def read(folder: str | Path) -> ModelPackage:
    """The package in a folder. Raises EngineError where it is missing, incomplete or not for English and Chinese."""
    path = Path(folder)
    if not path.is_dir():
        raise EngineError("there is no model folder here", path=str(folder))
    for needed in ("metadata.json", "model/model.bin", "sentencepiece.model"):
        if not (path / needed).is_file():
            raise EngineError(f"the model folder has no {needed}", path=str(folder))
    try:
        data = json.loads((path / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"cannot be read: {error}", path=str(path / "metadata.json")) from error
    if not isinstance(data, dict):
        raise EngineError("is not a JSON object", path=str(path / "metadata.json"))
    return _package(path, data)


def _package(path: Path, data: dict[str, Any]) -> ModelPackage:
    ours = data.get("bilingual", {})
    try:
        prefixes = dict(ours.get("target_prefixes") or _one_way(data))
        decoding = {**DECODING, **ours.get("decoding", {})}
        codes, terms = bool(ours.get("inline_codes", False)), ours.get("terms", "none")
        spaced = bool(ours.get("spaced", False))
    except (AttributeError, TypeError, ValueError) as error:
        message = 'the key "bilingual" is not as it should be'
        raise EngineError(message, path=str(path / "metadata.json")) from error
    if not prefixes or not prefixes.keys() <= {"en", "zh"}:
        raise EngineError("the model does not translate between English and Chinese", path=str(path))
    if terms not in ("none", "source"):
        raise EngineError('"terms" is "none" or "source"', path=str(path / "metadata.json"))
    version = str(data.get("package_version", ""))
    return ModelPackage(path, path.name, prefixes, version, codes, terms, spaced, decoding)


def _one_way(data: dict[str, Any]) -> dict[str, str]:
    pair = tuple(str(data.get(key, "")).replace("_", "-").split("-")[0] for key in ("from_code", "to_code"))
    return {pair[1]: str(data.get("target_prefix") or "")} if pair in (("en", "zh"), ("zh", "en")) else {}


def argos_folders() -> list[Path]:
    """The folders where argostranslate keeps its packages: its own settings say, where it is installed."""
    try:
        from argostranslate import settings
    except (ImportError, OSError):  # it makes its folders when imported, which a read-only home refuses
        named = os.environ.get("ARGOS_PACKAGES_DIR")
        data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
        return [Path(named) if named else Path(data) / "argos-translate" / "packages"]
    return [Path(folder) for folder in settings.package_dirs]


def argos_packages() -> list[ModelPackage]:
    """The packages between English and Chinese that argostranslate has installed, newest version first."""
    paths = [path for folder in argos_folders() if folder.is_dir() for path in sorted(folder.iterdir())]
    found = [package for package in map(usable, paths) if package]
    return sorted(found, key=lambda package: _version(package.version), reverse=True)


def usable(path: Path) -> ModelPackage | None:
    """The package in a folder, or None where it is for other languages or of a kind that is not ours to run."""
    try:
        return read(path)
    except EngineError:
        return None


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))
