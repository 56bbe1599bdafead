"""Rules of the audit, a module per subject: each takes a decree and gives claims."""
