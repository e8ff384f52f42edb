"""What a family opens with a one-time link: a packet, read on a phone that others may see."""
