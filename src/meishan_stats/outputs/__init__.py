"""Files made for people: the entry workbook (填报模板) and, like it, what an office hands on."""
