"""Folding of names and numbers, as people are compared by them; it stands on the ground, where the directory takes it too."""

from tracker.folding import digits, fold, reversed_digits

__all__ = ["digits", "fold", "reversed_digits"]
