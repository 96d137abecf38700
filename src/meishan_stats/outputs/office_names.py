"""What the workbook of an office is called."""

_IN_FILE_NAMES = str.maketrans(
    {c: chr(ord(c) + 0xFEE0) for c in '/\\:*?"<>|'}
    | {chr(n): " " for n in (*range(32), 127, *range(0x2028, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}
)
"""Marks of paths, and what is not seen but turns the direction of writing, so that a name looks like another."""
_LONGEST_NAME = 60
"""Characters of an office in a file name: 255 bytes are all that a name may have."""


def office_file_name(office: str) -> str:
    """Name of the file of an office; what no file may be called by becomes full-width.

    >>> office_file_name("示例镇"), office_file_name("甲/乙")
    ('招商引资统计_示例镇.xlsx', '招商引资统计_甲／乙.xlsx')
    """
    return f"招商引资统计_{office.translate(_IN_FILE_NAMES)[:_LONGEST_NAME]}.xlsx"
