"""What somebody was typing, kept on the server every few seconds until it is used or thrown away."""
