"""Monthly copies of one office → current projects, monthly amounts, stages first seen (``merge``)."""
