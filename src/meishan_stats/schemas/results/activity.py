"""What recruiters, methods and visits yield."""
