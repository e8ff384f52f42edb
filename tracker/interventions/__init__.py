"""Inviting somebody into help: the model, the safety screen before any meeting, who takes part, and what came of it."""
