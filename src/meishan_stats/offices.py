"""Offices (填报单位): a folder of workbooks with, if it likes, an ``office.toml``."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from meishan_stats.codelists import codes
from meishan_stats.errors import FolderError, OfficeFileError, cannot_read
from meishan_stats.paths import check_entry

OFFICE_FILE = "office.toml"
CORRECTIONS_FILE = "corrections.csv"
_TEXTS = ("name", "county", "adcode", "source", "fx_basis")
_FLAGS = ("demo", "include_foreign", "drop_persons")
_KEYS = frozenset({*_TEXTS, *_FLAGS, "headers", "sectors", "stage_words", "stage_order"})
_NOT_CONVERTING = ("transaction_day",)
"""Bases a rate may be stated on, but by which the package does not convert."""


@dataclass(frozen=True)
class Office:
    """One office and what its ``office.toml`` says; every setting has a default.

    Attributes
    ----------
    fx_basis : str
        Code of ``fx_bases.csv``: the rate by which amounts become yuan.
    include_foreign : bool
        Foreign capital counts as capital from outside the county (县外资金).
    drop_persons : bool
        Persons responsible and recruiters stay out of every table.
    headers : mapping
        The office's own header spellings → field.
    sectors : mapping
        Sectors the office adds → the words that name them.
    stage_words : mapping
        Words of progress that mean another stage here than in ``stages.csv`` (落户) → stage.
    stage_order : tuple
        Stages in the order of this office; empty where it is that of ``stages.csv``.
    """

    folder: Path
    name: str
    county: str | None = None
    adcode: str | None = None
    source: str | None = None
    is_demo: bool = False
    fx_basis: str = "annual_mean"
    include_foreign: bool = False
    drop_persons: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stage_words: Mapping[str, str] = field(default_factory=dict)
    stage_order: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()


def find_offices(path: Path) -> list[Office]:
    """Offices of a folder of offices, of one office's folder, or of one workbook, by name of folder.

    Raises
    ------
    FolderError
        The path does not exist, holds no file, or may not be read.
    OfficeFileError
        An ``office.toml`` is malformed.
    """
    with cannot_read(path):
        if not path.exists():
            raise FolderError(f"没有这个文件夹或文件：{path}", f"no such folder or file: {path}")
        if path.is_file():
            path = path.resolve() if path.is_symlink() else path  # a link named by the user is followed
            return [read_office(path.parent, (path,), default_name=path.stem)]
        folders = [path, *sorted(p for p in path.iterdir() if p.is_dir() and not _is_hidden(p))]
        offices = [
            Office(path, folder.name, files=(folder,))
            if _is_closed(folder, path)
            else read_office(folder, files)
            for folder in folders
            if (files := _files(folder, path))
        ]
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
    """Every file of an office, its sub-folders included; the top folder's own files only.

    Pipes, links and what else is no plain file are among them, and so are folders that cannot be looked
    into and empty ones named as a file: each becomes a doubt when it is to be read.
    """
    if _is_closed(folder, top):
        return (folder,)
    found = folder.iterdir() if folder == top else folder.rglob("*")
    return tuple(
        sorted(
            p
            for p in found
            if _is_to_be_told(p, folder, is_top=folder == top)
            and p.name not in (OFFICE_FILE, CORRECTIONS_FILE)
            and p.suffix.lower() not in (".md", ".toml")
        )
    )


def _is_to_be_told(path: Path, folder: Path, *, is_top: bool) -> bool:
    """True for what is no folder, and for a folder that can hold no file; those of the top are offices."""
    try:
        if not path.is_dir():
            return True
    except PermissionError:  # its folder may not be entered, though its names may be listed: that is told
        return False
    except OSError:
        return True
    if _is_closed(path, folder):
        return not is_top
    return bool(path.suffix) and next(path.iterdir(), None) is None


def _is_closed(folder: Path, top: Path) -> bool:
    """True for a folder that is a link out of the one above, or may not be entered."""
    try:
        if not folder.resolve().is_relative_to(top.resolve()):
            return True
        check_entry(folder)
    except (OSError, RuntimeError):
        return True
    return False


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
    with cannot_read(path):
        said = _settings(path) if path.is_file() else {}
    return Office(
        folder=folder,
        name=str(said.get("name") or default_name or folder.resolve().name),
        county=said.get("county") or None,
        adcode=said.get("adcode") or None,
        source=said.get("source") or None,
        is_demo=said.get("demo", False),
        fx_basis=said.get("fx_basis", "annual_mean"),
        include_foreign=said.get("include_foreign", False),
        drop_persons=said.get("drop_persons", False),
        headers=dict(said.get("headers", {})),
        sectors={name: tuple(words) for name, words in said.get("sectors", {}).items()},
        stage_words=dict(said.get("stage_words", {})),
        stage_order=tuple(said.get("stage_order", ())),
        files=files,
    )


def _settings(path: Path) -> dict[str, Any]:
    """What the file says, every setting checked."""
    try:
        said: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OfficeFileError(f"{path} 写法有误：{error}", f"{path} is not valid TOML: {error}") from None
    unknown = sorted(set(said) - _KEYS)
    if unknown:
        raise OfficeFileError(
            f"{path}：不认识的设置 {', '.join(unknown)}；可用的有 {', '.join(sorted(_KEYS))}",
            f"{path}: unknown settings {', '.join(unknown)}; known: {', '.join(sorted(_KEYS))}",
        )
    for key in _TEXTS:
        _demand(path, isinstance(said.get(key, ""), str), f"{key} 应加引号", f"{key} must be text in quotes")
    for key in _FLAGS:
        _demand(path, isinstance(said.get(key, False), bool), f"{key} 只能是 true 或 false",
                f"{key} must be true or false")  # fmt: skip
    for key, zh, en in (
        ("headers", "表头 = 字段", "header = field"),
        ("stage_words", "词 = 阶段", "word = stage"),
    ):
        _demand(path, _is_mapping(said.get(key, {}), lambda v: isinstance(v, str)), f"[{key}] 应为“{zh}”",
                f"[{key}] must be {en}")  # fmt: skip
    _demand(path, _is_mapping(said.get("sectors", {}), _is_words), "[sectors] 应为“产业 = [词, …]”",
            "[sectors] must be sector = [words]")  # fmt: skip
    _demand(path, _is_words(said.get("stage_order", [])), "stage_order 应为阶段代码的列表",
            "stage_order must be a list of stages")  # fmt: skip
    bases = [basis for basis in codes("fx_bases") if basis not in _NOT_CONVERTING]
    _demand_codes(path, "fx_basis", [said.get("fx_basis", "annual_mean")], bases)
    _demand_codes(path, "stage_order", said.get("stage_order", []), codes("stages"))
    _demand_codes(path, "stage_words", list(said.get("stage_words", {}).values()), codes("stages"))
    return said


def _is_mapping(value: object, holds: Callable[[object], bool]) -> bool:
    return isinstance(value, dict) and all(holds(item) for item in value.values())


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _demand(path: Path, is_right: bool, zh: str, en: str) -> None:
    if not is_right:
        raise OfficeFileError(f"{path}：{zh}", f"{path}: {en}")


def _demand_codes(path: Path, key: str, said: Sequence[str], known: Sequence[str]) -> None:
    wrong = [code for code in said if code not in known]
    _demand(path, not wrong, f"{key} 不认识 {', '.join(wrong)}；可用的有 {', '.join(known)}",
            f"{key}: unknown {', '.join(wrong)}; known: {', '.join(known)}")  # fmt: skip
