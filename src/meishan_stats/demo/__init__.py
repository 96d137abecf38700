"""The workbooks of an invented town (示例镇), and the truth they were drawn from.

``python -m meishan_stats.demo OUT`` writes one workbook a month. What happens in the town is drawn first
(`truth`), then written down the way offices write (`spelling`, `forms`, `workbooks`). Nothing here knows how
the package reads a sheet, so that the truth can be held against what was read.
"""
