"""Programs: treatment and housing that staff add and confirm; nearest first, never by who pays."""
