"""Offices (填报单位): a folder of workbooks with, if it likes, an ``office.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from meishan_stats.errors import FolderError, OfficeFileError

OFFICE_FILE = "office.toml"
FX_BASES = ("annual_mean",)
_TEXT_KEYS = ("name", "county", "adcode", "source", "fx_basis")
_KEYS = frozenset({*_TEXT_KEYS, "demo", "headers"})


@dataclass(frozen=True)
class Office:
    """One office and what its ``office.toml`` says; every setting has a default."""

    folder: Path
    name: str
    county: str | None = None
    adcode: str | None = None
    source: str | None = None
    is_demo: bool = False
    fx_basis: str = "annual_mean"
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    files: tuple[Path, ...] = ()


def find_offices(path: Path) -> list[Office]:
    """Offices of a folder of offices, of one office's folder, or of one workbook, by name of folder.

    Raises
    ------
    FolderError
        The path does not exist, or holds no file.
    OfficeFileError
        An ``office.toml`` is malformed.
    """
    if not path.exists():
        raise FolderError(f"没有这个文件夹或文件：{path}", f"no such folder or file: {path}")
    if path.is_file():
        return [read_office(path.parent, (path,), default_name=path.stem)]
    folders = [path, *sorted(p for p in path.iterdir() if p.is_dir() and not _is_hidden(p))]
    offices = [read_office(folder, files) for folder in folders if (files := _files(folder, path))]
    if not offices:
        raise FolderError(
            f"文件夹里没有工作簿：{path}（把 xlsx、xls、csv 等文件放进去）",
            f"no workbook in {path}: put xlsx, xls or csv files there",
        )
    names = [office.name for office in offices]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise OfficeFileError(
            f"两个文件夹用了同一个单位名称“{twice[0]}”：改其中一个 {OFFICE_FILE} 的 name",
            f"two folders bear the office name {twice[0]!r}: change name in one {OFFICE_FILE}",
        )
    return offices


def _files(folder: Path, top: Path) -> tuple[Path, ...]:
    """Every file of an office, its sub-folders included; the top folder's own files only."""
    found = folder.iterdir() if folder == top else folder.rglob("*")
    return tuple(
        sorted(
            p
            for p in found
            if p.is_file() and p.name != OFFICE_FILE and p.suffix.lower() not in (".md", ".toml")
        )
    )


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def read_office(folder: Path, files: tuple[Path, ...] = (), default_name: str | None = None) -> Office:
    """Office of a folder; its name is the one in ``office.toml``, else the folder's.

    Raises
    ------
    OfficeFileError
        The file is not TOML, or a setting is unknown or of a wrong type.
    """
    path = folder / OFFICE_FILE
    said: dict[str, object] = {}
    if path.is_file():
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise OfficeFileError(f"{path} 写法有误：{error}", f"{path} is not valid TOML: {error}") from None
    unknown = sorted(set(said) - _KEYS)
    if unknown:
        raise OfficeFileError(
            f"{path}：不认识的设置 {', '.join(unknown)}；可用的有 {', '.join(sorted(_KEYS))}",
            f"{path}: unknown settings {', '.join(unknown)}; known: {', '.join(sorted(_KEYS))}",
        )
    for key in _TEXT_KEYS:
        if not isinstance(said.get(key, ""), str):
            raise OfficeFileError(f"{path}：{key} 应加引号", f"{path}: {key} must be text in quotes")
    headers = said.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise OfficeFileError(
            f"{path}：[headers] 应为“表头 = 字段”", f"{path}: [headers] must be header = field"
        )
    if said.get("fx_basis", "annual_mean") not in FX_BASES:
        raise OfficeFileError(
            f"{path}：fx_basis 只能是 {', '.join(FX_BASES)}",
            f"{path}: fx_basis must be one of {', '.join(FX_BASES)}",
        )
    return Office(
        folder=folder,
        name=str(said.get("name") or default_name or folder.resolve().name),
        county=_text(said, "county"),
        adcode=_text(said, "adcode"),
        source=_text(said, "source"),
        is_demo=bool(said.get("demo", False)),
        fx_basis=_text(said, "fx_basis") or "annual_mean",
        headers=MappingProxyType(dict(headers)),
        files=files,
    )


def _text(said: Mapping[str, object], key: str) -> str | None:
    value = said.get(key)
    return str(value) if value else None
