"""``zi fetch``: from a JDIHN feed to PDFs in a folder, with what the feed says of each beside it."""
