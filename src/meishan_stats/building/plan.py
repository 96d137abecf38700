"""What a build would make of a raw folder, and which parts of it are there already."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meishan_stats.building.keys import OfficeInputs, digest, office_inputs, package_key
from meishan_stats.errors import OfficeFileError
from meishan_stats.offices import find_offices
from meishan_stats.outputs.office_names import office_file_name
from meishan_stats.result_set import is_whole, read_manifest


@dataclass(frozen=True)
class Plan:
    """The offices of a raw folder by name, and the identity of the set of results that they give."""

    inputs: tuple[OfficeInputs, ...]
    has_workbooks: bool

    @property
    def set_id(self) -> str:
        """Equal for equal inputs, program and options."""
        return digest(package_key(), self.has_workbooks, [found.key for found in self.inputs])

    def manifest(self, facts: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """What the manifest says of the set, without its outputs. No clock: equal inputs, equal bytes."""
        offices = list(facts)
        changed = [name for office in offices for name in office["changed"]]
        return {
            "set": digest(self.set_id, changed) if changed else self.set_id,
            "program": package_key(),
            "options": {"workbooks": self.has_workbooks},
            "inputs": {found.office.name: {**found.files, **found.settings} for found in self.inputs},
            "offices": offices,
        }


def plan(raw: Path, has_workbooks: bool) -> Plan:
    """Offices of a folder with the hashes of their files, in the order of their names.

    Raises
    ------
    FolderError, OfficeFileError
        See ``find_offices``; two offices would write one file.
    """
    offices = sorted(find_offices(raw), key=lambda office: office.name)
    names = [office_file_name(office.name).casefold() for office in offices]
    for office, name in zip(offices, names, strict=True):
        if names.count(name) > 1:
            raise OfficeFileError(
                f"单位“{office.name}”与另一单位的工作簿会同名：改 {office.folder} 的 office.toml 中的 name",
                f"the workbook of {office.name!r} would be called as another's: change name in {office.folder}",
            )
    return Plan(tuple(office_inputs(office) for office in offices), has_workbooks)


def current_manifest(folder: Path, planned: Plan) -> dict[str, Any] | None:
    """Manifest of the set in the folder, if it is what the plan would make and no file of it was touched."""
    manifest = read_manifest(folder)
    if manifest and manifest["set"] == planned.set_id and is_whole(folder, manifest):
        return manifest
    return None
