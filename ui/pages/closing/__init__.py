"""Feedback and seal: one page, from choosing what is told to the sealed record."""
