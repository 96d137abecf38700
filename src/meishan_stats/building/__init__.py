"""Raw workbooks → one set of results: what must be done anew, done in worker processes or on a cluster."""
