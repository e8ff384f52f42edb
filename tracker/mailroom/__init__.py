"""The mail room: what waits to leave, one letter to one address, what the other server said, and what came back."""
