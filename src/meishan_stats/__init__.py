"""meishan_stats."""
