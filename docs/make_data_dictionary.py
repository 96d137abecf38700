"""Write docs/data_dictionary.md from the schemas: ``python docs/make_data_dictionary.py``."""

from pathlib import Path

from meishan_stats.schemas import RESULTS, data_dictionary

PAGE = Path(__file__).with_name("data_dictionary.md")
_HEAD = """# 数据字典 Data dictionary

由 `docs/make_data_dictionary.py` 从 `src/meishan_stats/schemas` 生成，请勿手改。金额以万元计（`_10k` 为本币万）；缺失就是缺失，从不写 0。
Made from `src/meishan_stats/schemas` by `docs/make_data_dictionary.py`; do not edit. Amounts are in 10 000 yuan
(`_10k`: 10 000 of the own currency); what is missing is missing and never 0. Codelists are CSV files in
`src/meishan_stats/definitions/codelists/`.
"""


def page() -> str:
    """The page as Markdown, one section a table."""
    parts = [_HEAD]
    for table, rows in data_dictionary().groupby("table", sort=False):
        first = rows.iloc[0]
        kind = "统计结果 result" if table in RESULTS else "数据表 table"
        parts.append(f"## {table} {first['table_zh']}\n\n{kind}. {first['table_en']}\n")
        lines = [
            "| 列 column | 含义 | meaning | 类型 type | 单位 unit | 代码表 codelist |",
            "|---|---|---|---|---|---|",
        ]
        for row in rows.to_dict("records"):
            cells = (row[name] for name in ("column", "meaning_zh", "meaning_en", "type", "unit", "codelist"))
            lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
