"""Invented decrees: the content that the press prints."""
