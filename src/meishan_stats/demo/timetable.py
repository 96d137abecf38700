"""Which sheets a month has, and which projects are on them."""

from meishan_stats.demo.parts import signed
from meishan_stats.demo.spelling import Pen
from meishan_stats.demo.truth import STAGES, Project, Truth

CONTEST_FORMS = (2, 3)
_MADE = STAGES.index("production")


def is_start_of_year(index: int) -> bool:
    """Month with the targets, the postings and the rates of its year."""
    return index % 12 == 0


def is_end_of_quarter(index: int) -> bool:
    """Month with the schedule and the infrastructure of its quarter."""
    return index % 3 == 2


def is_end_of_half(index: int) -> bool:
    """Month with the land and the benefits of the projects."""
    return index % 6 == 5


def pen_of(truth: Truth, index: int) -> Pen:
    """Who writes the workbook of month `index`."""
    return Pen(truth.seed, truth.form(index), index)


def estimated(truth: Truth, index: int) -> list[Project]:
    """Projects whose land and benefits the workbook of month `index` tells: signed and not terminated."""
    if not is_end_of_half(index):
        return []
    return [p for p in signed(truth.shown(index), pen_of(truth, index)) if _stage(p, index) != "terminated"]


def scheduled(truth: Truth, index: int) -> list[Project]:
    """Projects on the schedule of month `index`: signed, and not in production three months before."""
    if not is_end_of_quarter(index):
        return []
    projects = signed(truth.shown(index), pen_of(truth, index))
    return [p for p in projects if _stage(p, index) != "terminated" and not _is_made(p, index - 3)]


def _stage(project: Project, index: int) -> str | None:
    month = project.at(index)
    return month.stage if month else None


def _is_made(project: Project, index: int) -> bool:
    # What is in production in the first workbook was so before it as well, as far as the lists tell.
    stage = _stage(project, max(index, project.first_month))
    return stage in STAGES and STAGES.index(stage) >= _MADE
