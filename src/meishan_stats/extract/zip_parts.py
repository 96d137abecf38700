"""Parts of a zip workbook, unpacked once within limits: what the reader is given has been counted and checked."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from meishan_stats.extract import limits
from meishan_stats.extract.limits import UnreadableWorkbook, broken, refuse

CHUNK = 2**21
"""Bytes unpacked at a time: fits the cache of a processor, so that what looks at them is fast."""
_LOCAL_HEADER = 30
_NOT_READ = ("xl/media/", "xl/embeddings/", "xl/printersettings/", "pictures/", "thumbnails/", "object")
_READ = (".xml", ".rels", ".bin")
_IS_ENCRYPTED = 1


@dataclass(frozen=True)
class Part:
    """One part of a package. Iterating unpacks it, ``CHUNK`` bytes at a time, and keeps nothing.

    It is counted while it is unpacked (the directory may lie) and must have the checksum it was packed
    with, so that a damaged file is never read in part; an error is raised before the end.
    """

    name: str
    package: bytes
    entry: zipfile.ZipInfo

    def __iter__(self) -> Iterator[bytes]:
        return _unpacked(self.package, self.entry)

    def content(self) -> bytes:
        """The whole part."""
        return b"".join(self)


def open_parts(data: bytes) -> dict[str, Part]:
    """Parts that may hold cells, by the name that stands for all its spellings (``part_name``).

    Pictures, embedded files and macros are not among them: they are never unpacked.

    Raises
    ------
    UnreadableWorkbook
        ``limit_exceeded`` or ``unreadable_workbook``.
    """
    # Every part has one such mark; counted before a directory of millions is read.
    if data.count(b"PK\x01\x02") > limits.MAX_PARTS:
        refuse("压缩包内的文件过多", f"more than {limits.MAX_PARTS:,} parts")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        broken("压缩包已损坏，可能没有传完", f"damaged or cut short: {error}"[:200])
    _check_entries(entries)
    return {part_name(e.filename): Part(e.filename, data, e) for e in entries if _is_read(e.filename)}


def part_name(spelling: str) -> str:
    """Name of a part. OOXML does not tell names apart by case, and some programs write ``\\`` for ``/``.

    >>> part_name("xl" + chr(92) + "Sheet1.xml")
    'xl/sheet1.xml'
    """
    return spelling.replace("\\", "/").lower()


def _is_read(name: str) -> bool:
    lower = part_name(name)
    return lower == "mimetype" or (
        lower.endswith(_READ) and not lower.startswith(_NOT_READ) and not lower.endswith("vbaproject.bin")
    )


def _check_entries(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse a package in which two programs could see two different contents."""
    seen: set[str] = set()
    end = 0
    total = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        name = part_name(entry.filename)  # programs differ on which of two they take
        if name in seen:
            broken(f"压缩包内有两个“{name[:80]}”", f"two parts named {name[:80]!r}")
        if entry.header_offset < end:
            broken("压缩包内的文件互相重叠", "overlapping parts")
        seen.add(name)
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
        if _is_read(entry.filename):
            total += entry.file_size
            _check_ratio(entry)
    if total > limits.MAX_UNPACKED_BYTES:
        megabytes = limits.MAX_UNPACKED_BYTES // 2**20
        refuse(f"解压后超过 {megabytes} MB", f"more than {megabytes} MB when unpacked")


def _check_ratio(entry: zipfile.ZipInfo) -> None:
    if entry.file_size > max(limits.RATIO_COUNTS_FROM, limits.MAX_RATIO * entry.compress_size):
        refuse("压缩比异常", f"packed more than {limits.MAX_RATIO} to 1")


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    if entry.flag_bits & _IS_ENCRYPTED:
        raise UnreadableWorkbook("password_protected", "有打开密码 (password)")
    start = entry.header_offset
    header = data[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        broken("压缩包已损坏", "damaged package")
    start += _LOCAL_HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        content: Iterable[bytes] = (bytes(packed[i : i + CHUNK]) for i in range(0, len(packed), CHUNK))
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflated(packed)
    else:
        broken("压缩方式不认识", f"unknown compression {entry.compress_type}")
    size, checksum = 0, 0
    for chunk in content:
        size += len(chunk)
        if size > entry.file_size:  # whoever wrote the directory lies, or a bit has turned
            broken("压缩包已损坏或被篡改（大小不符）", "damaged: a part is larger than it says")
        checksum = zlib.crc32(chunk, checksum)
        yield chunk
    if size != entry.file_size or checksum != entry.CRC:
        broken("文件内容已损坏（校验不符），请重新传送", f"damaged: checksum of {entry.filename[:80]!r}")


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """Unpacked chunks; no more is unpacked than is asked for."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not inflater.eof:
            chunk = inflater.decompress(rest, CHUNK)
            rest = inflater.unconsumed_tail
            if chunk:
                yield chunk
            elif not rest and not inflater.eof:
                broken("压缩包已损坏，可能没有传完", "damaged or cut short")
    except zlib.error as error:
        broken("压缩包已损坏", f"damaged: {error}"[:200])


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A package of the parts, not compressed: it is read at once and thrown away."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
