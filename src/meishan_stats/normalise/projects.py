"""Project lists: one row of a sheet → one row of ``project_reports``."""

import json

import pandas as pd

from meishan_stats.codelists import labels
from meishan_stats.extract.fields import PERSONAL
from meishan_stats.extract.headers import nearest_fields
from meishan_stats.normalise import columns as cols
from meishan_stats.normalise.exchange import in_yuan
from meishan_stats.normalise.source import Source
from meishan_stats.schemas import ProjectReports, conform
from meishan_stats.values.methods import parse_methods
from meishan_stats.values.regions import parse_origin_levels, parse_regions
from meishan_stats.values.sectors import classify_sectors
from meishan_stats.values.stages import parse_stages
from meishan_stats.values.text import clean_text, is_blank, match_key

_AMOUNTS = {
    "total_investment": "currency", "signed_amount": "signed_currency", "fixed_asset": None, "equipment": None,
}  # fmt: skip
_COLUMN_OF = {"signed_amount": "signed"}
_PLAIN_TEXT = ("project_code", "company", "content", "station", "recruiter", "town", "park", "responsible")


def normalise_projects(source: Source) -> pd.DataFrame:
    """Rows of a project list as reported; a row without a name is named by its investor or content.

    Parameters
    ----------
    source : Source
        A recognised table; its doubts are added to it.

    Returns
    -------
    ProjectReports, one row per data row that names a project
    """
    table = source.table
    frame = source.frame()
    frame["name"] = cols.texts(source, "name")
    frame["investor"] = cols.texts(source, "investor")
    for field in _PLAIN_TEXT:
        frame[field] = cols.texts(source, field)
    frame["name"] = _names(frame)
    frame = frame.assign(**_dates(source))
    frame = frame.assign(**_money(source, frame))
    frame["land_mu"] = cols.areas(source, "land")
    frame["plant_area_m2"] = cols.areas(source, "plant_area")
    frame["annual_output_10k"] = cols.amounts(source, "annual_output")["amount"]
    frame["annual_tax_10k"] = cols.amounts(source, "annual_tax")["amount"]
    frame["n_jobs"] = cols.counts(source, "n_jobs")
    frame["is_key"] = _flags(cols.texts(source, "is_key"))
    frame = frame.assign(**_stages(source, frame))
    frame = frame.assign(**_origins(source, frame))
    frame = frame.assign(**_sectors(source, frame))
    frame["method_stated"] = cols.texts(source, "method")
    frame["method"] = parse_methods(frame["method_stated"])
    frame["period"] = table.period
    frame["extra"] = extra(source)
    named = frame[frame["name"].notna()]
    return conform(named, ProjectReports)


def _names(frame: pd.DataFrame) -> pd.Series:
    name = frame["name"]
    for other in ("company", "investor", "content"):
        name = name.where(name.notna(), frame[other])
    return name


def _dates(source: Source) -> dict[str, pd.Series]:
    signed = cols.dates(source, "signed.actual")
    fields = source.table.fields()
    if "signed.actual" not in fields and "year" in fields:
        year = pd.to_numeric(
            cols.texts(source, "year").astype("str").str.extract(r"(\d{4})")[0], errors="coerce"
        )
        month = _months(cols.texts(source, "month"))
        on = pd.to_datetime({"year": year, "month": month.fillna(1), "day": 1}, errors="coerce")
        precision = month.notna().map({True: "month", False: "year"}).where(on.notna())
        signed = pd.DataFrame({"on": on, "precision": precision})
    return {"signed_on": signed["on"], "signed_precision": signed["precision"]}


def _months(texts: pd.Series) -> pd.Series:
    names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    number = pd.to_numeric(texts.astype("str").str.extract(r"(\d{1,2})")[0], errors="coerce")
    named = texts.astype("str").str[:3].str.lower().map({name: i for i, name in enumerate(names, start=1)})
    return number.where(number.between(1, 12)).fillna(named)


