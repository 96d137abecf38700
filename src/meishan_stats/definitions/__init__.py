"""Text tables an analyst may edit: header synonyms, codelists, keywords."""
