"""Pages that are pictures: from the pixels to the same words, rules, fills and marks that a digital page carries."""