def _money(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Own-currency and yuan amounts; fixed assets and equipment are in the currency of the investment."""
    years = frame["signed_on"].dt.year.astype("Int64").fillna(source.table.year or pd.NA)
    result: dict[str, pd.Series] = {}
    for field, currency_column in _AMOUNTS.items():
        stated = cols.amounts(source, field)
        column = _COLUMN_OF.get(field, field)
        yuan = in_yuan(stated["amount"], stated["currency"], years)
        result[f"{column}_10k"] = stated["amount"]
        result[f"{column}_cny_10k"] = yuan["cny"]
        if currency_column:
            result[currency_column] = stated["currency"]
        else:
            base = result["currency"]
            differs = base.notna() & stated["currency"].notna() & (stated["currency"] != base)
            result[f"{column}_10k"] = stated["amount"].mask(differs)
        if field == "total_investment" or "fx_rate" not in result:
            result["fx_rate"], result["fx_basis"] = yuan["rate"], yuan["basis"]
        else:
            free = result["fx_rate"].isna()
            result["fx_rate"] = result["fx_rate"].where(~free, yuan["rate"])
            result["fx_basis"] = result["fx_basis"].where(~free, yuan["basis"])
        for row in yuan.index[yuan["is_missing_rate"]]:
            column_index = int(stated["column"].loc[row])
            value = source.table.cells[column_index].loc[row]
            year = "?" if pd.isna(years.loc[row]) else int(years.loc[row])
            source.doubt(
                "missing_rate", int(row), column_index, value, currency=stated["currency"].loc[row], year=year
            )
    return result


def _flags(texts: pd.Series) -> pd.Series:
    yes = texts.map(
        lambda text: match_key(text)[:1] not in ("否", "不", "n") if isinstance(text, str) else None
    )
    return yes.astype("boolean")


def _stages(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Stage by its column, else by the heading above the row, the title (签约项目), or a signing date."""
    stated = cols.texts(source, "stage")
    parsed = parse_stages(stated)
    for column in source.table.fields().get("stage", [])[:1]:
        source.doubts(parsed["code"], column)
    stage = parsed["stage"]
    for text in (
        _heading(source, "stage"),
        pd.Series(cols.title_key(source), index=frame.index, dtype=object),
    ):
        guess = parse_stages(text)["stage"]
        stage = stage.where(
            stage.notna(),
            guess.where(guess.isin(["lead", "negotiating", "signed", "started", "completed", "production"])),
        )
    stage = stage.where(stage.notna() | frame["signed_on"].isna(), "signed")
    return {"stage": stage, "stage_stated": stated}


def _heading(source: Source, kind: str) -> pd.Series:
    """The innermost heading above each row that speaks of stages, or of sectors."""
    sections = cols.section_texts(source)
    words = {text for section in sections for text in section}
    if kind == "stage":
        known = {
            word for word in words if parse_stages(pd.Series([word], dtype=object))["stage"].notna().iloc[0]
        }
    else:
        known = {word for word in words if _is_sector(word)}
    return sections.map(lambda section: next((text for text in reversed(section) if text in known), None))


def _is_sector(text: str) -> bool:
    one = classify_sectors(pd.DataFrame({"sector_stated": [text]}))
    return one["sector_basis"].iloc[0] == "stated"


def _origins(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Origin as stated, else by the place an investor's name begins with; its level, stated or derived."""
    home = source.office.adcode
    origin = cols.texts(source, "origin")
    region = parse_regions(origin, home)
    from_name = parse_regions(frame["investor"], home)
    for column in source.table.fields().get("origin", [])[:1]:
        source.doubts(region["code"], column)
    stated = parse_origin_levels(cols.texts(source, "origin_level"))
    level = stated.where(stated.notna(), region["origin_level"])
    return {
        "origin": origin,
        "origin_adcode": region["adcode"].where(origin.notna(), from_name["adcode"]),
        "origin_level": level.where(level.notna() | origin.notna(), from_name["origin_level"]),
    }


def _sectors(source: Source, frame: pd.DataFrame) -> dict[str, pd.Series]:
    stated = cols.texts(source, "sector")
    stated = stated.where(stated.notna(), _heading(source, "sector"))
    text = pd.DataFrame(
        {
            "sector_stated": stated,
            "subsector": cols.texts(source, "subsector"),
            "industry_code": cols.texts(source, "industry_code"),
            "content": frame["content"],
            "name": frame["name"],
        }
    )
    text["year"] = source.table.year
    found = classify_sectors(text)
    column = next(iter(source.table.fields().get("sector", source.table.fields().get("name", []))), None)
    if column is not None:
        names = labels("sectors")
        codes = found["sector_problem"].where(frame["name"].notna())
        source.doubts(
            codes,
            column,
            sector=found["sector"].map(names),
            alternative=found["sector_alt"].map(names).fillna("—"),
        )
    return {
        "sector": found["sector"], "subsector": found["subsector"], "sector_stated": stated,
        "sector_basis": found["sector_basis"], "sector_confidence": found["sector_confidence"],
        "sector_alt": found["sector_alt"], "industry_code": found["industry_code"],
        "industry_edition": found["industry_edition"],
    }  # fmt: skip


def extra(source: Source) -> pd.Series:
    """Columns that no field claims, as JSON ``{header: value}``; each is listed among the problems once."""
    unclaimed = [column for column in source.table.columns if not column.field]
    kept = [column for column in unclaimed if not _looks_personal(column.header)]
    for column in kept:
        if column.header and source.table.cells[column.index].map(lambda v: not is_blank(v)).any():
            _report_unmapped(source, column)
    rows = []
    for _, row in source.table.cells[[column.index for column in kept]].iterrows():
        said = {
            c.header or f"#{c.index + 1}": clean_text(v)
            for c, v in zip(kept, row, strict=True)
            if not is_blank(v)
        }
        rows.append(json.dumps(said, ensure_ascii=False) if said else None)
    return pd.Series(rows, index=source.table.cells.index, dtype=object)


def _report_unmapped(source: Source, column: cols.Column) -> None:
    if column.is_duplicate:
        source.doubt_column("duplicate_header", column, header=cols.label_of(column))
        return
    near = nearest_fields(column.header.rpartition("/")[2])
    suggestion = f'"{cols.label_of(column)}" = "{near[0] if near else "remark"}"  # {", ".join(near)}'
    source.doubt_column("unmapped_column", column, header=cols.label_of(column), suggestion=suggestion)


def _looks_personal(header: str) -> bool:
    return bool(set(nearest_fields(header, 1)) & PERSONAL) and any(
        word in header for word in ("电话", "联系", "手机")
    )
