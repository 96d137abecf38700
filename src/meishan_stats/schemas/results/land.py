"""Land, what it yields, and infrastructure."""
