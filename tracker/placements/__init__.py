"""Placements: somebody of a family tries a support group that admits them; how it went is only what they tell."""
