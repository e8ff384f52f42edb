"""The directory: programs and support groups that staff add and confirm, and the readers of outside formats."""
