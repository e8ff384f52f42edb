"""One box: families by name, phone, number or e-mail, notes by their words, programs by name."""
