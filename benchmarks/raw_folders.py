"""Raw folders of any size for measuring: invented offices that send one project list a month."""

import datetime as dt
import random
from pathlib import Path

import openpyxl

HEADER = [
    "序号", "项目名称", "投资方", "资金来源地", "产业类型", "总投资", "协议资金", "本年累计到位资金", "用地面积(亩)", "签约时间",
    "项目进度", "责任人",
]  # fmt: skip
SECTORS = ["新能源", "新材料", "现代纺织", "其他"]
PLACES = ["江苏省南京市", "上海市", "杭州市", "广东省深圳市", "湖州市"]
WORDS = ["光伏组件", "玻璃钢", "织造", "机械"]
STAGES = ["签约", "开工"]


def write_workbook(path: Path, n_rows: int, month: int, year: int = 2011, seed: int = 0) -> None:
    """One workbook of so many projects: the same projects for one seed, more capital every month."""
    chance = random.Random(seed)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("项目")
    sheet.append([f"示例镇{year}年{month}月招商引资项目汇总表"])
    sheet.append(["单位：万元"])
    sheet.append(HEADER)
    for i in range(n_rows):
        total, place, sector, word = (
            chance.randint(500, 90_000), chance.choice(PLACES), chance.choice(SECTORS), chance.choice(WORDS)
        )  # fmt: skip
        signed = dt.datetime(year - 1, chance.randint(1, 12), chance.randint(1, 28))
        land = round(chance.uniform(5, 200), 1)
        sheet.append([
            i + 1, f"示例{seed}之{i}号{word}项目", f"示例{i % 5000}投资有限公司", place, sector, total,
            total * 8 // 10, total * month // 20, land, signed, STAGES[month > 6], f"专员{i % 40}",
        ])  # fmt: skip
    book.save(path)


def write_offices(folder: Path, n_offices: int, n_workbooks: int, n_rows: int) -> None:
    """Folder of offices, each with its share of the workbooks, a month each."""
    for office in range(n_offices):
        place = folder / f"示例镇{office:04d}"
        place.mkdir(parents=True, exist_ok=True)
        for number in range(n_workbooks // n_offices):
            year, month = 2000 + number // 12, number % 12 + 1
            path = place / f"{year}年{month}月.xlsx"
            if not path.exists():
                write_workbook(path, n_rows, month, year, seed=office)
