"""``corrections.csv``: read from beside the workbooks (``file``), made after normalising (``apply``)."""
