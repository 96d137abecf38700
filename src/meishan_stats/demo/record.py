"""The truth as plain lists and dictionaries for JSON."""

from dataclasses import asdict
from datetime import date
from typing import Any

from meishan_stats.demo.forms import sheets_of
from meishan_stats.demo.parts import TOWN
from meishan_stats.demo.timetable import estimated, scheduled
from meishan_stats.demo.truth import FIELDS, STAGES, Project, Truth, sums

_TABLES = ("targets", "visits", "postings", "contests", "platform", "rates")


def truth_record(truth: Truth, files: list[str]) -> dict[str, Any]:
    """Everything drawn, with the totals and the sheets of each workbook.

    `estimated` and `scheduled` are the numbers of the projects on the sheets 用地与效益 and 倒排工期表;
    what was drawn of others is on no sheet.
    """
    return {
        "about": "示例数据 / invented data: what the workbooks of 示例镇 were drawn from",
        "amounts": "万 (10 000) of the project's own currency; arrived_10k: of the month, null until signed",
        "names": "name: as last written; name of a month: as its lists write it",
        "total_is_approximate": "until it is signed the sheets write this project's total investment with 约",
        "signed_precision": "month: signed_on is the first day of the month that the sheets state",
        "stage_order": [*STAGES, "terminated"],
        "office": TOWN,
        "seed": truth.seed,
        "correction": truth.correction
        and {"name": truth.correction[0], "month": f"{truth.correction[1]:%Y-%m}"},
        "projects": [_project_record(project) for project in truth.projects],
        **{table: [_plain(asdict(row)) for row in getattr(truth, table)] for table in _TABLES},
        "workbooks": [
            {
                "file": file,
                "month": f"{truth.periods[i]:%Y-%m}",
                "form": truth.form(i),
                "sheets": [title for title, _ in sheets_of(truth, i)],
                "n_projects": len(truth.shown(i)),
                "stated_totals_10k": {field: sums(truth.shown(i), field, i) for field in FIELDS},
                "estimated": [project.number for project in estimated(truth, i)],
                "scheduled": [project.number for project in scheduled(truth, i)],
            }
            for i, file in enumerate(files)
        ],
    }


def _project_record(project: Project) -> dict[str, Any]:
    months = [
        {"month": f"{m.period:%Y-%m}", "name": m.name, "stage": m.stage, "arrived_10k": m.arrived_10k}
        for m in project.months
    ]
    milestones = [_plain(asdict(milestone)) for milestone in project.milestones]
    own = {"first_month": months[0]["month"], "last_month": months[-1]["month"]}
    return _plain({**asdict(project), **own, "months": months, "milestones": milestones})


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in record.items()}
