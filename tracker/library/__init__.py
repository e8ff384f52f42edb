"""The library: what may be handed to a family, as editions that are frozen, hashed and dated."""
