"""Projects on their way from lead to production."""
